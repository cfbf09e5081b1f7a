"""The seed's table 「団体｜役割」, drawn as the seed shows it; each kind leads to its organisations."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from directory.queries import register_on, roles_table
from tests.factories.bodies import make_member
from tests.factories.desks import kasaoka, load_roles

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (settings.SHARED_DATA / "seeds" / "fixture.json").exists(), reason="SHARED_DATA is missing"),
]
ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td><ul>(.*?)</ul></td>', re.DOTALL)
ITEM = re.compile(r"<li>(.*?)</li>")


def test_the_page_shows_the_table_of_the_seed(client: Client) -> None:
    rows = kasaoka()["roles"]
    load_roles(rows)
    page = client.get("/about/").content.decode()
    drawn = [(heading, ITEM.findall(duties)) for heading, duties in ROW.findall(page)]
    assert drawn == [
        (f"{row['kind']}（{row['examples_text']}）" if row.get("examples_text") else row["kind"], row["roles"])
        for row in rows
    ]
    assert len(drawn[-1][1]) == 4


def test_each_kind_leads_to_as_many_organisations_as_it_counts(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    load_roles(kasaoka()["roles"])
    for kind in ("npo", "npo", "company", "school", "center", "residents"):
        make_member(kind=kind)
    make_member(kind="npo", is_public=False)
    make_member(kind="npo", until="2026-01-01")
    table = roles_table()
    assert [row.taking_part for row in table] == [0, 0, 2, 1, 3]
    page = client.get("/about/").content.decode()
    for row in table:
        assert (f"/about/members/?kind={row.kind}#list" in page) == bool(row.taking_part)
        listed = client.get("/about/members/", {"kind": row.kind}).context["register"].members
        assert len(listed) == row.taking_part, row.heading
    assert register_on(dt.date(2026, 12, 3), kind="npo").hidden == 1
