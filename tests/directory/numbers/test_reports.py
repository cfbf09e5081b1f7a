"""「情報の誤りを知らせる」: no name, sealed, once, forgotten after 90 days; nothing is hidden by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cms import dates
from directory.models import Channel, ConsultationDesk, DeskReport
from directory.queries.keeping import Waiting
from tests.factories.desks import make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> ConsultationDesk:
    return make_desk(name="知らせる窓口")


def key_of(client: Client, where: str) -> str:
    return str(client.get(where).context["form"]["key"].value())


def told(desk: ConsultationDesk, what: str = "number", words: str = "", address: str = "192.0.2.1") -> Any:
    client = Client(REMOTE_ADDR=address)
    where = f"/help/{desk.slug}/report/"
    return client.post(where, {"what": what, "words": words, "key": key_of(client, where)})


def test_the_desk_page_leads_to_it_and_the_form_says_what_is_kept(desk: ConsultationDesk) -> None:
    where = f"/help/{desk.slug}/report/"
    assert where in Client().get(f"/help/{desk.slug}/").content.decode()
    page = Client().get(where)
    words = page.content.decode()
    assert "情報の誤りを知らせる" in words
    assert "プラットフォームの事務局" in words
    assert dates.japanese_date_long(dates.today() + dt.timedelta(days=90)) in words
    assert page["Cache-Control"].startswith("max-age=0")


def test_told_and_sealed(desk: ConsultationDesk) -> None:
    page = told(desk, words="となりの家につながった")
    assert page.status_code == 200
    assert "知らせてくださり、ありがとうございました" in page.content.decode()
    report = DeskReport.objects.get()
    assert (report.what, report.words, len(report.sender)) == ("number", "となりの家につながった", 64)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_deskreport")
        stored = str(cursor.fetchall())
    assert "となりの家" not in stored
    assert "192.0.2.1" not in stored


def test_the_same_form_twice_is_one_report(desk: ConsultationDesk) -> None:
    client, where = Client(), f"/help/{desk.slug}/report/"
    sent = {"what": "hours", "words": "", "key": key_of(client, where)}
    assert [client.post(where, sent).status_code for _each in range(2)] == [200, 200]
    assert DeskReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": ""}, "ひとつ選んでください。"),
        ({"what": "poem"}, "ひとつ選んでください。"),
        ({"words": "あ" * 501}, "500"),
        ({"key": "forged"}, "もう一度"),
        ({"key": ""}, "もう一度"),
    ],
)
def test_mistakes_are_told_and_nothing_is_lost(desk: ConsultationDesk, changes: dict[str, str], sentence: str) -> None:
    client, where = Client(), f"/help/{desk.slug}/report/"
    sent = {"what": "number", "words": "書いたこと", "key": key_of(client, where)} | changes
    page = client.post(where, sent)
    assert (page.status_code, DeskReport.objects.count()) == (422, 0)
    assert sentence in page.content.decode()
    assert sent["words"] in page.content.decode()


def test_floods_are_stopped(desk: ConsultationDesk, settings: Any) -> None:
    settings.THROTTLE_FACTOR = 1
    answers = [told(desk).status_code for _each in range(12)]
    assert answers == [200] * 10 + [422] * 2
    assert told(desk, address="192.0.2.2").status_code == 200


def test_several_people_are_a_strong_sign_and_hide_nothing(
    desk: ConsultationDesk, login: Callable[..., tuple[Client, Any]]
) -> None:
    told(desk)
    told(desk)
    client, _user = login("secretariat")
    assert Waiting(dates.today()).reported[0].is_urgent is False  # one person, twice
    told(desk, address="192.0.2.2")
    assert Waiting(dates.today()).reported[0].senders_of_number == 2
    page = client.get("/members/office/desks/").content.decode()
    assert "2人が「番号がちがう」と知らせています" in page
    assert Channel.objects.public().filter(desk=desk).exists()
    for report in DeskReport.objects.all():
        client.post(f"/members/office/desks/reports/{report.pk}/done/")
    assert Waiting(dates.today()).reported == []


def test_the_night_forgets_after_90_days(desk: ConsultationDesk, capsys: Any) -> None:
    told(desk)
    told(desk, address="192.0.2.2")
    DeskReport.objects.filter(pk=DeskReport.objects.first().pk).update(created_at=dates.now() - dt.timedelta(days=91))  # type: ignore[union-attr]
    call_command("purge")
    assert '"desk_reports": 1' in capsys.readouterr().out
    assert DeskReport.objects.count() == 1


def test_a_desk_nobody_may_see_takes_no_reports() -> None:
    assert Client().get(f"/help/{make_desk(live=False).slug}/report/").status_code == 404
