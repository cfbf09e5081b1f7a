from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "催し"

    def ready(self) -> None:
        """Connect what reacts."""
        from workshops import receivers
        from workshops.open_data import register_datasets

        receivers.register()
        register_datasets()
