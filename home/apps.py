from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "ページ"

    def ready(self) -> None:
        from home import receivers

        receivers.register()
