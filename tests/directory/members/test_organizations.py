"""The members' directory: who can do what is found, who did not agree is not listed, who has left is gone at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import dates
from cms.models import AuditEvent
from directory.actions import profiles as actions
from directory.actions import register
from directory.enums import Direction
from directory.models import (
    ActivityNote,
    ActivityPicture,
    MemberProfile,
    Notification,
    Organization,
    PersonCard,
    Resource,
    User,
)
from directory.queries.members import Looking, find_members, find_people, member_page
from directory.queries.wishes import wish_board
from tests.factories.people import make_organization, make_user
from tests.factories.uploads import PDF, photo, upload

pytestmark = pytest.mark.django_db
LIST = "/members/organizations/"


def make_member(name: str = "", *, tier: str = "core", **fields: Any) -> Organization:
    organization = make_organization(**({"name": name} if name else {}), **fields)
    register.admit(organization=organization, tier=tier, since=dates.today() - dt.timedelta(days=100), by=None)
    return organization


def offer(organization: Organization, words: str, kind: str = "place", days: str = "", **more: Any) -> Resource:
    direction = more.pop("direction", Direction.OFFER)
    return Resource.objects.create(
        organization=organization, direction=direction, kind=kind, words=words, weekdays=list(days), **more
    )


def card(user: User, *, agreed: bool = True, **words: Any) -> PersonCard:
    return actions.keep_card(by=user, values=words, agrees=agreed)


def names(found: Any) -> list[str]:
    return [each.organization.name for each in found.members]


@pytest.fixture
def reader() -> User:
    return make_user("member", organization=make_member("読む会"))


# --- finding --------------------------------------------------------------------------------------------


@pytest.fixture
def town(reader: User) -> None:
    """A hall on Saturdays, a hall on Tuesdays, a hall whose day can be agreed, one who looks for a hall, an interpreter."""
    offer(make_member("土曜の会"), "集会室を貸せます", days="6")
    offer(make_member("火曜の会"), "和室", days="2")
    offer(make_member("相談の会", tier="partner"), "ホール")
    offer(make_member("さがす会"), "土曜に走れる部屋", days="6", direction=Direction.WISH)
    offer(make_member("通訳の会"), "ポルトガル語の通訳", "know", "1234567")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "question",
    [
        "土曜に場所を貸してくれる",
        "土曜　部屋",
        "どようではなく土曜日の会場",
        "週末に借りられる集会室",
        "土曜に貸してもらえる部屋はありますか",
    ],
)
def test_who_can_lend_a_place_on_saturdays_is_found_first(reader: User, question: str) -> None:
    found = find_members(reader, Looking(words=question))
    assert names(found)[0] == "土曜の会"
    assert "さがす会" not in names(found)[:1]


@pytest.mark.usefixtures("town")
def test_by_kind_and_day_the_ticked_day_comes_before_the_day_to_be_agreed(reader: User) -> None:
    found = find_members(reader, Looking(kind="place", day="6"))
    assert names(found) == ["土曜の会", "相談の会"]
    assert [each.words for member in found.members for each in member.hits] == ["集会室を貸せます", "ホール"]
    assert names(find_members(reader, Looking(kind="place", day="6", tier="partner"))) == ["相談の会"]


@pytest.mark.usefixtures("town")
def test_nobody_fits_and_the_least_wish_is_dropped_by_name(login: Callable[..., Any], reader: User) -> None:
    found = find_members(reader, Looking(kind="know", day="3", tier="partner"))
    assert (names(found), found.dropped) == (["通訳の会"], ("tier",))
    client, _user = login("member", organization=reader.organization)
    page = client.get(LIST + "?k=know&d=3&t=partner").content.decode()
    assert "「会員区分」をはずすと" in page or "「参加の区分」をはずすと" in page
    assert "1団体" in page
    assert "通訳の会" in page


@pytest.mark.usefixtures("town")
def test_words_nobody_wrote_still_lead_on(login: Callable[..., Any], reader: User) -> None:
    client, _user = login("member", organization=reader.organization)
    page = client.get(LIST + "?q=気球&k=zz&d=99&c=nosuch&page=77").content.decode()
    assert "持ち寄り掲示板に書くと" in page
    assert "6団体" in page


def test_profile_words_concerns_and_those_served_are_found(reader: User) -> None:
    one, other = make_member("灯りの会"), make_member("別の会")
    profile = MemberProfile.objects.create(organization=one, does="コンピューターの修理", served=["youth"])
    MemberProfile.objects.create(organization=other, served=["elders"])
    concern = profile.concerns.model.objects.first()
    assert concern is not None
    profile.concerns.add(concern)
    for looking in (
        Looking(words="修理"),
        Looking(served="youth"),
        Looking(concern=concern.code),
        Looking(words="ｺﾝﾋﾟｭｰﾀｰ"),
    ):
        assert names(find_members(reader, looking)) == ["灯りの会"], looking


def test_an_offer_whose_day_has_passed_is_nowhere(reader: User) -> None:
    gone = make_member("冬の会")
    offer(gone, "ストーブ", "goods", until=dates.today() - dt.timedelta(days=1))
    offer(gone, "火鉢", "goods", until=dates.today())
    page = member_page(reader, gone)
    assert page is not None
    assert [each.words for each in page.member.offers] == ["火鉢"]
    assert [each.words for each in wish_board(reader).other_offers] == ["火鉢"]


def test_the_number_of_queries_does_not_grow(login: Callable[..., Any], reader: User) -> None:
    client, _user = login("member", organization=reader.organization)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def more() -> None:
        for _each in range(4):
            one = make_member()
            MemberProfile.objects.create(organization=one, does="ことば")
            offer(one, "部屋")
            offer(one, "部屋がほしい", direction=Direction.WISH)
            card(make_user("member", organization=one), knows="ことば")

    paths = (LIST, LIST + "?q=部屋&k=place&d=6", LIST + "wishes/", LIST + "people/?q=ことば")
    more()
    for path in paths:
        count(path)
    few = [count(path) for path in paths]
    more()
    assert [count(path) for path in paths] == few


# --- the board of wishes ----------------------------------------------------------------------------------


def test_a_wish_stands_beside_what_may_answer_it(reader: User) -> None:
    seeker, giver = make_member("さがす会"), make_member("貸す会")
    wish = offer(seeker, "土曜に走れる部屋", days="6", direction=Direction.WISH)
    offer(seeker, "うちの部屋")  # their own is no answer
    right = offer(giver, "集会室", days="67")
    offer(giver, "平日の部屋", days="12345")
    offer(giver, "お米", "goods")
    wishes = {each.wish.pk: each for each in wish_board(reader).wishes}
    assert [each.pk for each in wishes[wish.pk].offers] == [right.pk]


def test_goods_answer_a_wish_only_where_a_word_meets(reader: User) -> None:
    seeker, giver = make_member(), make_member()
    table = offer(seeker, "卓球台", "goods", direction=Direction.WISH)
    rice = offer(giver, "お米", "goods")
    assert [each.offers for each in wish_board(reader).wishes if each.wish == table] == [()]
    better = offer(giver, "古い卓球台", "goods")
    assert [each.offers for each in wish_board(reader).wishes if each.wish == table] == [(better,)]
    assert wish_board(reader).other_offers == (rice,)


def test_what_we_could_answer_comes_apart(reader: User) -> None:
    wish = offer(make_member(), "会場", direction=Direction.WISH)
    assert reader.organization is not None
    mine = offer(reader.organization, "会議室")
    ours = offer(reader.organization, "運転", "hands", direction=Direction.WISH)
    board = wish_board(reader)
    assert [each.we_could for each in board.answerable] == [(mine,)]
    assert ([each.wish for each in board.answerable], [each.wish for each in board.ours]) == ([wish], [ours])


# --- people ---------------------------------------------------------------------------------------------


def test_nobody_is_listed_who_did_not_agree(login: Callable[..., Any], reader: User) -> None:
    home = make_member("家の会")
    shown, hidden = (make_user("member", organization=home, name=name) for name in ("見せる人", "見せない人"))
    card(shown, knows="料理")
    card(hidden, knows="秘密の料理", agreed=False)
    for path in (LIST, LIST + "?q=料理", LIST + "people/", f"{LIST}{home.pk}/"):
        stranger, _user = login("member", organization=reader.organization)
        page = stranger.get(path).content.decode()
        assert "見せない人" not in page, path
        assert "秘密の料理" not in page, path
    assert "見せる人" in stranger.get(LIST + "people/").content.decode()  # the other way round it would be seen
    own, _user = login("member", organization=home)
    assert "見せない人" in own.get(f"{LIST}{home.pk}/").content.decode()
    office, _user = login("secretariat", organization=make_member())
    assert "見せない人" in office.get(f"{LIST}{home.pk}/").content.decode()


def test_a_person_without_an_organisation_may_be_listed(reader: User) -> None:
    alone = make_user("member", name="民生 委員")
    card(alone, does="民生委員", languages="手話")
    assert [each.user for each in find_people(reader, "手話")[0]] == [alone]
    assert find_people(reader, "スペイン語") == ((), False)
    assert find_people(reader, "手話とスペイン語") == ((PersonCard.objects.get(),), True)


def test_taking_it_back_empties_the_card_at_once(login: Callable[..., Any]) -> None:
    client, user = login("member", organization=make_member(), name="消える人")
    assert client.post(LIST + "me/", {"agrees": "on", "knows": "文字の相談"}).status_code == 302
    assert "消える人" in client.get(LIST + "people/").content.decode()
    client.post(LIST + "me/", {"knows": "文字の相談"})
    assert "消える人" not in client.get(LIST + "people/").content.decode().split("<main")[1]
    assert "カードは、だれにも見えていません。" in client.get(LIST + "me/").content.decode()
    client.post(LIST + "me/", {"remove": "1"})
    assert not PersonCard.objects.filter(user=user).exists()


# --- leaving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["left", "ended"])
def test_who_has_left_is_gone_at_once(reader: User, login: Callable[..., Any], how: str) -> None:
    gone = make_member("去る会")
    resource = offer(gone, "去る部屋", direction=Direction.WISH)
    note = ActivityNote.objects.create(organization=gone, title="去る話", text="…")
    card(make_user("member", organization=gone, name="去る人"), knows="去ること")
    client, _user = login("member", organization=reader.organization)
    paths = (LIST, LIST + "?q=去る", LIST + "wishes/", LIST + "people/")
    assert all("去る" in client.get(path).content.decode() for path in paths)
    if how == "left":
        gone.memberships.update(until=dates.today())
    else:
        Organization.objects.filter(pk=gone.pk).update(ended_on=dates.today())
    for path in paths:
        page = client.get(path).content.decode().replace('value="去る"', "").replace("「去る」", "")
        assert "去る" not in page, path
    missing = client.get(f"{LIST}999999/")
    assert (missing.status_code, client.get(f"{LIST}{gone.pk}/").status_code) == (404, 404)
    assert not Resource.objects.visible_to(reader).filter(pk=resource.pk).exists()
    assert not ActivityNote.objects.visible_to(reader).filter(pk=note.pk).exists()


def test_a_person_whose_role_ended_is_gone_and_forgotten_in_the_night(reader: User) -> None:
    person = make_user("member", organization=make_member())
    card(person, knows="ことば")
    assert len(find_people(reader, "")[0]) == 1
    person.role_assignments.update(until=dates.today())  # type: ignore[attr-defined]
    assert find_people(reader, "")[0] == ()
    assert (actions.forget_cards(), PersonCard.objects.count()) == (1, 0)


# --- writing --------------------------------------------------------------------------------------------


def test_an_administrator_writes_for_the_own_organisation_alone(login: Callable[..., Any]) -> None:
    own, other = make_member("うち"), make_member("よそ")
    foreign = offer(other, "よその部屋")
    client, user = login("orgadmin", organization=own)
    told = {"does": "こんなことをしています", "served": ["youth"], "phone": "０４３６-５０-２３１２", "reach": "昼に"}
    assert client.post(f"{LIST}{own.pk}/edit/", told).status_code == 302
    profile = MemberProfile.objects.get()
    assert (profile.phone, profile.looked_at_on, profile.looked_at_by) == ("+81436502312", dates.today(), user)
    assert client.post(f"{LIST}{other.pk}/edit/", told).status_code == 403
    assert client.post(f"{LIST}resources/{foreign.pk}/remove/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.remove_resource(resource=foreign, by=user)
    plain, _user = login("member", organization=own)
    assert plain.get(f"{LIST}{own.pk}/edit/").status_code == 403
    assert list(AuditEvent.objects.filter(action="profile.kept").values_list("codes", flat=True)) == [{}]


def test_bad_input_is_answered_beside_the_field_and_nothing_is_lost(login: Callable[..., Any]) -> None:
    own = make_member()
    client, _user = login("orgadmin", organization=own)
    answer = client.post(f"{LIST}{own.pk}/edit/", {"does": "消えない文", "phone": "電話"})
    page = answer.content.decode()
    assert (answer.status_code, "消えない文" in page, 'aria-invalid="true"' in page) == (422, True, True)
    yesterday = f"{dates.today() - dt.timedelta(days=1)}"
    typed = {"direction": "offer", "kind": "place", "words": "消えない部屋", "until": yesterday, "weekdays": ["6"]}
    page = client.post(f"{LIST}{own.pk}/resources/new/", typed).content.decode()
    assert "この日はもう過ぎています" in page
    assert "消えない部屋" in page
    note = {"title": "題", "text": "本文", "happened_on": yesterday, "picture": upload(PDF, "a.pdf"), "described": "絵"}
    page = client.post(f"{LIST}{own.pk}/activities/new/", note).content.decode()
    assert "ここに置けるのは写真だけです" in page
    note |= {"picture": upload(photo("JPEG"), "a.jpg"), "described": ""}
    assert "何が写っているか" in client.post(f"{LIST}{own.pk}/activities/new/", note).content.decode()
    assert not Resource.objects.exists()


def test_a_piece_with_a_picture_is_read_by_members_and_goes_with_its_file(
    login: Callable[..., Any], reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    own = make_member()
    client, _user = login("orgadmin", organization=own)
    typed = {
        "title": "ごはんの会",
        "text": "31人",
        "happened_on": "2026-11-01",
        "described": "机",
        "picture": upload(photo("JPEG"), "会.jpg"),
    }
    assert client.post(f"{LIST}{own.pk}/activities/new/", typed).status_code == 302
    picture = ActivityPicture.objects.get()
    other, _user = login("member", organization=reader.organization)
    answer = other.get(f"{LIST}pictures/{picture.pk}/")
    assert (answer.status_code, answer["Content-Type"], b"CANARY" in b"".join(answer.streaming_content)) == (
        200,
        "image/jpeg",
        False,
    )
    assert 'alt="机"' in other.get(f"{LIST}{own.pk}/").content.decode()
    storage, name = picture.file.storage, picture.file.name or ""
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{LIST}activities/{picture.note_id}/remove/").status_code == 302
    assert (ActivityPicture.objects.exists(), storage.exists(name)) == (False, False)


# --- the yearly question -----------------------------------------------------------------------------------


def test_administrators_are_asked_once_a_year(frozen: Callable[[str], Any]) -> None:
    frozen("2026-01-10T09:00+09:00")
    own = make_member()
    keeper = make_user("orgadmin", organization=own)
    make_user("member", organization=own)
    actions.keep_profile(organization=own, by=keeper, values={"does": "…"})
    asked = []
    for day in ("2026-12-31", "2027-01-10", "2027-01-11", "2027-12-31", "2028-01-11"):
        frozen(f"{day}T09:00+09:00")
        asked.append(actions.ask_due(on=dates.today()))
    assert asked == [0, 1, 0, 0, 1]
    assert {row.user for row in Notification.objects.all()} == {keeper}
    actions.confirm_profile(organization=own, by=keeper)
    assert actions.ask_due(on=dates.today()) == 0
