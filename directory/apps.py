from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "団体・人・窓口"

    def ready(self) -> None:
        from cms.encryption import resealers
        from directory import adapters, receivers

        receivers.register()
        resealers.append(adapters.reseal_factors)
