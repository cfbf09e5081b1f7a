"""The desk for machines that read pages, and the way to the map."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client, override_settings

from directory.enums import ChannelKind, OrganizationKind
from directory.models.numbers import NumberHold
from tests.directory.public.test_views import text_of
from tests.factories.desks import make_channel, make_desk
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db


def data_of(client: Client, desk: Any) -> dict[str, Any]:
    page = text_of(client, desk.get_absolute_url())
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]


def test_a_citys_desk_is_a_government_service(client: Client, frozen: Any) -> None:
    frozen("2026-09-18T10:00+09:00")  # a Friday before 敬老の日, 国民の休日 and 秋分の日
    desk = make_desk(
        {"hours": "Mo-Fr 08:30-12:00,13:00-17:15; PH off"},
        {"kind": ChannelKind.VISIT, "value": "浜町1-2-3", "hours": "Fr 20:00-02:00"},
        {"kind": ChannelKind.CHAT, "value": "https://chat.example.jp/", "hours": "24/7"},
        {"kind": ChannelKind.MAIL, "value": "a@example.jp"},
        organization=make_organization(kind=OrganizationKind.CITY, name="笠岡市"),
        name="ほっと</script>電話",
        aliases=["ほっとライン"],
        age_min=15,
    )
    found = data_of(client, desk)
    assert (found["@type"], found["name"], found["alternateName"]) == (
        "GovernmentService",
        "ほっと</script>電話",
        ["ほっとライン"],
    )
    assert found["provider"] == {"@type": "GovernmentOrganization", "name": "笠岡市"}
    assert found["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 15}
    phone, house, chat, mail = found["availableChannel"]
    assert phone["servicePhone"]["telephone"] == "+81865638515"
    stretches = [(each["validFrom"], each["opens"], each["closes"]) for each in phone["servicePhone"]["hoursAvailable"]]
    assert stretches == [
        ("2026-09-18", "08:30", "12:00"),
        ("2026-09-18", "13:00", "17:15"),
        ("2026-09-24", "08:30", "12:00"),  # 21, 22 and 23 September are holidays
        ("2026-09-24", "13:00", "17:15"),
    ]
    (night,) = house["serviceLocation"]["openingHoursSpecification"]
    assert (night["dayOfWeek"], night["opens"], night["closes"]) == ("Friday", "20:00", "02:00")
    assert chat["serviceUrl"] == "https://chat.example.jp/"
    assert mail["servicePhone"]["email"] == "a@example.jp"


def test_day_and_night_is_one_sentence(client: Client) -> None:
    found = data_of(client, make_desk({"hours": "24/7", "value": "189"}))
    phone = found["availableChannel"][0]["servicePhone"]
    assert (phone["telephone"], len(phone["hoursAvailable"])) == ("189", 1)
    assert (phone["hoursAvailable"][0]["opens"], phone["hoursAvailable"][0]["closes"]) == ("00:00", "23:59")


def test_held_numbers_and_samples_are_not_told(client: Client) -> None:
    desk = make_desk({}, {"kind": ChannelKind.FAX, "value": "0865-63-8516"})
    NumberHold.objects.create(desk=desk, kind=ChannelKind.PHONE, value="+81865638515")
    assert "+81865638515" not in json.dumps(data_of(client, desk))
    with override_settings(DEMO=True):
        desk = make_desk({"value": "0000-00-0001", "hours": "24/7"})
        make_channel(desk, kind=ChannelKind.FAX, value="0000-00-0002")
        assert "availableChannel" not in data_of(client, desk)


def test_the_way_to_the_map_is_a_plain_link(client: Client) -> None:
    desk = make_desk({"kind": ChannelKind.VISIT, "value": "浜町1-2-3 市民会館", "hours": "24/7"})
    page = text_of(client, desk.get_absolute_url())
    link = re.search(r'<a class="out" href="([^"]+)" rel="noopener noreferrer">地図で見る（外部サイト）</a>', page)
    assert link
    assert "query=%E6%B5%9C%E7%94%BA1-2-3" in link[1]
    assert "<iframe" not in page
