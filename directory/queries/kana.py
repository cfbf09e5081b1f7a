"""How the names of organisations, desks and places are read, for furigana."""

from collections.abc import Callable, Iterable

from django.db import models

from cms import readings
from directory.models import ConsultationDesk, Organization, Place


def register_readings() -> None:
    """Names with kana: the ones people gave themselves are right, whatever a dictionary says."""
    for model in (Organization, ConsultationDesk, Place):
        readings.register(f"directory.{model._meta.model_name}", _named(model), watched=model)


def _named(model: type[models.Model]) -> Callable[[], Iterable[tuple[str, str]]]:
    return lambda: model._default_manager.exclude(kana="").order_by("pk").values_list("name", "kana")
