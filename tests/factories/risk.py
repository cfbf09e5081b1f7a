"""Tables of rarity for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wagtail.models import Site

from casebook.actions.risk import load_table
from casebook.models import RiskTable, TableKind
from cms.models import SiteSettings
from tests.factories.people import make_user

CELL = {"life_stage": "l4", "household": "h3", "sex": "s1", "persons": 1_000_000}


def make_risk_table(*rows: dict[str, Any], by: Any = None, **fields: Any) -> RiskTable:
    """A table of the city's own: people, unless `kind` says otherwise."""
    values = {"kind": TableKind.POPULATION, "name": "表.csv", "as_of": dt.date(2026, 10, 1), "source": "住民基本台帳"}
    return load_table(by=by or make_user("secretariat"), rows=rows or [CELL], **{**values, **fields})


def make_city_of(population: int | None) -> None:
    """So many people live here, as the settings of the site say: the shipped figures are scaled to it."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.population = population
    settings.save()
