from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "団体・人・窓口"

    def ready(self) -> None:
        from cms import readings
        from cms.encryption import resealers
        from directory import adapters, gate, receivers
        from directory.open_data import register_datasets
        from directory.queries.kana import register_readings

        receivers.register()
        register_datasets()
        register_readings()
        readings.keep_out(*gate.PRIVATE_PREFIXES)
        resealers.append(adapters.reseal_factors)
