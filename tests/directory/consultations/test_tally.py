"""The monthly tally: entered by rules, counted once by the inbox, closed by its day, reminded once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.dates import JST
from cms.models import AuditEvent, Mail
from cms.outbox import rendered
from directory.actions import register
from directory.actions.consultations import erasing, keeping, receiving, sending, tallies
from directory.enums import Erased, Route, Source
from directory.models import (
    Concern,
    Consultation,
    ConsultationCount,
    HeardOfCount,
    Notification,
    Organization,
    TallySheet,
    Trend,
)
from directory.queries.consultations import tallies as months
from directory.queries.consultations.tallies import Line
from directory.receivers.tallies import keep_months
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
NOVEMBER, OCTOBER = dt.date(2026, 11, 1), dt.date(2026, 10, 1)
NOW = "2026-11-10T10:00+09:00"  # October may still be mended


@pytest.fixture(autouse=True)
def clock(frozen: Any) -> Any:
    """A day on which October is open and over, and November runs."""
    return frozen(NOW)


def line(
    count: int, concern: str = "", stage: str = "", route: str = "r1", method: str = "phone", outcome: str = ""
) -> Line:
    return Line((concern, stage, route, method, outcome), count)


def enter(by: Any, organization: Organization, month: dt.date, *lines: Line, **more: Any) -> None:
    tallies.enter(by=by, organization=organization, month=month, lines=lines, heard=more.pop("heard", {}), **more)


def counted(source: str = Source.INBOX) -> list[tuple[Any, ...]]:
    rows = ConsultationCount.objects.filter(source=source).order_by("pk")
    return list(rows.values_list("organization", "month", *months.CODES, "count"))


def test_a_month_is_replaced_by_what_is_entered_and_the_same_codes_add_up() -> None:
    organization = make_organization()
    user = make_user("orgadmin", organization=organization)
    enter(user, organization, OCTOBER, line(3), line(4), line(0, route="r2"), heard={"h1": 2, "h2": 0})
    assert months.sheet(organization, OCTOBER).lines == (line(7),)
    assert months.sheet(organization, OCTOBER).heard == {"h1": 2}
    enter(user, organization, OCTOBER, line(1, stage="m3"))
    assert (months.sheet(organization, OCTOBER).lines, HeardOfCount.objects.count()) == ((line(1, stage="m3"),), 0)
    trail = AuditEvent.objects.filter(action="tally.entered").order_by("pk")
    assert list(trail.values_list("codes", flat=True)) == [{"month": "2026-10", "lines": 1}] * 2


def test_who_may_enter_where_and_what_cannot_be_counted() -> None:
    organization = make_organization()
    own, office = make_user("counsellor", organization=organization), make_user("secretariat")
    stranger, colleague = (
        make_user("orgadmin", organization=make_organization()),
        make_user("colleague", organization=organization),
    )
    enter(office, organization, OCTOBER, line(2))  # has no login of its own
    enter(own, organization, OCTOBER, line(3))
    for other in (stranger, colleague):
        with pytest.raises(PermissionDenied):
            enter(other, organization, OCTOBER, line(9))
    for wrong in (line(1, concern="zz"), line(1, stage="l4"), line(-1), line(10_000)):
        with pytest.raises(ValueError, match="Codes"):
            enter(own, organization, OCTOBER, wrong)
    with pytest.raises(ValueError, match="Codes"):
        enter(own, organization, OCTOBER, heard={"zz": 1})
    assert months.sheet(organization, OCTOBER).lines == (line(3),)


def test_figures_are_seen_by_their_own_organisation_and_the_secretariat() -> None:
    own, other = make_organization(), make_organization()
    for organization in (own, other):
        ConsultationCount.objects.create(organization=organization, month=OCTOBER, count=3)
        HeardOfCount.objects.create(organization=organization, month=OCTOBER, heard_of="h1", count=3)
        TallySheet.objects.create(organization=organization, month=OCTOBER)
    roles = {"orgadmin": own, "counsellor": own, "member": own, "auditor": own, "secretariat": other}
    users = {role: make_user(role, organization=organization) for role, organization in roles.items()}
    expected = {"orgadmin": {own.pk}, "counsellor": {own.pk}, "member": set(), "auditor": set(), "secretariat": {own.pk, other.pk}}  # fmt: skip
    for model in (ConsultationCount, HeardOfCount, TallySheet):
        seen = {role: {row.organization_id for row in model.objects.visible_to(user)} for role, user in users.items()}
        assert seen == expected


def test_a_month_closes_with_its_day_or_its_publication(frozen: Any) -> None:
    organization = make_organization()
    user = make_user("orgadmin", organization=organization)
    closed = (dt.date(2026, 12, 1), dt.date(2026, 9, 1))
    for month in closed:
        with pytest.raises(tallies.MonthIsClosed):
            enter(user, organization, month, line(1))
    assert months.open_months(dt.date(2026, 11, 10)) == [NOVEMBER, OCTOBER]
    Trend.objects.create(month=OCTOBER, figures={})
    with pytest.raises(tallies.MonthIsClosed):
        enter(user, organization, OCTOBER, line(1))
    Trend.objects.all().delete()
    frozen("2026-11-15T23:59+09:00")
    enter(user, organization, OCTOBER, line(1))
    frozen("2026-11-16T00:00+09:00")
    with pytest.raises(tallies.MonthIsClosed):
        enter(user, organization, OCTOBER, line(2))
    assert months.sheet(organization, OCTOBER).total == 1


def test_handed_in_once_when_it_is_over_and_mended_afterwards() -> None:
    organization = make_organization()
    user = make_user("supervisor", organization=organization)
    with pytest.raises(tallies.NotOverYet):
        tallies.hand_in(by=user, organization=organization, month=NOVEMBER)
    first = tallies.hand_in(by=user, organization=organization, month=OCTOBER)
    assert tallies.hand_in(by=user, organization=organization, month=OCTOBER) == first
    enter(user, organization, OCTOBER, line(5))
    assert (TallySheet.objects.get(), months.sheet(organization, OCTOBER).total) == (first, 5)


def test_a_colleague_who_saved_meanwhile_is_not_overwritten() -> None:
    organization = make_organization()
    one, two = make_user("orgadmin", organization=organization), make_user("counsellor", organization=organization)
    seen = months.sheet(organization, OCTOBER).fingerprint
    enter(one, organization, OCTOBER, line(5), seen=seen)
    with pytest.raises(tallies.Changed):
        enter(two, organization, OCTOBER, line(6), seen=seen)
    enter(two, organization, OCTOBER, line(6), seen=months.sheet(organization, OCTOBER).fingerprint)
    assert months.sheet(organization, OCTOBER).total == 6


# --- the inbox counts ---


def consultation(desk: Any, **changes: Any) -> Consultation:
    said = sending.Said(route="r2", life_stage="l5", heard_of="h1", concerns=("k5", "k1"))
    return make_consultation(desk, said=said, **changes)


def test_what_ends_is_counted_once_in_the_month_of_its_end(frozen: Any) -> None:
    desk = make_reception(people=0).desk
    counsellor = make_counsellor(desk)
    it = consultation(desk)
    frozen("2026-12-01T00:10+09:00")
    receiving.close(by=counsellor, consultation=it, outcome="o2")
    expected = [(desk.organization_id, dt.date(2026, 12, 1), "k5", "m1", "r2", "web", "o2", 1)]
    assert counted() == expected
    assert list(HeardOfCount.objects.values_list("source", "heard_of", "count")) == [("inbox", "h1", 1)]
    sending.write_on(consultation=it, text="もう一度。", form_key="again")
    receiving.close(by=counsellor, consultation=it, outcome="o1")
    erasing.delete(consultation=it)
    assert counted() == expected
    receiving.close(by=counsellor, consultation=consultation(desk), outcome="o2")
    assert counted() == [(*expected[0][:-1], 2)]


def test_every_road_to_an_end_counts_and_spam_does_not() -> None:
    desk = make_reception(people=0).desk
    counsellor = make_counsellor(desk)
    sending.take_back(consultation=consultation(desk))
    erasing.delete(consultation=consultation(desk))  # with its codes of that moment
    spam = consultation(desk)
    receiving.set_aside(by=counsellor, consultation=spam)
    erasing.destroy(Consultation.objects.get(pk=spam.pk), why=Erased.SPAM)
    yesterday = dt.date(2026, 11, 9)
    consultation(desk, state="answered", erase_on=yesterday, warned_at=dt.datetime(2026, 10, 20, tzinfo=JST))
    keeping.every_night(dt.datetime(2026, 11, 10, 3, tzinfo=JST))
    codes = ("k5", "m1", "r2", "web")
    assert [row[2:] for row in counted()] == [(*codes, "o6", 1), (*codes, "", 1), (*codes, "o5", 1)]
    assert not any("consultation" in name.name for name in ConsultationCount._meta.get_fields())  # no key leads back


# --- reminding ---


def test_reminded_once_from_the_fifth_in_the_morning_and_only_where_it_is_missing(login: Any) -> None:
    done, late = make_organization(name="出した会"), make_organization(name="まだの会")
    for organization in (done, late):
        register.admit(organization=organization, tier="core", since=dt.date(2026, 4, 1), by=None)
        make_desk(organization=organization)
    client, own = login("orgadmin", organization=late)
    make_user("colleague", organization=late)
    tallies.hand_in(by=make_user("orgadmin", organization=done), organization=done, month=OCTOBER)
    told = [
        keep_months(sender=None, at=dt.datetime.fromisoformat(at))["tallies_reminded"]
        for at in (
            "2026-11-04T12:00+09:00",
            "2026-11-05T07:59+09:00",
            "2026-11-05T08:00+09:00",
            "2026-11-06T09:00+09:00",
        )
    ]
    assert told == [0, 0, 1, 0]
    assert list(Notification.objects.values_list("user", "kind", "target")) == [(own.pk, "tally_due", "2026-10")]
    mail = Mail.objects.get(kind="tally")
    assert (mail.recipient, tallies.mail_stands(mail)) == (own.email, True)
    assert rendered("directory/mail/tally.subject.txt", mail.context or {}).strip() == "2026年10月の件数について"
    assert "11月15日（日）まで書けます" in rendered("directory/mail/tally.txt", mail.context or {})
    assert (
        "2026年10月：あなたの団体の件数が、まだ届いていません" in client.get("/members/notifications/").content.decode()
    )
    tallies.hand_in(by=own, organization=late, month=OCTOBER)
    assert tallies.mail_stands(mail) is False


# --- the pages ---


def posted(rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    data |= {f"form-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return data | more


def test_the_form_keeps_what_was_typed_grows_saves_and_hands_in(login: Any) -> None:
    concern = Concern.objects.order_by("sort_order").values_list("code", flat=True)[0]
    organization = make_organization()
    client, user = login("orgadmin", organization=organization)
    page = "/members/tally/2026-10/"
    seen = months.sheet(organization, OCTOBER).fingerprint
    rows = [{"concern": concern, "route": "r1", "method": "phone", "count": "１２"}, {"route": "r2", "count": "おおい"}]
    more = client.post(page, posted(rows, more="1", **{"heard-h1": "4"})).content.decode()
    assert ("おおい" in more, more.count('name="form-6-count"'), 'value="4"' in more) == (True, 1, True)
    wrong = client.post(page, posted(rows, save="1", seen=seen))
    assert (wrong.status_code, "おおい" in wrong.content.decode(), ConsultationCount.objects.count()) == (422, True, 0)
    rows[1]["count"] = "3"
    saved = client.post(page, posted(rows, hand_in="1", seen=seen, **{"heard-h1": "4"}))
    assert (saved.status_code, months.sheet(organization, OCTOBER).total, TallySheet.objects.get().by) == (
        302,
        15,
        user,
    )
    stale = client.post(page, posted(rows[:1], save="1", seen=seen))
    assert (stale.status_code, months.sheet(organization, OCTOBER).total) == (409, 15)
    begun = client.get("/members/tally/2026-11/?start=last").content.decode()
    assert (begun.count(f'value="{concern}" selected'), 'value="12"' in begun) == (1, False)


def test_a_table_is_read_into_the_form_and_one_bad_row_keeps_all_of_it_out(login: Any) -> None:
    organization = make_organization()
    client, user = login("counsellor", organization=organization)
    enter(user, organization, OCTOBER, line(2))
    page, table = "/members/tally/2026-10/", client.get("/members/tally/2026-10/csv/").content.decode("utf-8-sig")
    head, only = table.splitlines()
    assert only.endswith(",2")
    bad = f"{head}\r\n{only}\r\n,,宇宙人,,,3\r\n,,,,,たくさん\r\n"
    refused = client.post(page, {"read": "1", "file": SimpleUploadedFile("a.csv", bad.encode("cp932"))})
    said = refused.content.decode()
    assert (refused.status_code, "3行目" in said, "宇宙人" in said, "たくさん" in said) == (422, True, True, True)
    lacking = client.post(page, {"read": "1", "text": "件数\n3\n"})
    assert lacking.status_code == 422
    pasted = f"{head}\n{only}\n,,,r2,,5".replace(",", "\t")  # a method that is none
    assert client.post(page, {"read": "1", "text": pasted}).status_code == 422
    good = client.post(page, {"read": "1", "text": f"{head}\n{only}\n{only}\n,,r2,,,5".replace(",", "\t")})
    shown = good.content.decode()
    assert (good.status_code, 'value="4"' in shown, 'value="5"' in shown) == (200, True, True)
    assert months.sheet(organization, OCTOBER).lines == (line(2),)  # read, and not saved


def test_what_the_inbox_counted_stands_beside_and_a_closed_month_takes_nothing(login: Any) -> None:
    organization = make_organization()
    client, user = login("supervisor", organization=organization)
    of = {"organization": organization, "month": OCTOBER, "source": Source.INBOX, "method": "web"}
    ConsultationCount.objects.create(**of, count=6)
    assert "数えてあります" in client.get("/members/tally/2026-10/").content.decode()
    enter(user, organization, OCTOBER, line(2))
    assert months.sheet(organization, OCTOBER).total == 8
    Trend.objects.create(month=OCTOBER, figures={})
    closed = client.post("/members/tally/2026-10/", posted([{"count": "9"}], save="1"), follow=True)
    assert ("いまの月へ" in closed.content.decode(), months.sheet(organization, OCTOBER).total) == (True, 8)


def test_the_office_enters_for_an_organisation_and_pages_cost_the_same_however_many(
    login: Any, django_assert_max_num_queries: Any
) -> None:
    client, _user = login("secretariat", organization=make_organization())

    def organizations(count: int) -> Organization:
        for _each in range(count):
            found = make_organization()
            register.admit(organization=found, tier="core", since=dt.date(2026, 4, 1), by=None)
            make_desk(organization=found)
            of = {"organization": found, "month": OCTOBER, "source": Source.INBOX}
            ConsultationCount.objects.create(**of, method="phone", count=7)
        return found

    found = organizations(2)
    saved = client.post(
        f"/members/office/tally/{found.pk}/2026-10/",
        posted([{"route": "r3", "count": "4"}], hand_in="1", seen=months.sheet(found, OCTOBER).fingerprint),
    )
    assert (saved.status_code, months.sheet(found, OCTOBER).total, len(months.missing(OCTOBER))) == (302, 11, 1)
    costs = []
    for _round in range(2):
        with django_assert_max_num_queries(60) as queries:
            for page in ("", "2026-10/", "2026-10/csv/"):
                assert client.get(f"/members/office/tally/{page}").status_code == 200
        costs.append(len(queries))
        organizations(5)
    assert costs[0] == costs[1]
    assert AuditEvent.objects.filter(action="tally.exported").count() == 2


def test_while_the_month_runs_what_the_inbox_counted_is_one_number(login: Any, frozen: Any) -> None:
    frozen("2026-10-31T23:50:00+09:00")
    organization = make_organization()
    client, user = login("orgadmin", "counsellor", organization=organization)
    office, _keeper = login("secretariat", organization=make_organization())
    of = {"organization": organization, "month": OCTOBER, "source": Source.INBOX}
    ConsultationCount.objects.create(**of, route="r3", method="web", outcome="o5", count=2)
    ConsultationCount.objects.create(**of, route="r2", method="phone", outcome="o6", count=1)
    pages = ["/members/tally/2026-10/", "/members/office/tally/2026-10/", "/members/office/tally/2026-10/csv/"]
    pages.append(f"/members/office/tally/{organization.pk}/2026-10/")
    words = [str(label) for label in (Route("r3").label, Route("r2").label)]

    def cells(page: str) -> list[str]:
        """The routes that stand in cells (the forms offer every one of them)."""
        body = (client if page == pages[0] else office).get(page).content.decode("utf-8-sig")
        return [
            word for word in words if f"<span>{word}" in body or f'scope="row">{word}' in body or f"{word}," in body
        ]

    enter(user, organization, OCTOBER, line(4))
    assert [cells(page) for page in pages] == [[], [], [], []]
    said = client.get(pages[0]).content.decode()
    assert ("：3件" in said, "月の途中では" in said) == (True, True)
    assert "3件を数えています" in office.get(pages[1]).content.decode()
    assert f"{organization},,,,,,3" in office.get(pages[2]).content.decode("utf-8-sig")
    frozen("2026-11-01T00:05:00+09:00")
    assert [sorted(cells(page)) for page in pages] == [sorted(words)] * 4
