"""What a city's installation must have before it goes on the net: `manage.py check --deploy`. No database is opened."""

import stat
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register

Check = Callable[..., list[CheckMessage]]


def uses(alias: dict[str, Any], name: str) -> bool:
    """Whether a storage is the class of that name."""
    return str(alias.get("BACKEND", "")).endswith(name)


@register(Tags.security, deploy=True)
def installation(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Everything that is right for a demo only."""
    return [*switches(), *engines(), *addresses(), *key_file()]


def switches() -> Iterator[CheckMessage]:
    """DEMO, DEBUG, the second factor."""
    if settings.DEMO:
        yield Error(
            "DEMO is on: demo logins and sample telephone numbers would be accepted.", hint="DEMO=0", id="cms.E001"
        )
    if settings.DEBUG:
        yield Error("DEBUG is on: error pages would show what people wrote.", hint="DEBUG=0", id="cms.E002")
    if not settings.MFA_REQUIRED:
        yield Error("Members and staff could sign in without a second factor.", hint="MFA_REQUIRED=1", id="cms.E003")
    if settings.THROTTLE_FACTOR != 1:
        yield Error("THROTTLE_FACTOR is for tests.", id="cms.E004")


def engines() -> Iterator[CheckMessage]:
    """Database, cache and files fit the number of hosts."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield Error("SQLite is for demos and tests.", hint="DATABASE_URL=postgres://…", id="cms.E005")
    if settings.WEB_HOSTS > 1 and uses(settings.STORAGES["default"], "FileSystemStorage"):
        yield Error(
            f"WEB_HOSTS={settings.WEB_HOSTS}, but pictures and files lie on one host's disk.",
            hint="Use S3-compatible storage (docs/operator/install.md).",
            id="cms.E006",
        )
    if settings.WEB_HOSTS > 1 and "private" not in settings.STORAGES:
        yield Error("Private files lie on one host's disk.", hint='STORAGES["private"]', id="cms.E007")
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Error("Mail would not leave this machine.", hint="EMAIL_URL=smtp+tls://…", id="cms.E008")


def addresses() -> Iterator[CheckMessage]:
    """The site's own address."""
    if urlsplit(settings.BASE_URL).scheme != "https":
        yield Error("BASE_URL must begin with https://.", id="cms.E009")
    if urlsplit(settings.BASE_URL).hostname not in settings.ALLOWED_HOSTS:
        yield Error("The host of BASE_URL is not in ALLOWED_HOSTS.", id="cms.E011")
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS may not hold *: links in mails could be forged.", id="cms.E012")
    for provider in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        if not provider["settings"]["server_url"].startswith("https://"):
            yield Error("The city's login must be reached by https.", hint="OIDC_URL=https://…", id="cms.E017")
        if not settings.OIDC_EMAIL_DOMAINS:
            yield Error("Whose addresses does the city's login vouch for?", hint="OIDC_EMAIL_DOMAINS=…", id="cms.E018")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Error("Mail needs a sender.", hint="MAIL_FROM=tsunagari@city.example.lg.jp", id="cms.E013")
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1] == settings.NEUTRAL_FROM_EMAIL:
        yield Warning(
            "Notices to people who wrote to a desk come from the service's own address, which others may read.",
            hint="MAIL_FROM_NEUTRAL=info@mail.example.lg.jp (docs/operator/consultations.md)",
            id="cms.W001",
        )


def key_file() -> Iterator[CheckMessage]:
    """The keys lie apart from code and media, for one pair of eyes only."""
    path = Path(settings.KEY_FILE).resolve()
    for folder in (settings.BASE_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT):
        if folder and path.is_relative_to(Path(folder).resolve()):
            yield Error(f"KEY_FILE lies inside {folder}.", hint="KEY_FILE=/etc/tsunagari/keys/keys.json", id="cms.E014")
    if settings.KEY_FILE_MADE_WHEN_MISSING:
        yield Error("A missing key file would be made anew, and nothing could be read.", id="cms.E015")
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Error(f"Others than its owner may read {path}.", hint=f"chmod 600 {path}", id="cms.E016")


@register(Tags.files)
def key_file_exists(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A missing key file is told early; the first start of a new installation has none yet."""
    if settings.KEY_FILE_MADE_WHEN_MISSING or Path(settings.KEY_FILE).exists():
        return []
    hint = "Restore it from its backup; a new installation makes it with: manage.py rotate_keys --first"
    return [Info(f"The key file {settings.KEY_FILE} is missing.", hint=hint, id="cms.I001")]
