"""Places to be: what may be written, what is public, and dates that are those of the hours function."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend

from cms.dates import JST
from directory.enums import PlaceFact
from directory.hours import Light, OpeningHours
from directory.models import Place
from directory.queries.places import PlaceFilters, fitting, of_days, opened, place_at
from tests.factories.people import make_organization
from tests.factories.places import AFTERNOONS, make_place

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2026, 11, 22, 13, 0, tzinfo=JST)
HOURS = [
    AFTERNOONS, "24/7", "off", "22:00-06:00", "Mo[1,3] 10:00-12:00", "Su 10:00-14:00", "Mo-Fr 09:00-12:00,13:00-17:00; PH off",
    "2027 Feb 10 10:00-12:00", 'Tu 10:00-11:00 "予約制"', "Feb 29 10:00-12:00",
]  # fmt: skip
MOMENTS = [
    SUNDAY, dt.datetime(2026, 12, 31, 23, 30, tzinfo=JST), dt.datetime(2026, 9, 22, 13, 30, tzinfo=JST),
    dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC),
]  # fmt: skip


@pytest.mark.parametrize("text", HOURS)
def test_next_dates_are_those_of_the_hours_function(text: str) -> None:
    """Each date begins and ends where the one truth changes; the first is the state's own."""
    hours = OpeningHours(text)
    for at in MOMENTS:
        state, dates = hours.state(at), opened(hours, at)
        if state.light is Light.ALWAYS or (not state.is_open and state.opens is None):
            assert dates == ()
            continue
        assert dates[0].end > at
        assert (dates[0].start == state.opens) is not state.is_open
        if state.is_open:
            assert (dates[0].start <= at, dates[0].end) == (True, state.until)
        for each in dates:
            assert (hours.is_open(each.start), hours.is_open(each.end)) == (True, False)
            if each.start > at:
                assert not hours.is_open(each.start - dt.timedelta(minutes=1))


def test_dates_of_a_place_skip_holidays_and_say_the_beginning_of_what_is_under_way() -> None:
    place = make_place(hours=AFTERNOONS)
    monday = place_at(place, dt.datetime(2026, 11, 25, 14, 0, tzinfo=JST))
    assert [(each.start.day, each.start.hour, each.end.hour) for each in monday.shown] == [  # 23 November is a holiday
        (25, 13, 16), (30, 13, 16), (2, 13, 16),
    ]  # fmt: skip
    assert [each.start.day for each in place_at(place, SUNDAY).shown] == [25, 30, 2]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("hours", "月-金 9:00-17:00", "曜日は Mo"),
        ("contact_phone", "0120-CALL", "数字とハイフン"),
        ("cost_text", {"cost": "paid"}, "いくらかかるか"),
        ("venue_name", {"venue_name": ""}, "会場を書くか"),
        ("__all__", {"age_min": 30, "age_max": 20}, "何歳まで"),
        ("__all__", {"crowd_from": 9, "crowd_to": 3}, "人数"),
    ],
)
def test_bad_input_is_answered_beside_the_field(field: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_place(**(value if isinstance(value, dict) else {field: value}))
    assert words in " ".join(caught.value.message_dict[field])


def test_what_was_typed_is_made_tidy_and_unknown_stays_unknown() -> None:
    place = make_place(contact_phone="０８６５−６３−８５１５", hours="Mo,We １３:00～16:00；PH off")
    assert (place.contact_phone, place.hours) == ("+81865638515", AFTERNOONS)
    bare = make_place(hours="")
    assert (bare.cost_words, bare.booking_words, bare.hours_words, bare.facts, bare.map_url) == ("", "", "", [], "")
    assert (place_at(bare, SUNDAY).state, place_at(bare, SUNDAY).dates) == (None, ())
    assert make_place(cost="free").cost_words == "お金がかからない"


def test_only_published_places_of_standing_organisations_are_public_and_searched() -> None:
    ended = make_organization(ended_on=dt.date(2020, 1, 1))
    for hidden in ({"live": False}, {"organization": ended}):
        make_place(name="かくれた畑", **hidden)
    shown = make_place(name="みえる畑")
    assert list(Place.objects.visible_to(None)) == [shown]
    found = get_search_backend().search("畑", Place.objects.all())
    assert [place.name for place in found] == ["みえる畑"]
    shown.live = False
    shown.save()
    assert list(get_search_backend().search("畑", Place.objects.all())) == []


def test_wishes_narrow_and_unknown_is_not_free() -> None:
    quiet = make_place(name="しずか", silence_ok=True, wheelchair=True, cost="free", age_min=15, age_max=29)
    loud = make_place(name="にぎやか", kind="meal", cost="paid", cost_text="300円", is_online=True)
    unknown = make_place(name="わからない", hours="")

    def found(**wishes: Any) -> set[str]:
        return {place.name for place in fitting(PlaceFilters(**wishes), None)}

    everybody = {quiet.name, loud.name, unknown.name}
    assert found() == everybody
    assert found(facts=(PlaceFact.SILENCE, PlaceFact.WHEELCHAIR)) == {"しずか"}
    assert found(facts=(PlaceFact.SILENCE, PlaceFact.NURSING)) == set()
    assert found(free=True) == {"しずか"}
    assert found(online=True) == {"にぎやか"}
    assert found(kinds=("meal",)) == {"にぎやか"}
    assert found(age=(65, 150)) == {"にぎやか", "わからない"}
    assert found(age=(18, 29)) == everybody


def test_days_come_from_the_hours() -> None:
    items = [place_at(make_place(hours=text), SUNDAY) for text in ("Su 10:00-14:00", "Mo 10:00-12:00", "24/7", "")]
    today = of_days(items, PlaceFilters(today=True))
    assert [item.place.hours for item in today] == ["Su 10:00-14:00", "24/7"]
    assert [item.place.hours for item in of_days(items, PlaceFilters(weekday=0))] == ["Mo 10:00-12:00", "24/7"]


def test_a_public_place_is_in_wagtails_reference_index() -> None:
    """Pictures and pages may say where they are used; questions may not (tests/house/test_private_models.py)."""
    assert ReferenceIndex.model_is_indexable(Place)
