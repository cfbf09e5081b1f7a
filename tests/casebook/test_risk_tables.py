"""Tables of rarity: brought in as a whole or not at all, a sample where there is none, and what a case is told by them."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook.actions.cases import TooRare, common_enough
from casebook.actions.risk import declare_clientele
from casebook.enums import Audience
from casebook.importing import table_csv
from casebook.models import Clientele, Population, RiskTable, TableKind
from casebook.queries import concern_names
from casebook.queries import risk as queries
from casebook.queries.audience import audience_of
from casebook.risk import Level
from cms.exports import csv_bytes
from cms.models import AuditEvent
from directory.models import Concern
from directory.roles import ROLES, Permission
from tests.factories.cases import make_author, make_case
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in
from tests.factories.risk import CELL, make_city_of, make_risk_table

pytestmark = pytest.mark.django_db
PAGE = "/members/office/cases/risk/"
CODES = {"life_stage": "l4", "household": "h3", "sex": "", "concerns": ["k3", "k1"]}


@pytest.fixture
def office(client: Client) -> Client:
    """The secretariat, at its desk."""
    user = make_user("secretariat", organization=make_organization(kind="city"))
    satisfy_mfa(user)
    sign_in(client, user)
    return client


def heads() -> str:
    """The headings of people, in the words of this house."""
    return table_csv(TableKind.POPULATION, (), concern_names()).decode("utf-8-sig")


def row(*cells: str) -> str:
    """A line of the file."""
    return ",".join(cells) + "\r\n"


def upload(office: Client, content: bytes, *, name: str = "people.csv", kind: str = "population", **more: Any) -> Any:
    """Bring a file in."""
    data = {
        "kind": kind,
        f"{kind}-file": SimpleUploadedFile(name, content),
        f"{kind}-as_of": "2026-10-01",
        f"{kind}-source": "住民基本台帳",
        **more,
    }
    return office.post(PAGE, data)


# --- the sample ----------------------------------------------------------------------------------------


def test_the_sample_is_whole_and_speaks_of_a_hundred_thousand() -> None:
    cells = queries.sample(TableKind.POPULATION)
    assert len(cells) == len({cell[:3] for cell in cells}) == 10 * 6 * 2
    assert sum(int(cell[3]) for cell in cells) == queries.SAMPLE_OF
    assert {code for code, _number, _note in queries.sample(TableKind.PREVALENCE)} == set(concern_names())
    assert all("見本" in note for _code, _number, note in queries.sample(TableKind.PREVALENCE))


def test_without_a_table_the_sample_is_scaled_to_the_city() -> None:
    found = {}
    for size in (None, 45_000, 270_000):
        make_city_of(size)
        found[size] = queries.assess(CODES, None, Audience.ALL)
    assert [(risk.persons, str(risk.level)) for risk in found.values()] == [
        (3, "blocked"),
        (17, "amber"),
        (104, "green"),
    ]
    box = queries.box(CODES, None, Audience.ALL)
    assert (box.is_sample, box.population_unsaid, box.figure) == (True, False, "およそ100人")
    make_city_of(None)
    assert queries.box(CODES, None, Audience.ALL).population_unsaid


# --- verdicts ---------------------------------------------------------------------------------------------


def test_a_case_and_its_codes_get_the_same_verdict() -> None:
    make_city_of(45_000)
    case = make_case(**CODES)
    assert queries.assess(case, case.organization, case.audience) == queries.assess(CODES, case.organization, "core")


@pytest.mark.parametrize(("audience", "stopped"), [("all", True), ("core", True), ("chosen", False), ("group", False)])
def test_too_few_people_stop_the_whole_partnership_alone(audience: str, stopped: bool) -> None:
    make_city_of(5_000)
    found = queries.assess(CODES, None, audience)
    assert (found.level, found.stopped) == (Level.BLOCKED, stopped)


@pytest.mark.parametrize(("ticked", "counts_as"), [(2, "chosen"), (4, "chosen"), (5, "all"), (7, "all")])
def test_most_of_the_partnership_ticked_one_by_one_is_the_partnership(ticked: int, counts_as: str) -> None:
    others = [make_author().organization for _each in range(7)]
    case = make_case(audience="chosen")  # its own organisation reads too: eight in all
    case.shared_with.set(others[:ticked])
    assert audience_of(case) == counts_as


def test_a_case_too_rare_for_all_is_too_rare_for_most_of_them() -> None:
    make_city_of(5_000)
    others = [make_author().organization for _each in range(7)]
    case = make_case(**{**CODES, "audience": "chosen"})
    case.shared_with.set(others[:2])
    assert not common_enough(case).stopped
    case.shared_with.set(others)
    with pytest.raises(TooRare):
        common_enough(case)


def test_a_concern_the_table_does_not_know_counts_as_the_rarest() -> None:
    make_city_of(270_000)
    Concern.objects.create(code="zz9", name="新しい困りごと")
    make_risk_table(
        {"concern": "k1", "per_mille": 100, "note": ""},
        {"concern": "k3", "per_mille": "0.5", "note": ""},
        kind=TableKind.PREVALENCE,
    )
    named, unnamed = ({**CODES, "concerns": [code]} for code in ("k3", "zz9"))
    assert queries.assess(named, None, "all") == queries.assess(unnamed, None, "all")


def test_queries_do_not_grow_with_tables_or_concerns() -> None:
    author = make_author()

    def asked(*concerns: str) -> int:
        with CaptureQueriesContext(connection) as found:
            queries.box({**CODES, "concerns": list(concerns)}, author.organization, Audience.ALL, choosing=True)
        return len(found)

    assert (asked("k1"), asked("k1", "k2", "k3")) == (6, 6)
    for _ in range(3):
        make_risk_table()
        make_risk_table({"concern": "k1", "per_mille": 100, "note": ""}, kind=TableKind.PREVALENCE)
    Clientele.objects.create(organization=author.organization, total=500)
    assert (asked("k1"), asked("k1", "k2", "k3")) == (6, 6)


def test_the_words_of_the_box_say_no_small_figure() -> None:
    make_risk_table({**CELL, "persons": 7})
    box = queries.box({**CODES, "concerns": []}, None, Audience.ALL, choosing=True)
    assert (box.figure, box.risk.persons) == ("10人より少ない", 7)
    assert box.words == ["18〜29歳", "親と同居"]
    assert {step.figure for step in box.steps} == {"10人より少ない"}


@pytest.mark.parametrize(("size", "level"), [(270_000, "r-g"), (45_000, "r-y"), (5_000, "r-r")])
def test_one_light_is_on_and_only_the_author_chooses(size: int, level: str) -> None:
    make_city_of(size)
    chosen, read = (
        render_to_string("casebook/members/risk_box.html", {"box": queries.box(CODES, None, "all", choosing=choosing)})
        for choosing in (True, False)
    )
    for drawn in (chosen, read):
        assert re.findall(r'<li class="(r-.) is-now" aria-current="true">', drawn) == [level]
        assert drawn.count("いま、ここです") == 1
        assert "見本の統計から" in drawn
    radios = re.findall(r'name="coarsen" value="([^"]*)"', chosen)
    steps = [step.code for step in queries.assess(CODES, None, "all").steps]
    assert radios == ([*steps, ""] if level != "r-g" else [])
    assert "checked" not in chosen
    assert 'type="radio"' not in read


def test_with_a_narrow_audience_the_box_says_that_it_may_go() -> None:
    make_city_of(5_000)
    drawn = {
        audience: render_to_string("casebook/members/risk_box.html", {"box": queries.box(CODES, None, audience)})
        for audience in ("core", "chosen")
    }
    assert "全メンバーにも、コアメンバー全員にも出せません" in drawn["core"]
    assert "えらんだ読み手になら出せます" in drawn["chosen"]


# --- bringing tables in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_table_comes_in_whole_and_the_one_before_stays(office: Client, encoding: str) -> None:
    make_risk_table()
    content = (
        heads() + row("18〜29歳", "親と同居", "女性", "１，２００".replace("，", "")) + row("l5", "h1", "s2", "900")
    )
    response = upload(office, content.encode(encoding))
    assert response.status_code == 302
    newest, before = RiskTable.objects.all()
    assert (newest.source, newest.is_sample, newest.name, str(newest.as_of)) == (
        "住民基本台帳",
        False,
        "people.csv",
        "2026-10-01",
    )
    assert list(newest.population.values_list("life_stage", "household", "sex", "persons")) == [
        ("l4", "h3", "s1", 1200),
        ("l5", "h1", "s2", 900),
    ]
    assert before.population.count() == 1
    event = AuditEvent.objects.get(action="risk.table_loaded", target=f"casebook.risktable:{newest.pk}")
    assert event.codes == {"kind": "population", "rows": 2, "sample": 0}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row("30代", "親と同居", "女性", "たくさん"), "3行目　人数：「たくさん」は人数として読めません"),
        (row("30代", "親と同居", "女性", "-4"), "3行目　人数：「-4」は人数として読めません"),
        (row("70代", "親と同居", "女性", "4"), "3行目　年代：「70代」"),
        (row("30代", "親と同居", "", "4"), "3行目　性別："),
        (row("18〜29歳", "親と同居", "女性", "5"), "3行目：同じものが2行目にもあります。"),
        (row("30代", "親と同居", "女性", "4", "5"), "3行目："),
    ],
)
def test_one_bad_row_keeps_the_whole_table_out(office: Client, rows: str, said: str) -> None:
    content = heads() + row("18〜29歳", "親と同居", "女性", "120") + rows
    response = upload(office, content.encode())
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "何も変えていません" in response.content.decode()
    assert not RiskTable.objects.exists()
    assert not Population.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("people.csv", b""),
        ("people.csv", "なまえ,ばんごう\nあ,1\n".encode()),
        ("people.csv", "ただの文です。表ではありません。".encode()),
        ("people.csv", b"=cmd|' /C calc'!A0,2\n"),
        ("people.txt", b"%PDF-1.7"),
        ("people.csv", b"\xff\xfe" + "年代,世帯\n".encode("utf-16-le")),
    ],
)
def test_what_is_no_table_changes_nothing(office: Client, name: str, content: bytes) -> None:
    assert upload(office, content, name=name).status_code == 422
    assert not RiskTable.objects.exists()


def test_a_table_without_rows_changes_nothing(office: Client) -> None:
    assert upload(office, heads().encode()).status_code == 422
    assert not RiskTable.objects.exists()


def test_prevalence_comes_in_by_name_or_code(office: Client) -> None:
    content = csv_bytes(["困りごと", "1,000人のうち何人"], [["家から出にくい", "12.5"], ["k1", "80"]])
    assert upload(office, content, kind="prevalence").status_code == 302
    assert [row[:2] for row in queries.prevalence().rows] == [("k1", "80.0"), ("k3", "12.5")]
    bad = csv_bytes(["困りごと", "1,000人のうち何人"], [["家から出にくい", "1000.5"], ["ないもの", "1"]])
    page = upload(office, bad, kind="prevalence").content.decode()
    assert "2行目" in page
    assert "3行目" in page
    assert RiskTable.objects.count() == 1


@pytest.mark.parametrize("kind", list(TableKind))
def test_what_is_saved_can_be_brought_back_and_stays_a_sample(office: Client, kind: TableKind) -> None:
    make_city_of(45_000)
    saved = office.get(reverse("members:office_risk_csv", args=[kind]))
    assert saved.headers["Content-Disposition"] == f'attachment; filename="{kind}.csv"'
    assert len(list(csv.reader(io.StringIO(saved.content.decode("utf-8-sig"))))) == len(queries.held(kind).rows) + 1
    before = queries.held(kind).rows
    assert upload(office, saved.content, kind=kind).status_code == 302
    after = queries.held(kind)
    assert after.is_sample
    numbers = {TableKind.POPULATION: 3, TableKind.PREVALENCE: 1}[kind]
    compared = [
        sorted((cells[:numbers], Fraction(cells[numbers]), cells[numbers + 1 :]) for cells in rows)
        for rows in (before, after.rows)
    ]
    assert compared[0] == compared[1]


def test_the_page_says_sample_until_the_city_gives_figures(office: Client) -> None:
    assert office.get(PAGE).content.decode().count("見本の統計") == 2
    upload(office, (heads() + row("18〜29歳", "親と同居", "女性", "120")).encode())
    assert office.get(PAGE).content.decode().count("見本の統計") == 1


def test_a_table_of_tomorrow_is_refused(office: Client) -> None:
    content = (heads() + row("18〜29歳", "親と同居", "女性", "120")).encode()
    assert upload(office, content, **{"population-as_of": "2999-01-01"}).status_code == 422


def test_the_calculator_answers_in_round_figures(office: Client) -> None:
    make_city_of(45_000)
    address = f"{PAGE}?ask=1&life_stage=l4&household=h3&sex=&concerns=k3&concerns=k1"
    page = office.get(address).content.decode()
    assert "およそ10人" in page
    box = page.partition('aria-labelledby="risk-title"')[2].partition("</section>")[0]
    assert "17人" not in box
    assert "17" not in re.sub(r"<svg.*?</svg>", "", box)
    assert 'name="coarsen"' not in page


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_keeps_the_tables_replaces_them(role: str) -> None:
    person = make_user(role, organization=make_organization())
    if Permission.RISK_TABLES_KEEP in ROLES[role].permissions:
        assert make_risk_table(by=person).pk
    else:
        with pytest.raises(PermissionDenied):
            make_risk_table(by=person)


# --- what an organisation says of itself ---------------------------------------------------------------------


def test_the_own_people_count_and_the_smaller_figure_holds() -> None:
    make_city_of(270_000)
    author = make_author()
    free = queries.box(CODES, author.organization, "all", choosing=True)
    assert (free.is_asked, free.own_unknown, free.own_figure, free.figure) == (True, True, "", "およそ100人")
    declare_clientele(by=author, total=600)
    own = queries.box(CODES, author.organization, "all", choosing=True)
    assert (own.is_asked, own.own_unknown, own.figure, own.own_figure) == (False, False, "およそ10人", "およそ10人")
    assert own.risk.from_clientele == 15


def test_who_does_not_know_is_not_asked_again() -> None:
    author = make_author()
    declare_clientele(by=author, total=None)
    box = queries.box(CODES, author.organization, "all", choosing=True)
    assert (box.is_asked, box.own_unknown) == (False, True)


def test_ages_are_given_all_or_none() -> None:
    author = make_author()
    with pytest.raises(ValidationError):
        declare_clientele(by=author, total=40, stages={"under_18": 3})
    ages = {"under_18": 3, "from_18": 0, "from_40": 20, "from_60": 7}
    said = declare_clientele(by=author, total=None, stages=ages)
    assert (said.total, said.by_stage) == (30, {"m0": 3, "m1": 0, "m2": 20, "m3": 7})
    assert declare_clientele(by=author, total=40).by_stage is None


def test_the_screen_asks_gently_and_keeps_what_was_typed(client: Client) -> None:
    author = make_author()
    satisfy_mfa(author)
    sign_in(client, author)
    page = reverse("members:clientele")
    assert "うちで関わっている人は" in client.get(page).content.decode()
    assert "いまは分かりません" in client.post(page, {}).content.decode()
    both = client.post(page, {"total": "40", "unknown": "on"}).content.decode()
    assert "どちらか一つ" in both
    assert 'value="40"' in both
    assert not Clientele.objects.exists()
    assert client.post(page, {"total": "40"}).status_code == 302
    assert Clientele.objects.get().total == 40
    assert 'value="40"' in client.get(page).content.decode()
    assert client.post(page, {"unknown": "on"}).status_code == 302
    assert Clientele.objects.get().total is None


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_writes_cases_speaks_for_the_organisation(role: str) -> None:
    person = make_user(role, organization=make_organization())
    if Permission.CASES_WRITE in ROLES[role].permissions:
        assert declare_clientele(by=person, total=3).total == 3
    else:
        with pytest.raises(PermissionDenied):
            declare_clientele(by=person, total=3)
