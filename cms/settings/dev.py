"""A first run, a demo, development: SQLite, the demo city, mails as files, no second factor demanded."""

import os

from cms.settings import env

os.environ.setdefault("SECRET_KEY", env.secret_made_once(env.VAR_DIR / "secret.key"))
os.environ.setdefault("DATABASE_URL", "sqlite:///var/db.sqlite3")
os.environ.setdefault("PORT", "8000")
os.environ.setdefault("BASE_URL", f"http://localhost:{os.environ['PORT']}")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("MFA_REQUIRED", "0")
os.environ.setdefault("EMAIL_URL", f"file://{env.VAR_DIR / 'mail'}")

from cms.settings.production import *  # noqa: F403

KEY_FILE_MADE_WHEN_MISSING = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_SERVED_BY_US = True
STATIC_ROOT = None  # type: ignore[assignment]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "tsunagari_session"
CSRF_COOKIE_NAME = "tsunagari_csrf"
