"""The city's places: what is refused and why, replaced kind by kind, known everywhere at once, cheap at 20,000 names."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook.actions.guarding import OpenFindings, cleared
from cms.importing.tables import NotATable
from cms.models import AuditEvent
from directory.actions.gazetteer import changes, empty_kind, load_places
from directory.importing.gazetteer import MOST_NAMES, places_csv, read_places
from directory.models import GazetteerLoad, KnownPlace, PlaceKind
from directory.queries.names import counted_places, known_names
from directory.roles import ROLES, Permission
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in
from tests.factories.risk import make_city_of

PAGE = "/members/office/gazetteer/"
HEAD = "名称,種類\n"


def read(*rows: str, **more: Any) -> Any:
    """Rows below the headings."""
    return read_places(HEAD + "\n".join(rows) + "\n", **more)


def made(*names: str, kind: str = "school", by: Any = None) -> GazetteerLoad:
    """A list that was brought in."""
    places = {(kind, name) for name in names}
    return load_places(by=by or make_user("secretariat"), places=places, source="一覧.csv")


# --- reading ---------------------------------------------------------------------------------------------


def test_kinds_are_read_by_name_or_code_whatever_their_width() -> None:
    found = read("若葉小学校,学校", "ひばりが丘三丁目,quarter", "みはらし台入口,停留所", "若葉小学校,学校")
    assert found.refusals == ()
    assert found.found == {("school", "若葉小学校"), ("quarter", "ひばりが丘三丁目"), ("stop", "みはらし台入口")}


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ("森,町字", "名称", "短すぎます"),
        ("市役所,施設", "名称", "ふつうの言葉"),
        ("駅前,駅", "名称", "ふつうの言葉"),
        ("中央,町字", "名称", "ふつうの言葉"),
        ("さくら,店", "名称", "ふつうの言葉"),
        ("みなも市,その他", "名称", "市の名です"),
        ("みなも,その他", "名称", "市の名です"),
        ("１２３,店", "名称", "名前として読めません"),
        (",店", "名称", ""),
        ("若葉小学校,がっこう", "種類", "がっこう"),
        ("あ" * 61 + ",店", "名称", "60文字"),
        ("若葉小学校,学校,ほか", "", ""),
    ],
)
def test_what_would_be_marked_everywhere_is_refused_with_its_line(row: str, column: str, word: str) -> None:
    found = read("汐見小学校,学校", row, own={"みなも市", "みなも"})
    (refusal,) = found.refusals
    assert (refusal.line, refusal.column) == (3, column)
    assert word in refusal.reason


@pytest.mark.parametrize(
    "name", ["本町", "栄町", "若葉小", "光と風と夢", "中央公園", "喫茶ひまわり", "汐見台", "ﾋﾊﾞﾘｶﾞｵｶ"]
)
def test_names_of_a_city_are_taken(name: str) -> None:
    assert read(f"{name},その他").refusals == ()


def test_open_data_comes_in_as_it_is_with_one_kind_for_the_file() -> None:
    text = "都道府県コード,NO,施設名,住所\n12,1,若葉小学校,若葉1-1\n12,2,汐見中学校,汐見2-2\n"
    assert read_places(text, kind="school").found == {("school", "若葉小学校"), ("school", "汐見中学校")}
    with pytest.raises(NotATable, match="種類"):
        read_places(text)


@pytest.mark.parametrize("text", ["", "ただの文です。\n", "名称,種類\n", "名称\n若葉小学校\n"])
def test_what_is_no_list_is_said(text: str) -> None:
    with pytest.raises(NotATable):
        read_places(text)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(NotATable, match=str(MOST_NAMES)):
        read(*(f"汐見台第{n}公園,施設" for n in range(MOST_NAMES + 1)))


def test_what_is_saved_comes_back_the_same() -> None:
    places = {("school", "若葉小学校"), ("shop", "=喫茶ひまわり"), ("stop", "汐見台, 入口")}
    for encoding in ("utf-8-sig",):
        assert read_places(places_csv(sorted(places)).decode(encoding)).found == places


# --- bringing in ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_kind_is_replaced_as_a_whole_and_the_others_stay() -> None:
    made("若葉小学校", "汐見小学校")
    made("みはらし台入口", kind="stop")
    assert [
        (c.kind.value, c.new, c.gone, c.same) for c in changes({("school", "汐見小学校"), ("school", "東小学校")})
    ] == [("school", 1, 1, 1)]
    made("汐見小学校", "東小学校")
    assert set(KnownPlace.objects.values_list("kind", "name")) == {
        ("school", "汐見小学校"),
        ("school", "東小学校"),
        ("stop", "みはらし台入口"),
    }
    assert dict(counted_places())[PlaceKind.SCHOOL] == 2
    event = AuditEvent.objects.filter(action="gazetteer.loaded").latest("pk")
    assert event.codes == {"school": 2}


@pytest.mark.django_db
def test_an_empty_list_replaces_nothing() -> None:
    with pytest.raises(ValidationError):
        load_places(by=make_user("secretariat"), places=set(), source="")


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_keeps_the_list_changes_it(role: str) -> None:
    person = make_user(role, organization=make_organization())
    if Permission.GAZETTEER_KEEP in ROLES[role].permissions:
        assert made("若葉小学校", by=person).count == 1
        empty_kind(by=person, kind=PlaceKind.SCHOOL)
        return
    with pytest.raises(PermissionDenied):
        made("若葉小学校", by=person)
    with pytest.raises(PermissionDenied):
        empty_kind(by=person, kind=PlaceKind.SCHOOL)


# --- the guard knows ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_name_holds_at_once_and_is_forgotten_at_once() -> None:
    make_organization(name="なぎさの家", aliases=["なぎさ"])
    make_organization(name="みなも市", kind="city")
    office = make_user("secretariat")
    assert set(known_names()) >= {"なぎさの家", "なぎさ"}
    assert "みなも市" not in known_names()
    text = {"situation": "白い机のそばで話した。"}  # nothing the guard would mark by itself
    cleared(text, ())
    made("白い机", kind="facility", by=office)
    assert "白い机" in known_names()
    with pytest.raises(OpenFindings):
        cleared(text, ())
    empty_kind(by=office, kind=PlaceKind.FACILITY)
    assert "白い机" not in known_names()
    cleared(text, ())


@pytest.mark.django_db
def test_what_was_undone_is_not_remembered() -> None:
    office = make_user("secretariat")
    with transaction.atomic():
        made("若葉小学校", by=office)
        assert "若葉小学校" in known_names()
        transaction.set_rollback(True)
    assert "若葉小学校" not in known_names()
    made("汐見小学校", by=office)
    assert ("若葉小学校" in known_names(), "汐見小学校" in known_names()) == (False, True)


@pytest.mark.django_db
def test_twenty_thousand_names_cost_two_cheap_queries() -> None:
    made(*(f"汐見台第{n}公園" for n in range(20_000)), kind="facility")
    first = known_names()
    with CaptureQueriesContext(connection) as asked:
        again = known_names()
    assert (len(first), again is first, len(asked)) == (20_000, True, 2)
    assert not any("known_place" in query["sql"].lower() for query in asked.captured_queries)
    made("若葉小学校")
    assert len(known_names()) == 20_001


# --- the screen ---------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client) -> Client:
    """The secretariat, at its desk."""
    user = make_user("secretariat", organization=make_organization(kind="city", name="みなも市"))
    satisfy_mfa(user)
    sign_in(client, user)
    return client


def posted(office: Client, rows: str, **more: Any) -> Any:
    """A file, looked at."""
    file = SimpleUploadedFile("places.csv", (HEAD + rows).encode(more.pop("encoding", "utf-8")))
    return office.post(PAGE, {"file": file, **more})


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_first_a_look_then_for_good(office: Client, encoding: str) -> None:
    made("若葉小学校")
    looked = posted(office, "汐見小学校,学校\n", encoding=encoding)
    assert (looked.status_code, KnownPlace.objects.get().name) == (200, "若葉小学校")
    form = looked.context["form"].cleaned_data
    done = office.post(PAGE, {"write": "1", **{name: form[name] for name in ("text", "kind", "source")}})
    assert done.status_code == 302
    assert KnownPlace.objects.get().name == "汐見小学校"
    assert GazetteerLoad.objects.latest("pk").source == "places.csv"


@pytest.mark.django_db
def test_one_bad_row_keeps_the_whole_list_out_also_at_the_second_step(office: Client) -> None:
    response = posted(office, "汐見小学校,学校\n市役所,施設\n")
    assert response.status_code == 422
    assert "3行目　名称：「市役所」はふつうの言葉です" in response.content.decode()
    assert office.post(PAGE, {"write": "1", "text": HEAD + "汐見小学校,学校\n駅,駅\n"}).status_code == 422
    assert not KnownPlace.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("places.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 30),
        ("places.csv", b"=HYPERLINK(1),2\n"),
        ("places.csv", "ばんごう\n1\n".encode()),
        ("places.xlsx", b"PK\x03\x04"),
        ("places.csv", b""),
    ],
)
def test_what_is_no_table_changes_nothing(office: Client, name: str, content: bytes) -> None:
    assert office.post(PAGE, {"file": SimpleUploadedFile(name, content)}).status_code == 422
    assert not GazetteerLoad.objects.exists()


@pytest.mark.django_db
def test_a_kind_is_taken_out_and_the_rest_can_be_saved(office: Client) -> None:
    made("若葉小学校")
    made("みはらし台入口", kind="stop")
    assert office.post(PAGE, {"empty": "school"}).status_code == 302
    assert office.post(PAGE, {"empty": "nosuch"}).status_code == 404
    saved = office.get(reverse("members:office_gazetteer_csv")).content.decode("utf-8-sig")
    assert saved == "名称,種類\r\nみはらし台入口,停留所\r\n"


@pytest.mark.django_db
def test_the_page_asks_as_much_for_many_names_as_for_few(office: Client) -> None:
    make_city_of(45_000)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            office.get(PAGE)
        return len(found)

    made("若葉小学校")
    few = asked()
    made(*(f"汐見台第{n}公園" for n in range(300)), kind="facility")
    assert asked() == few
