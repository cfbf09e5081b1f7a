"""The read API: every answer is held against the official schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from cms.dates import JST
from cms.public.open_door import LIMIT
from directory.hsds import ids
from directory.models import ConsultationDesk, Organization
from directory.queries import board_at
from home.demo import building
from tests.directory.open_data import official
from tests.directory.open_data.city import make_city
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
official_words = pytest.mark.skipif(official.MISSING, reason=official.REASON)
LISTS = {
    "services": "service_in_brief",
    "services?full=true": "service",
    "services?minimal=true": "service_in_brief",
    "organizations": "organization_in_brief",
    "organizations?full=true": "organization",
    "organizations?full_service=true": "organization",
    "service_at_locations": "service_at_location",
    "service_at_locations?full=true": "service_at_location",
    "locations": "location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
DETAILS = ("services", "organizations", "service_at_locations", "locations", "taxonomies", "taxonomy_terms")
KIND = {"services": "service", "taxonomies": "taxonomy"}
#: Ours beside HSDS: organisations and places say which services they have.
OURS = {"services", "service", "organization_id"}


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    """One address asks for everything here."""
    settings.THROTTLE_FACTOR = 1000


def get(path: str, **query: Any) -> Any:
    response = Client().get(f"/api/hsds/{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def pages(path: str, per_page: int = 100) -> Iterator[dict[str, Any]]:
    """Every page of a list."""
    number = 1
    mark = "&" if "?" in path else "?"
    while True:
        page = get(f"{path}{mark}page={number}&per_page={per_page}")
        yield page
        if page["last_page"]:
            return
        number += 1


def faults_of_everything(details: int = 8) -> list[str]:
    """Every list, every page, and that many things of each kind on their own."""
    found = []
    for path, kind in LISTS.items():
        for page in pages(path):
            found += official.faults("page", {name: page[name] for name in page if name != "contents"})
            assert page["size"] == len(page["contents"])
            found += [fault for each in page["contents"] for fault in official.faults(kind, each)]
            for each in page["contents"]:
                found += [name for name in official.strangers(kind, each) if name.split(".")[0] not in OURS]
    for path in DETAILS:
        kind = KIND.get(path, path.removesuffix("s"))
        for each in next(pages(path))["contents"][:details]:
            found += official.faults(kind, get(f"{path}/{each['id']}"))
    return found


@official_words
def test_the_demo_city_is_what_the_specification_says(settings: Any) -> None:
    settings.DEMO = True
    building.build()
    assert get("services")["total_items"] > 15
    assert faults_of_everything() == []


@official_words
def test_a_hundred_desks_of_every_sort_are_what_the_specification_says() -> None:
    make_city(100)
    assert faults_of_everything() == []


@official_words
@pytest.mark.prove
def test_two_thousand_desks_are_what_the_specification_says() -> None:
    make_city(2000)
    assert get("services")["total_items"] == 2000
    assert faults_of_everything(details=100) == []


@official_words
def test_the_judge_notices() -> None:
    make_desk(age_min=15)
    (brief,) = get("services")["contents"]
    assert official.faults("service_in_brief", brief | {"status": "closed"}) != []
    assert official.faults("service_in_brief", brief | {"id": "desk-1"}) != []
    assert official.faults("service_in_brief", brief | {"minimum_age": "15"}) != []
    assert official.strangers("service_in_brief", brief | {"hours": "24/7"}) == {"hours"}


def test_a_desk_in_full() -> None:
    desk = make_desk(
        {"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15; PH off", "anonymous": True, "note": "内線 12"},
        {"kind": "mail", "value": "a@example.jp"},
        {"kind": "visit", "value": "市役所1階", "hours": "Fr,Sa 20:00-02:00", "last_reception": 30},
        {"kind": "chat", "value": "https://example.jp/chat", "hours": "24/7", "no_voice": True},
        concerns=("k1",),
        name="みなも窓口",
        worries=["眠れない"],
        age_min=15,
        age_max=39,
        area="市の東側",
        assured_on=dt.date(2026, 11, 1),
    )
    found = get(f"services/{ids.service_id(desk.slug)}")
    assert (found["name"], found["status"], found["email"]) == ("みなも窓口", "active", "a@example.jp")
    assert (found["minimum_age"], found["maximum_age"], found["assured_date"]) == (15, 39, "2026-11-01")
    assert "last_modified" not in found  # never published through the editor: unknown stays unknown
    (phone,) = found["phones"]
    assert (phone["number"], phone["type"], phone["description"]) == ("+81865638515", "voice", "内線 12")
    (schedule,) = found["schedules"]
    assert (schedule["timezone"], schedule["freq"], schedule["byday"]) == (9, "WEEKLY", "MO,TU,WE,TH,FR")
    assert (schedule["opens_at"], schedule["closes_at"]) == ("08:30+09:00", "17:15+09:00")
    assert (schedule["notes"], schedule["attending_type"]) == ("平日8時30分～17時15分", "phone")
    assert values(schedule, "osm-opening-hours") == ["Mo-Fr 08:30-17:15; PH off"]
    assert values(schedule, "holiday-rule") == ["closed"]
    assert values(schedule, "for-channel") == [phone["id"]]
    visit, chat = found["service_at_locations"]
    assert (visit["location"]["location_type"], visit["location"]["description"]) == ("physical", "市役所1階")
    assert (visit["schedules"][0]["byday"], visit["schedules"][0]["closes_at"]) == ("FR,SA", "02:00+09:00")
    assert values(visit["location"], "last-reception") == ["30"]
    assert (chat["location"]["location_type"], chat["location"]["url"]) == ("virtual", "https://example.jp/chat")
    assert values(found, "k1") == [None]
    assert values(found, "voice") == ["眠れない"]
    assert [area["name"] for area in found["service_areas"]] == ["市の東側"]


def values(shape: dict[str, Any], code: str) -> list[Any]:
    """What the attributes of that term say."""
    return [each.get("value") for each in shape["attributes"] if each["taxonomy_term"]["code"] == code]


def test_what_residents_do_not_see_is_not_there() -> None:
    city = make_user("editor")
    held = make_desk(name="かくした番号の窓口")
    draft = make_desk(name="下書き")
    ConsultationDesk.objects.filter(pk=draft.pk).update(live=False)
    ended = make_desk(name="終わった団体の窓口")
    Organization.objects.filter(pk=ended.organization_id).update(ended_on=dt.date(2020, 1, 1))
    unconfirmed = make_national(name="確かめていない全国の窓口", by=city, confirmed=False)
    names = [each["name"] for each in get("services")["contents"]]
    assert names == ["かくした番号の窓口"]
    for desk in (draft, ended, unconfirmed):
        assert Client().get(f"/api/hsds/services/{ids.service_id(desk.slug)}").status_code == 404
    assert [each["name"] for each in get("organizations")["contents"]] == [held.organization.name]


def test_an_organisation_without_public_profile_gives_its_name_only() -> None:
    make_desk(org=Organization.objects.create(name="静かな会", description="内部の説明", website="https://example.jp/"))
    (body,) = get("organizations")["contents"]
    assert body["name"] == "静かな会"
    assert "内部" not in body["description"]
    assert "website" not in body


def test_open_at_asks_the_same_function_as_the_badge() -> None:
    make_city(60)
    at = dt.datetime(2026, 12, 29, 21, 30, tzinfo=JST)
    board = board_at(at)
    answering = {desk.slug for desk in (*board.open_local, *board.open_national)}
    found = {UUID(each["id"]) for each in get("services", open_at=at.isoformat(), per_page=200)["contents"]}
    assert found == {ids.service_id(slug) for slug in answering}
    assert 0 < len(found) < 60


def test_filters() -> None:
    make_city(30)
    terms = {each["code"]: each["id"] for each in get("taxonomy_terms", per_page=200)["contents"]}
    expected = ConsultationDesk.objects.filter(concerns__code="k1").count()
    assert get("services", taxonomy_term_id=terms["k1"])["total_items"] == expected > 0
    assert get("services", taxonomy_term_id=terms["voice"])["total_items"] == 0
    body = Organization.objects.filter(desks__isnull=False).order_by("pk").first()
    assert body is not None
    key = ids.organization_id(body.pk, "")
    assert get("services", organization_id=key)["total_items"] == body.desks.count() > 0
    assert get("services", modified_after="2026-11-01T09:10:00+09:00")["total_items"] == 20
    assert get("service_at_locations", organization_id=key)["total_items"] > 0
    concerns = next(each["id"] for each in get("taxonomies")["contents"] if each["name"] == "tsunagari-concerns")
    with_concern = ConsultationDesk.objects.exclude(concerns=None).distinct().count()
    assert get("services", taxonomy_id=concerns)["total_items"] == with_concern


def test_pages() -> None:
    make_city(7)
    first, last = get("services", per_page=5), get("services", per_page=5, page=2)
    told = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [first[name] for name in told] == [7, 2, 1, 5, True, False, False]
    assert [last[name] for name in told] == [7, 2, 2, 2, False, True, False]
    assert [get("services", per_page=5, page=3)[name] for name in told] == [7, 2, 3, 0, False, False, True]
    seen = [each["id"] for page in (first, last) for each in page["contents"]]
    assert len(set(seen)) == 7


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    counts = {}
    for path in ("services", "services?full=true", "organizations?full=true", "service_at_locations?full=true"):
        counts[path] = []
        for size in (12, 60):
            make_more(size)
            with django_assert_max_num_queries(40) as asked:
                get(path + ("&" if "?" in path else "?") + "per_page=200")
            counts[path].append(len(asked.captured_queries))
    assert all(few == many for few, many in counts.values()), counts


def make_more(count: int) -> None:
    """A larger city in place of the small one."""
    ConsultationDesk.objects.all().delete()
    make_city(count, seed=5)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("services/00000000-0000-4000-8000-000000000000", 404),
        ("services/nothing", 404),
        ("organizations/00000000-0000-4000-8000-000000000000", 404),
        ("locations/00000000-0000-4000-8000-000000000000", 404),
        ("service_at_locations/00000000-0000-4000-8000-000000000000", 404),
        ("taxonomy_terms/00000000-0000-4000-8000-000000000000", 404),
        ("services?page=0", 422),
        ("services?per_page=100000", 422),
        ("services?open_at=きのう", 422),
        ("services?open_at=2026-12-03T10:00", 422),
    ],
)
def test_errors_are_problems(client: Client, path: str, status: int) -> None:
    response = client.get(f"/api/hsds/{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert "きのう" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_an_unchanged_answer_is_not_sent_twice(client: Client) -> None:
    desk = make_desk(name="はじめの名前")
    first = client.get("/api/hsds/services")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get("/api/hsds/services", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    ConsultationDesk.objects.filter(pk=desk.pk).update(name="つぎの名前")
    assert client.get("/api/hsds/services", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_pages_of_other_hosts_may_read_and_nobody_may_write(client: Client) -> None:
    assert client.get("/api/hsds/").headers["Access-Control-Allow-Origin"] == "*"
    assert client.head("/api/hsds/services").status_code == 200
    preflight = client.options("/api/hsds/services")
    assert (preflight.status_code, preflight["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)("/api/hsds/services")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Set-Cookie" not in client.get("/api/hsds/services").headers


def test_a_flood_is_slowed_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.public.open_door.LIMIT", 2 / 1000)
    statuses = [client.get("/api/hsds/taxonomies").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get("/api/hsds/taxonomies")["Retry-After"] == "60"
    assert LIMIT >= 100


def test_meta_and_description(client: Client) -> None:
    assert get("")["version"] == "3.0"
    described = client.get("/api/openapi.json").json()
    assert get("")["openapi_url"].endswith("/api/openapi.json")
    assert sorted(described["paths"]) == sorted(
        ["/api/hsds/", *(f"/api/hsds/{path}{end}" for path in DETAILS for end in ("", "/{id}"))]
    )
    page = client.get("/api/docs").content.decode()
    assert all(f"GET {path}" in page for path in described["paths"])
    assert "<script" not in page.replace('<script src="', "")
