"""Every 90 days the owner is asked; the button confirms, the mere link never does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from cms import dates, outbox
from cms.models import Mail
from directory.actions import freshness
from directory.models import ConsultationDesk, DeskOwner, DeskQuestion
from tests.factories.desks import make_desk, make_national
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


def ago(days: int) -> dt.date:
    return dates.today() - dt.timedelta(days=days)


@pytest.fixture
def desk() -> ConsultationDesk:
    desk = make_desk(name="ふるい窓口", organization=make_organization(), assured_on=ago(100))
    DeskOwner.objects.create(desk=desk, email="owner@example.jp")
    return desk


def link() -> str:
    """The link of the last mail."""
    outbox.deliver_due()
    found = re.search(r"(/help/checked/\S+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def assured(desk: ConsultationDesk) -> dt.date | None:
    return ConsultationDesk.objects.get(pk=desk.pk).assured_on


def test_the_link_alone_changes_nothing_and_the_button_confirms(desk: ConsultationDesk) -> None:
    freshness.ask(desk=desk, by=None)
    where = link()
    client = Client()
    for ask in (client.get, client.head, client.options):
        ask(where)
    page = client.get(where)
    assert "0865-63-8515" in page.content.decode()
    assert "この内容で、まちがいありません" in page.content.decode()
    assert f"/members/desks/{desk.slug}/propose/" in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert assured(desk) == ago(100)
    done = client.post(where, {"seen": page.context["seen"]})
    assert "ありがとうございました" in done.content.decode()
    assert assured(desk) == dates.today()
    again = client.post(where, {"seen": ""})  # twice is once
    assert again.status_code == 200
    assert "すでに" in client.get(where).content.decode()


def test_nobody_confirms_what_they_did_not_see(desk: ConsultationDesk) -> None:
    freshness.ask(desk=desk, by=None)
    where, client = link(), Client()
    seen = client.get(where).context["seen"]
    desk.channels.update(hours="24/7")
    page = client.post(where, {"seen": seen})
    assert (page.status_code, assured(desk)) == (409, ago(100))
    assert "たったいま、内容が変わりました" in page.content.decode()
    client.post(where, {"seen": page.context["seen"]})
    assert assured(desk) == dates.today()


def test_links_are_hashed_and_end(desk: ConsultationDesk, frozen: Callable[[str], Any]) -> None:
    freshness.ask(desk=desk, by=None)
    where = link()
    token = where.split("/")[-2]
    assert not DeskQuestion.objects.filter(token_hash__contains=token).exists()
    assert Client().get("/help/checked/wrong/").status_code == 404
    DeskQuestion.objects.update(expires_at=dates.now())
    assert Client().get(where).status_code == 404
    assert Client().post(where).status_code == 404


def test_who_is_asked(desk: ConsultationDesk) -> None:
    assert freshness.recipients(desk) == ["owner@example.jp"]
    DeskOwner.objects.all().delete()
    for name in ("b", "a"):
        make_user("orgadmin", organization=desk.organization, email=f"{name}@example.jp")
    make_user("member", organization=desk.organization)
    make_user("orgadmin", organization=make_organization())
    assert freshness.recipients(desk) == ["a@example.jp", "b@example.jp"]
    with pytest.raises(ValidationError):
        freshness.ask(desk=make_desk(), by=None)


def test_one_answer_ends_all_questions(desk: ConsultationDesk) -> None:
    freshness.ask(desk=desk, by=None)
    freshness.ask(desk=desk, by=None)
    first = DeskQuestion.objects.first()
    assert first
    freshness.answer(question=first, seen=freshness.shown(desk))
    assert not DeskQuestion.objects.open().exists()
    outbox.deliver_due()
    assert mail.outbox == []  # a mail that was still to go is not needed any more
    assert set(Mail.objects.values_list("state", flat=True)) == {"dropped"}


def test_the_night_asks_at_day_83_and_again_after_14_days(desk: ConsultationDesk, frozen: Callable[[str], Any]) -> None:
    fresh = make_desk(organization=desk.organization, assured_on=ago(80))
    soon = make_desk(organization=desk.organization, assured_on=ago(84))
    never = make_desk(organization=desk.organization)
    hidden = make_desk(organization=desk.organization, live=False)
    for each in (fresh, soon, never, hidden):
        DeskOwner.objects.create(desk=each, email="owner@example.jp")
    make_national(by=make_user())
    make_desk(name="だれもいない窓口", assured_on=ago(200))
    now = dates.now()
    assert freshness.ask_due(now) == 3
    assert set(DeskQuestion.objects.values_list("desk", flat=True)) == {desk.pk, soon.pk, never.pk}
    assert freshness.ask_due(now + dt.timedelta(days=1)) == 0
    assert freshness.ask_due(now + dt.timedelta(days=13)) == 1  # the one that has come of age meanwhile
    assert freshness.ask_due(now + dt.timedelta(days=15)) == 3


def test_purge_is_the_night(desk: ConsultationDesk, capsys: Any) -> None:
    call_command("purge")
    assert '"desks_asked": 1' in capsys.readouterr().out


def test_the_answer_is_in_the_drafts_too(desk: ConsultationDesk) -> None:
    desk.description = "下書き"
    draft = desk.save_revision()
    freshness.ask(desk=desk, by=None)
    question = DeskQuestion.objects.get()
    freshness.answer(question=question, seen=freshness.shown(desk))
    draft.refresh_from_db()
    draft.publish()
    assert assured(desk) == dates.today()


def test_residents_read_it_in_exactly_these_words(frozen: Callable[[str], Any]) -> None:
    frozen("2026-11-22T12:00+09:00")
    old = make_desk(name="ふるい", assured_on=dt.date(2026, 5, 1))
    make_desk(name="あたらしい", assured_on=dt.date(2026, 11, 1))
    never = make_desk(name="まだ")
    words = "最終確認から90日以上たっています（確認：2026年5月1日）"
    pages = {where: Client().get(where).content.decode() for where in ("/help/", f"/help/{old.slug}/")}
    assert {where: page.count(words) for where, page in pages.items()} == {"/help/": 1, f"/help/{old.slug}/": 1}
    assert "90日以上" not in Client().get(f"/help/{never.slug}/").content.decode()  # never is not the same as long ago


def test_a_desk_is_fresh_for_ninety_days() -> None:
    today = dt.date(2026, 11, 22)
    desk = ConsultationDesk(assured_on=today - dt.timedelta(days=90))
    assert (desk.is_fresh(today), desk.stale_words(today)) == (True, "")
    assert desk.is_fresh(today + dt.timedelta(days=1)) is False


def test_the_office_names_an_owner_and_old_links_die(
    desk: ConsultationDesk, login: Callable[..., tuple[Client, Any]]
) -> None:
    freshness.ask(desk=desk, by=None)
    where = link()
    client, _user = login("secretariat")
    office = f"/members/office/desks/{desk.slug}/"
    assert "owner@example.jp" in client.get(office).content.decode()
    wrong = client.post(office, {"act": "owner", "email": "だれか"})
    assert (wrong.status_code, "だれか" in wrong.content.decode()) == (200, True)
    client.post(office, {"act": "owner", "email": " New@Example.jp "})
    assert freshness.recipients(desk) == ["new@example.jp"]
    assert Client().get(where).status_code == 404
    client.post(office, {"act": "owner", "email": ""})
    assert not DeskOwner.objects.exists()


def test_the_office_called_itself(desk: ConsultationDesk, login: Callable[..., tuple[Client, Any]]) -> None:
    client, _user = login("secretariat")
    office = f"/members/office/desks/{desk.slug}/"
    assert "メールを送りました" in client.post(office, {"act": "ask"}, follow=True).content.decode()
    client.post(office, {"act": "assured"})
    assert assured(desk) == dates.today()
    assert client.post(office, {"act": "fly"}).status_code == 403
