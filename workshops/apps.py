from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "催し"

    def ready(self) -> None:
        """Connect what reacts."""
        from workshops import receivers

        receivers.register_mail()
