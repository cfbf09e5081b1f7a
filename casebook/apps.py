"""The room *what is hard*: anonymous cases. No public side, no Wagtail side."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    name = "casebook"
    verbose_name = "事例"

    def ready(self) -> None:
        from casebook.receivers import register

        register()
