"""One person hides a wrong number at once, everywhere; two show it again; nothing republished brings it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cms import dates
from cms.models import AuditEvent
from directory.actions import numbers
from directory.enums import BarrierFact, ChannelKind
from directory.models import Channel, ConsultationDesk, NumberHold
from directory.queries import FinderFilters, board_at, find_desks
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db

NUMBER, DIGITS = "+81865630911", ("0865-63-0911", "865630911", "65-63-0911")
#: Wherever residents, machines or printers read; routes that do not exist (yet) answer 404 and prove nothing.
PLACES = [
    "/", "/help/", "/help/?t=p", "/help/?now=1", "/help/{slug}/", "/help/card/", "/help/card/?as=list",
    "/help/card/?as=card&d={slug}", "/help/memo/", "/search/?q=窓口", "/search/?q=消えない窓口", "/open-data/", "/about/",
    "/open-data/desks.csv", "/api/hsds/services", "/api/hsds/service_at_locations",
    "/api/hsds/organizations", "/api/hsds/locations", "/help/{slug}/report/", "/sitemap.xml",
]  # fmt: skip


@pytest.fixture
def desk() -> ConsultationDesk:
    return make_desk(
        {"value": "0865-63-0911", "hours": "24/7", "anonymous": True},
        {"kind": ChannelKind.MAIL, "value": "a@example.jp"},
        name="消えない窓口",
        organization=make_organization(name="窓口の会", is_public=True),
    )


def shows_number(desk: ConsultationDesk) -> set[str]:
    """The places where an outsider meets the number."""
    client, found = Client(), set()
    ids = [each["id"] for each in client.get("/api/hsds/services").json()["contents"]]
    for place in [*PLACES, *(f"/api/hsds/services/{each}" for each in ids)]:
        response = client.get(place.format(slug=desk.slug))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if any(digits in body.decode("utf-8", "replace") for digits in DIGITS):
            found.add(place)
    return found


def hide(desk: ConsultationDesk, by: Any = None) -> NumberHold:
    return numbers.hide(desk=desk, kind="phone", value=NUMBER, by=by or make_user("secretariat"))


def given(desk: ConsultationDesk) -> list[str]:
    return list(Channel.objects.public().filter(desk=desk).values_list("value", flat=True))


def test_it_is_gone_everywhere_and_the_desk_stays(desk: ConsultationDesk) -> None:
    before = shows_number(desk)
    assert before >= {"/", "/help/", "/help/{slug}/", "/help/card/", "/open-data/desks.csv"}  # else it proves nothing
    assert any(place.startswith("/api/hsds/services/") for place in before)
    hide(desk)
    assert shows_number(desk) == set()
    page = Client().get(f"/help/{desk.slug}/").content.decode()
    assert "電話番号を確認しています" in page
    assert "mailto:a@example.jp" in page
    assert "電話番号を確認しています" in Client().get("/help/").content.decode()


def test_another_kind_says_so_in_other_words(desk: ConsultationDesk) -> None:
    numbers.hide(desk=desk, kind="mail", value="a@example.jp", by=make_user("editor"))
    page = Client().get(f"/help/{desk.slug}/").content.decode()
    assert ("連絡先を確認しています" in page, "a@example.jp" in page, "0865-63-0911" in page) == (True, False, True)


def test_filters_and_the_call_bar_do_not_count_it(desk: ConsultationDesk) -> None:
    make_desk({"value": "189", "hours": "24/7", "anonymous": True}, name="ほかの電話")
    by_telephone = FinderFilters(kinds=(ChannelKind.PHONE,), facts=(BarrierFact.ANONYMOUS,), now=True)

    def names() -> list[str]:
        return sorted(item.desk.name for item in find_desks(by_telephone, dates.now()).items)

    assert names() == ["ほかの電話", "消えない窓口"]
    hide(desk)
    assert names() == ["ほかの電話"]
    assert [each.name for each in board_at(dates.now()).open_local] == ["ほかの電話"]
    assert "callbar" not in Client().get(f"/help/{desk.slug}/").content.decode()


# --- what one person might do afterwards ---------------------------------------------------------------------


def publish_again(desk: ConsultationDesk, person: Any) -> None:
    desk.save_revision(user=person).publish(user=person)


def publish_an_old_draft(desk: ConsultationDesk, person: Any) -> None:
    old = desk.save_revision(user=person)
    desk.description = "新しい"
    desk.save_revision(user=person).publish(user=person)
    old.publish(user=person)


def unpublish_and_publish(desk: ConsultationDesk, person: Any) -> None:
    desk.unpublish(user=person)
    desk.save_revision(user=person).publish(user=person)


def write_the_rows_anew(desk: ConsultationDesk, person: Any) -> None:
    desk.channels = [Channel(kind=row.kind, value=row.value, hours=row.hours) for row in desk.channels.all()]
    desk.save_revision(user=person).publish(user=person)


def lift_alone(desk: ConsultationDesk, person: Any) -> None:
    hold = NumberHold.objects.get()
    numbers.lift(hold=hold, by=person)
    with pytest.raises(ValidationError):
        numbers.lift(hold=hold, by=person)


@pytest.mark.parametrize(
    "way",
    [publish_again, publish_an_old_draft, unpublish_and_publish, write_the_rows_anew, lift_alone],
    ids=lambda way: way.__name__,
)
def test_nothing_one_person_does_brings_it_back(
    way: Callable[[ConsultationDesk, Any], None], desk: ConsultationDesk
) -> None:
    person = make_user("publisher", "secretariat", is_superuser=True)
    hide(desk, by=person)
    way(ConsultationDesk.objects.get(pk=desk.pk), person)
    assert NUMBER not in given(desk)


def test_two_people_show_it_again(desk: ConsultationDesk) -> None:
    hold = hide(desk)
    assert numbers.lift(hold=hold, by=make_user("secretariat")) is False
    assert NUMBER not in given(desk)
    assert numbers.lift(hold=hold, by=make_user("editor")) is True
    assert NUMBER in given(desk)


def test_hiding_again_ends_the_question(desk: ConsultationDesk) -> None:
    hold, first = hide(desk), make_user("secretariat")
    numbers.lift(hold=hold, by=first)
    assert hide(desk).pk == hold.pk
    assert numbers.lift(hold=hold, by=make_user("editor")) is False  # it has to be checked anew
    assert NUMBER not in given(desk)


def test_the_database_wants_two_people(desk: ConsultationDesk) -> None:
    hold, person = hide(desk), make_user("secretariat")
    for fields in (
        {"lifted_by": person, "lifted_at": timezone.now()},
        {"lifted_by": person, "lifted_at": timezone.now(), "lift_asked_by": person, "lift_asked_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NumberHold.objects.filter(pk=hold.pk).update(**fields)


def test_a_number_two_people_confirm_is_shown_although_it_was_hidden(desk: ConsultationDesk) -> None:
    hide(desk)
    desk.channels = [row for row in desk.channels.all() if row.kind == ChannelKind.MAIL]
    desk.save()
    change = numbers.propose(desk=desk, kind="phone", new="0865-63-0911", by=make_user("editor"))
    numbers.confirm(change=change, by=make_user("secretariat"))
    assert NUMBER in given(desk)


@pytest.mark.parametrize(
    ("role", "own", "may"),
    [
        ("secretariat", False, True),
        ("editor", False, True),
        ("publisher", False, True),
        ("orgadmin", True, True),
        ("orgadmin", False, False),
        ("member", True, False),
        ("admin", True, False),
        ("auditor", True, False),
    ],
)
def test_who_may_hide(desk: ConsultationDesk, role: str, own: bool, may: bool) -> None:
    person = make_user(role, organization=desk.organization if own else make_organization(), is_superuser=True)
    if may:
        hide(desk, by=person)
    else:
        with pytest.raises(PermissionDenied):
            hide(desk, by=person)
    assert (NUMBER not in given(desk)) is may


def test_from_a_telephone_in_two_taps(login: Callable[..., tuple[Client, Any]], desk: ConsultationDesk) -> None:
    client, _user = login("orgadmin", organization=desk.organization)
    row = desk.channels.get(kind=ChannelKind.PHONE)
    where = f"/members/desks/{desk.slug}/hide/"
    page = client.get(where)
    assert page.content.decode().count("この連絡先を、すぐにかくす") == 2
    after = client.post(where, {"channel": row.pk}, follow=True).content.decode()
    assert "かくしました。" in after
    assert NUMBER not in given(desk)
    for nonsense in ("", "x", "９", "9" * 30):
        assert "もうこの窓口にありません" in client.post(where, {"channel": nonsense}, follow=True).content.decode()
    foreign = make_desk()
    assert (
        client.post(f"/members/desks/{foreign.slug}/hide/", {"channel": foreign.channels.get().pk}).status_code == 404
    )


def test_communications_hide_and_show_in_the_admin(
    login: Callable[..., tuple[Client, Any]], desk: ConsultationDesk
) -> None:
    client, _user = login("editor")
    row = desk.channels.get(kind=ChannelKind.PHONE)
    assert "番号をかくす" in client.get("/admin/snippets/directory/consultationdesk/").content.decode()
    client.post(f"/admin/numbers/desks/{desk.pk}/", {"channel": row.pk})
    assert NUMBER not in given(desk)
    hold = NumberHold.objects.get()
    assert "0865-63-0911" in client.get("/admin/numbers/").content.decode()
    client.post(f"/admin/numbers/holds/{hold.pk}/lift/")
    client.post(f"/admin/numbers/holds/{hold.pk}/lift/")
    assert NUMBER not in given(desk)
    second, _user = login("publisher")
    second.post(f"/admin/numbers/holds/{hold.pk}/lift/")
    assert NUMBER in given(desk)
    actions = list(
        AuditEvent.objects.filter(action__startswith="number.").order_by("pk").values_list("action", flat=True)
    )
    assert actions == ["number.hidden", "number.lift_asked", "number.shown_again"]
