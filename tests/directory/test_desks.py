"""Desks and channels: what may be stored, what residents may see, what search may find."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from wagtail.search.backends import get_search_backend

from directory.enums import ChannelKind
from directory.models import Channel, Concern, ConsultationDesk
from tests.factories.desks import make_channel, make_desk, make_national
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


def seen() -> set[str]:
    return set(ConsultationDesk.objects.visible_to(AnonymousUser()).values_list("name", flat=True))


def found(words: str) -> list[str]:
    return [desk.name for desk in get_search_backend().search(words, ConsultationDesk.objects.visible_to(None))]


def test_residents_see_published_desks_of_standing_organisations_only() -> None:
    make_desk(name="見える窓口")
    make_desk(name="下書きの窓口", live=False)
    make_desk(name="なくなった会の窓口", organization=make_organization(ended_on=dt.date(2020, 1, 1)))
    assert seen() == {"見える窓口"}


def test_a_national_line_is_invisible_until_a_named_person_confirmed_it() -> None:
    person = make_user()
    line = make_national(by=person, confirmed=False, name="全国の電話")
    assert seen() == set()
    line.confirmed_by, line.confirmed_on = person, dt.date(2026, 11, 1)
    line.save()
    assert seen() == {"全国の電話"}


def test_the_same_for_everyone() -> None:
    make_desk(name="見える窓口")
    make_desk(name="下書き", live=False)
    for user in (None, AnonymousUser(), make_user("member"), make_user(is_superuser=True)):
        assert [desk.name for desk in ConsultationDesk.objects.visible_to(user)] == ["見える窓口"]


def test_search_finds_by_voice_alias_and_kana_and_forgets_a_hidden_desk() -> None:
    desk = make_desk(
        name="ささえ愛ほっとライン",
        kana="ささえあいほっとらいん",
        aliases=["ささえ愛・ほっとライン"],
        worries=["悩みや不安で寝れない"],
    )
    assert found("寝れない") == ["ささえ愛ほっとライン"]
    assert found("ささえ愛・ほっとライン") == ["ささえ愛ほっとライン"]
    desk.live = False
    desk.save()
    assert found("寝れない") == []
    assert list(get_search_backend().search("寝れない", ConsultationDesk)) == []  # out of the index, not only filtered
    desk.live = True
    desk.save()
    assert found("寝れない") == ["ささえ愛ほっとライン"]


def test_search_forgets_the_desks_of_an_organisation_that_ended() -> None:
    desk = make_desk(name="消える窓口", worries=["寝れない"])
    assert found("寝れない") == ["消える窓口"]
    desk.organization.ended_on = dt.date(2020, 1, 1)
    desk.organization.save()
    assert list(get_search_backend().search("寝れない", ConsultationDesk)) == []


def test_slugs_and_codes_say_nothing() -> None:
    desk = make_desk(name="いのちの電話")
    assert len(desk.slug) == 7
    assert desk.slug.isascii()
    assert desk.get_absolute_url() == f"/help/{desk.slug}/"
    assert all(len(code) <= 4 and code.isascii() for code in Concern.objects.values_list("code", flat=True))


def test_two_desks_may_share_a_number() -> None:
    one, two = (
        make_desk({"value": "0865-63-0911", "hours": "24/7"}),
        make_desk({"value": "0865-63-0911", "hours": "24/7"}),
    )
    assert [one.channels.get().value, two.channels.get().value] == ["+81865630911"] * 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"kind": ChannelKind.PHONE, "value": "0120-CALL"}, "value"),
        ({"kind": ChannelKind.PHONE, "value": ""}, "value"),
        ({"kind": ChannelKind.PHONE, "value": "0000-00-0001"}, "value"),
        ({"kind": ChannelKind.MAIL, "value": "だれか"}, "value"),
        ({"kind": ChannelKind.CHAT, "value": "javascript:alert(1)"}, "value"),
        ({"kind": ChannelKind.LINE, "value": "example"}, "value"),
        ({"kind": ChannelKind.PHONE, "value": "189", "hours": "月-金 9:00-17:00"}, "hours"),
        ({"kind": "pigeon", "value": "x"}, "kind"),
    ],
)
def test_channels_say_what_is_wrong_beside_the_field(fields: dict[str, Any], where: str) -> None:
    desk = make_desk()
    with pytest.raises(ValidationError) as caught:
        Channel(desk=desk, **fields).full_clean(exclude=["desk"])
    assert set(caught.value.message_dict) == {where}


def test_both_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        Channel(desk=make_desk(), value="0120-CALL", hours="9-17").full_clean(exclude=["desk"])
    assert set(caught.value.message_dict) == {"value", "hours"}


def test_links_of_channels() -> None:
    desk = make_desk()
    with override_settings(DEMO=True):
        sample = make_channel(desk, value="0000-00-0001", hours="24/7")
    links = [
        make_channel(desk, value="#9999", hours="24/7").href,
        make_channel(desk, kind=ChannelKind.MAIL, value="a@example.jp").href,
        make_channel(desk, kind=ChannelKind.CHAT, value="https://chat.example.jp/").href,
        make_channel(desk, kind=ChannelKind.VISIT, value="浜町1-2-3").href,
        make_channel(desk, kind=ChannelKind.FAX, value="0865-63-8515").href,
        sample.href,
    ]
    assert links == ["tel:%239999", "mailto:a@example.jp", "https://chat.example.jp/", "", "", ""]
    assert desk.channels.get(kind=ChannelKind.CHAT).shown_value == "chat.example.jp"


def test_the_database_keeps_ages_in_order_and_kinds_known() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationDesk.objects.create(organization=make_organization(), name="x", age_min=30, age_max=15)
    desk = make_desk()
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(desk=desk, kind="pigeon")


def test_since_as_exactly_as_known() -> None:
    for good in ("2021", "2021-05", "2021-05-31", ""):
        make_desk(opened_on=good)
    with pytest.raises(ValidationError):
        make_desk(opened_on="令和3年5月")


def test_names_of_every_kind_round_trip() -> None:
    name = "髙﨑𠮷さんの窓口👨‍👩‍👧葛󠄀"
    assert ConsultationDesk.objects.get(pk=make_desk(name=name).pk).name == name


def test_deleting_an_organisation_with_a_desk_is_refused() -> None:
    desk = make_desk()
    with pytest.raises(IntegrityError):
        desk.organization.delete()
