"""Minutes: phases, who may do what in each, optimistic writing, the guard, what is confirmed when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.dates import now, today
from cms.guard.storing import OpenFindings
from directory.models import Notification
from tests.factories.meetings import make_called, make_meeting
from tests.factories.minutes import WISH, WORDS, make_scene, make_wish, write
from workshops.actions import amendments, confirming_minutes
from workshops.actions import minutes as actions
from workshops.actions.minutes import Stale, Words
from workshops.enums import AmendmentState, ConfirmBy, MeetingState, MinutesState
from workshops.models import Amendment, Consent, Meeting, Minutes
from workshops.models.minutes import LOCK_AFTER
from workshops.queries.minutes import Verb, agreed, standing, to_answer, verbs, waiting_for

pytestmark = pytest.mark.django_db
PEOPLE = ("office", "keeper", "chair", "member", "absent", "outside")
WEEK = dt.timedelta(days=7)

Doing = Callable[[Any, Any], Any]
#: Verb → how it is done by somebody.
DOING: dict[Verb, Doing] = {
    Verb.WRITE: lambda s, by: actions.write(
        by=by, minutes=s.minutes, words=[Words(s.paragraph.pk, s.paragraph.version, WISH)]
    ),
    Verb.OPEN: lambda s, by: actions.open_for_changes(by=by, minutes=s.minutes, until=today() + WEEK),
    Verb.AMEND: lambda s, by: amendments.propose(by=by, paragraph=s.paragraph, text=WISH),
    Verb.CONSENT: lambda s, by: amendments.consent(by=by, minutes=s.minutes, version=s.minutes.version),
    Verb.ANSWER: lambda s, by: amendments.decline(by=by, amendment=s.wish, answer="もとのままで"),
    Verb.CONFIRM: lambda s, by: confirming_minutes.confirm(by=by, minutes=s.minutes),
    Verb.REOPEN: lambda s, by: confirming_minutes.reopen(by=by, minutes=s.minutes, until=today() + WEEK),
    Verb.LOCK: lambda s, by: confirming_minutes.lock(by=by, minutes=s.minutes),
    Verb.CORRECT: lambda s, by: confirming_minutes.correct(by=by, minutes=s.minutes, text="週2回が正しい。"),
}
KEEPERS, CAME = {"office", "keeper"}, {"chair", "member"}
ALLOWED: dict[MinutesState, dict[Verb, set[str]]] = {
    MinutesState.DRAFT: {Verb.WRITE: KEEPERS, Verb.OPEN: KEEPERS},
    MinutesState.AMENDING: {
        Verb.AMEND: CAME,
        Verb.CONSENT: CAME,
        Verb.ANSWER: KEEPERS | {"chair"},
        Verb.CONFIRM: KEEPERS | {"chair"},
    },
    MinutesState.CONFIRMED: {Verb.REOPEN: KEEPERS | {"chair"}, Verb.LOCK: KEEPERS},
    MinutesState.LOCKED: {Verb.CORRECT: KEEPERS},
}


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", MinutesState)
def test_every_phase_person_and_verb(state: MinutesState, verb: Verb) -> None:
    """What the table above does not name is refused; what it names is done. Every cell is tried for real."""
    scene: Any = make_scene(state, confirm_by=ConfirmBy.MEETING)
    if verb == Verb.ANSWER:
        before = Minutes.objects.get(pk=scene.minutes.pk).state
        scene.wish = make_wish(scene) if before == MinutesState.AMENDING else Amendment(minutes=scene.minutes)
    for name in PEOPLE:
        done = tried(scene, verb, scene.of(name))
        wanted = name in ALLOWED[state].get(verb, set())
        assert done is wanted, f"{verb} in {state} by {name}"


def tried(scene: Any, verb: Verb, person: Any) -> bool:
    """Whether the verb was done; undone afterwards."""
    from django.db import transaction

    with transaction.atomic():
        try:
            with transaction.atomic():
                DOING[verb](scene, person)
        except (PermissionDenied, ValidationError):
            return False
        finally:
            transaction.set_rollback(True)
        return True


@pytest.mark.parametrize("state", MinutesState)
def test_who_reads_in_which_phase(state: MinutesState) -> None:
    scene = make_scene(state)
    seen = {name for name in PEOPLE if Minutes.objects.visible_to(scene.of(name)).exists()}
    wanted = {
        MinutesState.DRAFT: KEEPERS,
        MinutesState.AMENDING: KEEPERS | CAME,
        MinutesState.CONFIRMED: KEEPERS | CAME | {"absent"},
        MinutesState.LOCKED: KEEPERS | CAME | {"absent"},
    }
    assert seen == wanted[state]


@pytest.mark.parametrize("state", [MinutesState.AMENDING, MinutesState.CONFIRMED])
def test_wishes_are_read_by_those_who_came_and_those_who_keep_it(state: MinutesState) -> None:
    scene = make_scene("amending")
    wish = make_wish(scene)
    if state == MinutesState.CONFIRMED:
        amendments.decline(by=scene.chair, amendment=wish, answer="もとのままで")
        Minutes.objects.update(amend_until=today() - WEEK)
        confirming_minutes.confirm(by=scene.office, minutes=scene.fresh())
    seen = {name for name in PEOPLE if Amendment.objects.visible_to(scene.of(name)).exists()}
    assert seen == KEEPERS | CAME


def test_an_organisation_that_came_without_naming_anybody_was_there_with_its_people() -> None:
    scene = make_scene("amending")
    row = scene.meeting.attendance.get(organization=scene.absent.organization)
    assert Minutes.objects.visible_to(scene.of("absent")).count() == 0
    row.mode = "online"
    row.save()
    assert Minutes.objects.visible_to(scene.of("absent")).count() == 1
    row.people.add(scene.other)  # somebody else is named now
    assert Minutes.objects.visible_to(scene.of("absent")).count() == 0


# --- writing ----------------------------------------------------------------------------------------


def test_begun_along_the_agenda_and_only_once() -> None:
    scene = make_scene(points=3)
    assert [row.heading for row in scene.minutes.paragraphs.all()] == ["議題1", "議題2", "議題3"]
    assert actions.begin(by=scene.office, meeting=scene.meeting).pk == scene.minutes.pk
    assert scene.minutes.paragraphs.count() == 3


def test_no_minutes_of_a_draft_nor_of_what_is_spoken_of_under_another_law() -> None:
    draft = make_meeting()
    called = make_called()
    Meeting.objects.filter(pk=called.pk).update(legal_basis="law15")
    office = make_scene().office
    for meeting in (draft, called):
        with pytest.raises(ValidationError):
            actions.begin(by=office, meeting=meeting)
    with pytest.raises(PermissionDenied):
        actions.begin(by=make_scene().absent, meeting=make_called())


def test_what_somebody_else_wrote_is_never_overwritten() -> None:
    scene = make_scene()
    read = Words(scene.paragraph.pk, scene.paragraph.version, "あとから書いた文")
    write(scene, "先に書いた文")
    with pytest.raises(Stale) as stale:
        actions.write(by=scene.keeper, minutes=scene.minutes, words=[read])
    assert [row.text for row in stale.value.paragraphs] == ["先に書いた文"]
    assert scene.paragraph.text == "先に書いた文"


def test_paragraphs_that_were_not_touched_make_no_conflict() -> None:
    scene = make_scene()
    first, second = scene.minutes.paragraphs.all()
    write(scene, "先に書いた文")
    words = [Words(first.pk, first.version, "先に書いた文"), Words(second.pk, second.version, "二つ目の文")]
    actions.write(by=scene.keeper, minutes=scene.minutes, words=words)
    assert [row.text for row in scene.minutes.paragraphs.all()] == ["先に書いた文", "二つ目の文"]


@pytest.mark.parametrize("text", ["橋本さんが説明した。", "電話は0865-63-8515。", "山田太郎氏、62歳、の話。"])
def test_what_leads_to_a_person_is_not_stored(text: str) -> None:
    scene = make_scene()
    with pytest.raises(OpenFindings):
        write(scene, text)
    assert scene.paragraph.text == WORDS


def test_organisations_and_days_may_be_named() -> None:
    scene = make_scene()
    write(scene, "社会福祉協議会が12月25日までに確かめる。")
    assert scene.paragraph.text == "社会福祉協議会が12月25日までに確かめる。"


def test_a_wish_is_read_by_the_guard_too() -> None:
    scene = make_scene("amending")
    with pytest.raises(OpenFindings):
        make_wish(scene, text="橋本さんが確かめる。")
    with pytest.raises(OpenFindings):
        make_wish(scene, reason="橋本さんがそう言った。")
    assert Amendment.objects.count() == 0


# --- changes ----------------------------------------------------------------------------------------


def test_opening_wants_words_and_a_day_ahead() -> None:
    scene = make_scene()
    for until in (today() - dt.timedelta(days=1), today() + dt.timedelta(days=61)):
        with pytest.raises(ValidationError):
            actions.open_for_changes(by=scene.office, minutes=scene.minutes, until=until)
    write(scene, "")
    with pytest.raises(ValidationError):
        actions.open_for_changes(by=scene.office, minutes=scene.minutes, until=today())


def test_those_who_came_are_told_once_without_a_word() -> None:
    scene = make_scene("amending")
    rows = Notification.objects.filter(kind="minutes")
    assert {row.user_id for row in rows} == {scene.chair.pk, scene.member.pk, scene.other.pk}
    assert WORDS not in str(list(rows.values()))


def test_a_second_wish_for_the_same_paragraph_replaces_the_first() -> None:
    scene = make_scene("amending")
    make_wish(scene)
    make_wish(scene, text="公民館の和室を、毎日あけられるかを確かめる。")
    assert [row.text for row in Amendment.objects.all()] == ["公民館の和室を、毎日あけられるかを確かめる。"]
    with pytest.raises(ValidationError):
        make_wish(scene, text=scene.paragraph.text)


def test_after_the_day_no_wish_is_taken() -> None:
    scene = make_scene("amending")
    Minutes.objects.update(amend_until=today() - dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        make_wish(scene)
    Minutes.objects.update(amend_until=today())
    assert make_wish(scene).state == AmendmentState.OPEN


def test_taken_in_the_words_change_and_earlier_consents_count_as_earlier() -> None:
    scene = make_scene("amending")
    amendments.consent(by=scene.member, minutes=scene.minutes, version=scene.minutes.version)
    wish = make_wish(scene, by=scene.other)
    amendments.take(by=scene.chair, amendment=wish, text=WISH, version=scene.paragraph.version, answer="そうします")
    assert scene.paragraph.text == WISH
    counted = agreed(scene.fresh(), scene.member)
    assert (counted.now, counted.earlier, counted.asked, counted.mine) == (0, 1, 3, False)
    told = Notification.objects.filter(kind="minutes", user=scene.other, codes__what="answered")
    assert told.count() == 1


def test_the_one_who_answers_may_put_the_words_together() -> None:
    scene = make_scene("amending")
    wish = make_wish(scene)
    amendments.take(by=scene.office, amendment=wish, text="和室は週2回。", version=scene.paragraph.version)
    assert scene.paragraph.text == "和室は週2回。"


def test_a_paragraph_that_changed_meanwhile_is_not_overwritten() -> None:
    scene = make_scene("amending")
    mine, theirs, read = make_wish(scene), make_wish(scene, by=scene.other, text="まったく別の文。"), scene.paragraph
    amendments.take(by=scene.chair, amendment=mine, text=WISH, version=read.version)
    with pytest.raises(Stale):
        amendments.take(by=scene.chair, amendment=theirs, text="まったく別の文。", version=read.version)
    assert scene.paragraph.text == WISH
    theirs.refresh_from_db()
    assert theirs.state == AmendmentState.OPEN


def test_answered_once_and_a_no_says_why() -> None:
    scene = make_scene("amending")
    wish = make_wish(scene)
    with pytest.raises(ValidationError):
        amendments.decline(by=scene.chair, amendment=wish, answer=" ")
    amendments.decline(by=scene.chair, amendment=wish, answer="週1回で合意しました")
    with pytest.raises(ValidationError):
        amendments.take(by=scene.chair, amendment=wish, text=WISH, version=scene.paragraph.version)
    with pytest.raises(ValidationError):
        amendments.take_back(by=scene.member, amendment=wish)
    assert scene.paragraph.text == WORDS


def test_only_the_author_takes_a_wish_back() -> None:
    scene = make_scene("amending")
    wish = make_wish(scene)
    with pytest.raises(PermissionDenied):
        amendments.take_back(by=scene.office, amendment=wish)
    amendments.take_back(by=scene.member, amendment=wish)
    assert Amendment.objects.visible_to(scene.of("office")).count() == 0
    assert Amendment.objects.visible_to(scene.of("member")).count() == 1


def test_nobody_agrees_to_words_they_have_not_read() -> None:
    scene = make_scene("amending")
    with pytest.raises(ValidationError):
        amendments.consent(by=scene.member, minutes=scene.minutes, version=scene.minutes.version - 1)
    amendments.consent(by=scene.member, minutes=scene.minutes, version=scene.minutes.version)
    amendments.consent(by=scene.member, minutes=scene.minutes, version=scene.minutes.version)
    assert Consent.objects.count() == 1


# --- the end ----------------------------------------------------------------------------------------


def test_confirmed_by_the_day_unless_a_wish_waits() -> None:
    scene = make_scene("amending")
    wish = make_wish(scene)
    last = scene.minutes.amend_until or today()
    after = last + dt.timedelta(days=1)
    assert confirming_minutes.confirm_due(on=last) == 0
    assert confirming_minutes.confirm_due(on=after) == 0
    amendments.decline(by=scene.chair, amendment=wish, answer="もとのままで")
    assert confirming_minutes.confirm_due(on=after) == 1
    assert confirming_minutes.confirm_due(on=after) == 0
    assert (scene.fresh().state, scene.minutes.confirmed_by) == (MinutesState.CONFIRMED, None)


def test_what_is_to_be_confirmed_at_a_meeting_waits_for_it() -> None:
    scene = make_scene("amending", confirm_by=ConfirmBy.MEETING)
    assert confirming_minutes.confirm_due(on=today() + dt.timedelta(days=90)) == 0
    later = make_called(scene.body, by=scene.office, number=10)
    elsewhere = make_called(by=scene.office)
    for wrong in (elsewhere, scene.meeting):
        with pytest.raises(ValidationError):
            confirming_minutes.confirm(by=scene.chair, minutes=scene.minutes, at_meeting=wrong)
    confirming_minutes.confirm(by=scene.chair, minutes=scene.minutes, at_meeting=later)
    assert scene.fresh().confirmed_in == later


def test_by_hand_before_the_day_only_when_everybody_agreed() -> None:
    scene = make_scene("amending")
    with pytest.raises(ValidationError):
        confirming_minutes.confirm(by=scene.chair, minutes=scene.minutes)
    for name in ("chair", "member", "other"):
        amendments.consent(by=scene.of(name), minutes=scene.minutes, version=scene.minutes.version)
    confirming_minutes.confirm(by=scene.chair, minutes=scene.minutes)
    assert scene.fresh().state == MinutesState.CONFIRMED


def test_with_a_wish_waiting_nobody_confirms() -> None:
    scene = make_scene("amending", confirm_by=ConfirmBy.MEETING)
    make_wish(scene)
    with pytest.raises(ValidationError):
        confirming_minutes.confirm(by=scene.office, minutes=scene.minutes)


def test_locked_after_a_week_and_only_once() -> None:
    scene = make_scene("confirmed")
    assert confirming_minutes.lock_due(at=now()) == 0
    later = now() + LOCK_AFTER + dt.timedelta(minutes=1)
    assert confirming_minutes.lock_due(at=later) == 1
    assert confirming_minutes.lock_due(at=later) == 0
    assert scene.fresh().is_intact()


def test_opened_once_more_the_consents_are_asked_anew() -> None:
    scene = make_scene("amending", confirm_by=ConfirmBy.MEETING)
    amendments.consent(by=scene.member, minutes=scene.minutes, version=scene.minutes.version)
    confirming_minutes.confirm(by=scene.office, minutes=scene.minutes)
    confirming_minutes.reopen(by=scene.chair, minutes=scene.fresh(), until=today() + WEEK)
    counted = agreed(scene.fresh(), scene.member)
    assert (counted.now, counted.earlier) == (0, 1)
    assert Minutes.objects.visible_to(scene.of("absent")).count() == 0


def test_what_waits_for_whom() -> None:
    scene = make_scene("amending")
    assert list(waiting_for(scene.of("member"))) == [scene.minutes]
    assert list(waiting_for(scene.of("absent"))) == []
    assert list(to_answer(scene.of("chair"))) == []
    make_wish(scene)
    assert list(waiting_for(scene.of("member"))) == []
    assert [list(to_answer(scene.of(name))) for name in ("chair", "keeper", "office")] == [[scene.minutes]] * 3
    assert list(to_answer(scene.of("other"))) == []


def test_the_table_of_rules_is_the_one_the_pages_ask() -> None:
    scene = make_scene("amending")
    found = {name: verbs(scene.minutes, standing(scene.of(name), scene.meeting)) for name in PEOPLE}
    assert found["member"] == {Verb.AMEND, Verb.CONSENT}
    assert found["office"] == {Verb.ANSWER, Verb.CONFIRM}
    assert found["absent"] == found["outside"] == set()
    assert scene.meeting.state == MeetingState.HELD
