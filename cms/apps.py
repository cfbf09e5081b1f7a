from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("shared parts")

    def ready(self) -> None:
        from cms import checks, receivers  # noqa: F401
