"""Handing on: who knows what at which moment, and how each road ends (ADR 0055)."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest
from django.core.exceptions import PermissionDenied

from cms import dates
from cms.models import AuditEvent, Mail
from directory.actions import handovers
from directory.actions.consultations import erasing, handing_on, holding, receiving, sending, states
from directory.enums import ConsentState, ConsultationState, ContactWay, HandoverState
from directory.models import ConsentQuestion, Consultation, DeskSeat, Handover, Message, Notification
from directory.models.consultations.contact import Contact
from directory.queries.consultations.handing_on import (
    arriving,
    asked_of,
    desks_to_ask,
    handing_for_person,
    handing_of,
)
from directory.queries.handovers import figures, overdue_at_the_office
from directory.queries.notifications import sentence, shown_to
from tests.directory.consultations.handing import Scene, make_scene
from tests.factories.consultations import delete_as_told, make_reception
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
State = ConsultationState
HERE, THERE = {"asker", "colleague here"}, {"taker", "colleague there"}


def knowing(scene: Scene) -> dict[str, set[str]]:
    """Who reads it, who is shown its codes, who may know of a hand-over, who may write in it."""
    people = scene.people.items()
    return {
        "read": {name for name, user in people if Consultation.objects.visible_to(user).exists()},
        "write": {name for name, user in people if Consultation.objects.kept_by(user).exists()},
        "codes": {name for name, user in people if asked_of(user).exists()},
        "handover": {name for name, user in people if Handover.objects.visible_to(user).exists()},
        "moves": {name for name, user in people if any(moves(scene, name))},
    }


def moves(scene: Scene, name: str) -> list[str]:
    """Where this person may take it."""
    return [str(way) for way in handing_of(scene.people[name], scene.it).ways]


def heard(user: object) -> list[str]:
    """The kinds of news this person is shown."""
    return [row.kind for row in shown_to(user, Notification.objects.visible_to(user))]


def test_who_knows_what_at_which_moment() -> None:
    scene = make_scene()
    nobody: set[str] = set()
    assert knowing(scene) == {"read": HERE, "write": HERE, "codes": nobody, "handover": nobody, "moves": nobody}
    question = scene.ask()  # before the person has said a word, nobody there hears of anything
    assert knowing(scene) == {"read": HERE, "write": HERE, "codes": nobody, "handover": nobody, "moves": nobody}
    assert [heard(scene.people[name]) for name in sorted(THERE)] == [[], []]
    assert not Mail.objects.filter(kind="handover").exists()

    handing_on.answer_question(question=question, agrees=True)
    assert knowing(scene) == {
        "read": HERE, "write": HERE, "codes": THERE, "handover": HERE | THERE, "moves": HERE | THERE,
    }  # fmt: skip
    assert {name for name, user in scene.people.items() if "consultation_handover" in heard(user)} == THERE
    addresses = {scene.people[name].email for name in THERE}
    assert {mail.recipient for mail in Mail.objects.filter(kind="handover")} == addresses

    handover = Handover.objects.get()
    handing_on.accept(by=scene.taker, handover=handover)
    scene.it.refresh_from_db()
    assert knowing(scene) == {
        "read": HERE | THERE, "write": THERE, "codes": nobody, "handover": HERE | THERE, "moves": HERE | THERE,
    }  # fmt: skip

    handing_on.done(by=scene.taker, handover=handover)
    scene.it.refresh_from_db()
    assert knowing(scene) == {"read": THERE, "write": THERE, "codes": nobody, "handover": THERE, "moves": nobody}
    assert scene.events == ["asked_consent", "consent_agreed", "handed_on", "taken_over"]


def test_before_the_yes_of_the_other_desk_it_shows_codes_and_not_a_word() -> None:
    said = sending.Said(route="r2", life_stage="l6", name="ZZ名前", contact=Contact(way="phone", phone="0000-00-0001"))
    scene = make_scene(text="ZZ本文", said=said)
    scene.ask(words="ZZなぜ")
    handing_on.answer_question(question=ConsentQuestion.objects.get(), agrees=True)
    (row,) = arriving(scene.taker)
    assert (row.number, row.from_desk, row.to_desk) == (scene.it.number, scene.here, scene.there)
    assert row.handover.answer_by == dates.today() + dt.timedelta(days=3)
    assert "ZZ" not in repr([vars(row), vars(row.handover)])
    assert arriving(scene.people["third desk"]) == []


def test_the_thread_goes_along_and_the_notes_stay() -> None:
    scene = make_scene()
    receiving.write_note(by=scene.asker, consultation=scene.it, text="窓口のメモ")
    receiving.answer(by=scene.asker, consultation=scene.it, text="まえの窓口の返事", form_key=secrets.token_hex(8))
    scene.accept()
    it = scene.it
    assert (it.desk, it.handed_from, it.counsellor, it.state) == (
        scene.there, scene.here, scene.taker, State.RECEIVED,
    )  # fmt: skip
    assert it.reply_by is not None
    assert it.erase_on is None
    words = [m.text for m in Message.objects.visible_to(scene.taker) if m.text]
    assert words[-1] == "まえの窓口の返事"
    assert len(words) == 2
    assert {note.desk for note in it.notes.all()} == {scene.here}
    with pytest.raises(PermissionDenied):
        receiving.answer(by=scene.asker, consultation=it, text="まだわたし", form_key=secrets.token_hex(8))


def test_the_person_says_no_and_all_stays_as_it_was() -> None:
    scene = make_scene()
    question = scene.ask()
    scene.it.refresh_from_db()
    assert scene.it.state == State.ANSWERED  # it is the person's turn
    handing_on.answer_question(question=question, agrees=False)
    scene.it.refresh_from_db()
    assert (scene.it.state, scene.it.desk, Handover.objects.count()) == (State.READ, scene.here, 0)
    assert "consultation_consent" in heard(scene.asker)
    with pytest.raises(states.TooLate):  # answered once
        handing_on.answer_question(question=question, agrees=True)
    assert scene.events == ["asked_consent", "consent_refused"]


def test_an_answer_by_word_of_mouth_is_written_down_by_who_has_it() -> None:
    scene = make_scene()
    question = scene.ask()
    with pytest.raises(PermissionDenied):
        handing_on.record_oral(by=scene.taker, question=question, agrees=True)
    with pytest.raises(handing_on.NotHeard):  # it came in writing: where should they have heard it?
        handing_on.record_oral(by=scene.people["colleague here"], question=question, agrees=True)
    receiving.write_note(by=scene.asker, consultation=scene.it, text="電話で", kind="phone")
    found = handing_on.record_oral(by=scene.people["colleague here"], question=question, agrees=True)
    assert (found.state, found.how) == (ConsentState.AGREED, "oral")
    assert Handover.objects.get().proposed_by == scene.people["colleague here"]


def test_whoever_asked_has_left_and_a_colleague_stands_for_the_desk() -> None:
    scene = make_scene()
    question = scene.ask()
    DeskSeat.objects.filter(user=scene.asker).delete()
    handing_on.answer_question(question=question, agrees=True)
    assert Handover.objects.get().proposed_by == scene.people["colleague here"]
    assert "consultation_consent" in heard(scene.people["colleague here"])


def test_nobody_sits_there_any_more_and_the_desk_goes_on() -> None:
    scene = make_scene()
    question = scene.ask()
    DeskSeat.objects.filter(desk=scene.there).delete()
    handing_on.answer_question(question=question, agrees=True)
    scene.it.refresh_from_db()
    assert (scene.it.desk, Handover.objects.count()) == (scene.here, 0)
    assert scene.events[-1] == "nobody_there"
    with pytest.raises(handovers.NobodyThere):
        scene.ask()


def test_declined_stays_and_can_be_asked_elsewhere() -> None:
    scene = make_scene()
    handover = scene.propose()
    with pytest.raises(ValueError, match="because"):
        handing_on.decline(by=scene.taker, handover=handover, reason="because")
    handing_on.decline(by=scene.taker, handover=handover, reason="full")
    handover = scene.fresh(handover)
    assert (scene.it.desk, scene.it.handed_from, handover.state, handover.note) == (
        scene.here, None, HandoverState.DECLINED, None,
    )  # fmt: skip
    assert scene.events[-1] == "stays"
    assert "consultation_handover" in heard(scene.asker)
    assert heard(scene.taker) == []  # they know nothing of it any more
    assert handing_of(scene.asker, scene.it).refusal == handover
    scene.ask(scene.third)
    assert handing_of(scene.asker, scene.it).refusal is None


def test_the_person_takes_it_back_at_every_moment_until_it_is_done() -> None:
    asked = make_scene()
    asked.ask()
    handing_on.object_to(consultation=asked.it)
    assert asked.events == ["asked_consent", "consent_refused"]

    proposed = make_scene()
    row = proposed.propose()
    handing_on.object_to(consultation=proposed.it)
    row = proposed.fresh(row)
    assert (row.state, row.reason, proposed.it.desk) == (HandoverState.WITHDRAWN, "", proposed.here)
    assert heard(proposed.taker) == []
    assert "consultation_handover" in heard(proposed.asker)

    taken = make_scene()
    row = taken.accept()
    handing_on.object_to(consultation=taken.it)
    row = taken.fresh(row)
    it = taken.it
    assert (row.state, row.reason) == (HandoverState.WITHDRAWN, "wish")
    assert (it.desk, it.handed_from, it.counsellor) == (taken.here, None, taken.asker)
    assert not Consultation.objects.visible_to(taken.taker).exists()
    assert it.messages.last().event == "objected"

    row = taken.accept()
    handing_on.done(by=taken.taker, handover=row)
    with pytest.raises(states.TooLate):
        handing_on.object_to(consultation=taken.it)
    assert taken.fresh(row).state == HandoverState.DONE


def test_either_side_takes_it_back() -> None:
    scene = make_scene()
    row = scene.propose()
    with pytest.raises(PermissionDenied):
        handing_on.withdraw(by=scene.people["third desk"], handover=row)
    handing_on.withdraw(by=scene.asker, handover=row)
    assert (scene.fresh(row).state, scene.events[-1]) == (HandoverState.WITHDRAWN, "stays")

    row = scene.accept()
    with pytest.raises(handovers.ReasonDue):
        handing_on.withdraw(by=scene.taker, handover=row)
    handing_on.withdraw(by=scene.taker, handover=row, reason="unable")
    scene.it.refresh_from_db()
    assert (scene.it.desk, scene.it.handed_from, scene.events[-1]) == (scene.here, None, "came_back")
    assert "consultation_back" in heard(scene.asker)


def test_in_one_house_it_moves_with_the_persons_yes() -> None:
    scene = make_scene(is_urgent=True)
    question = scene.ask(scene.beside)
    assert knowing(scene)["read"] == HERE
    handing_on.answer_question(question=question, agrees=True)
    scene.it.refresh_from_db()
    assert (scene.it.desk, scene.it.handed_from, scene.it.counsellor) == (scene.beside, None, None)
    assert (knowing(scene)["read"], Handover.objects.count()) == ({"same house, other desk"}, 0)
    assert heard(scene.people["same house, other desk"]) == ["consultation_back"]
    assert Mail.objects.filter(kind="consultation_urgent").count() == 1


def test_one_thing_at_a_time() -> None:
    scene = make_scene()
    question = scene.ask()
    with pytest.raises(handing_on.AlreadyAsked):
        scene.ask(scene.third)
    handing_on.take_question_back(by=scene.asker, question=question)
    assert ConsentQuestion.objects.get().state == ConsentState.TAKEN_BACK
    scene.accept()
    with pytest.raises(PermissionDenied):  # the desk that handed on writes no more
        scene.ask(scene.third)
    with pytest.raises(handing_on.AlreadyAsked):  # and the other one settles it first
        handing_on.ask(by=scene.taker, consultation=scene.it, to_desk=scene.third)


def test_nobody_proposes_without_the_persons_yes() -> None:
    scene = make_scene()
    with pytest.raises(PermissionDenied):
        handovers.propose(by=scene.asker, kind="consultation", subject=scene.it.pk, to=scene.there.organization)
    scene.ask()
    with pytest.raises(PermissionDenied):
        handovers.propose(by=scene.asker, kind="consultation", subject=scene.it.pk, to=scene.there.organization)


def test_given_back_to_the_desk_that_receives_everything() -> None:
    scene = make_scene()
    with pytest.raises(sending.NobodyReceives):
        handing_on.give_back(by=scene.asker, consultation=scene.it)
    front = make_reception(receiving=True).desk
    scene.ask()
    handing_on.give_back(by=scene.asker, consultation=scene.it, was_asked=True)
    scene.it.refresh_from_db()
    assert (scene.it.desk, scene.it.state, scene.it.counsellor) == (front, State.RECEIVED, None)
    assert (scene.events[-1], ConsentQuestion.objects.get().state) == ("given_back", ConsentState.TAKEN_BACK)
    with pytest.raises(PermissionDenied):  # it is theirs already
        handing_on.give_back(by=front.seats.get().user, consultation=scene.it)


def test_every_end_ends_what_was_open() -> None:
    ends = {
        "closed": lambda s: receiving.close(by=s.asker, consultation=s.it, outcome="o1"),
        "aside": lambda s: receiving.set_aside(by=s.asker, consultation=s.it),
        "taken back": lambda s: sending.take_back(consultation=s.it),
        "deleted": lambda s: erasing.delete(consultation=s.it),
        "held": lambda s: (
            holding.hold(
                by=s.people["colleague here"], consultation=s.it, reason="law", until=dates.today() + dt.timedelta(9)
            ),
            delete_as_told(s.it),
        ),
    }
    for end in ends.values():
        asked = make_scene()
        question = asked.ask()
        end(asked)
        left = ConsentQuestion.objects.filter(pk=question.pk).values_list("state", flat=True)
        assert list(left) in ([], [ConsentState.TAKEN_BACK])
        proposed = make_scene()
        row = proposed.propose()
        end(proposed)
        assert Handover.objects.get(pk=row.pk).state == HandoverState.WITHDRAWN
        assert not Handover.objects.visible_to(proposed.taker).filter(pk=row.pk).exists()


def test_deleted_while_two_desks_read_it_leaves_no_word() -> None:
    contact = Contact(way=ContactWay.MAIL, mail="zz@example.jp")
    scene = make_scene(text="ZZ本文", said=sending.Said(contact=contact))
    scene.ask(words="ZZなぜ")
    handing_on.answer_question(question=ConsentQuestion.objects.get(), agrees=True)
    handing_on.accept(by=scene.taker, handover=Handover.objects.get())
    erasing.delete(consultation=scene.it)
    assert (Consultation.objects.count(), ConsentQuestion.objects.count(), Message.objects.count()) == (0, 0, 0)
    (row,) = Handover.objects.all()
    assert (row.note, row.dismissals, row.state) == (None, None, HandoverState.WITHDRAWN)
    assert not Notification.objects.filter(target=str(scene.it.pk)).exists()
    assert [mail.context for mail in Mail.objects.all() if mail.context] == []
    assert knowing(scene) == {key: set() for key in ("read", "write", "codes", "handover", "moves")}


def test_the_person_is_told_by_mail_that_says_nothing() -> None:
    scene = make_scene(said=sending.Said(contact=Contact(way=ContactWay.MAIL, mail="me@example.jp")))
    scene.accept()
    (mail,) = Mail.objects.filter(
        kind="consultation_person"
    )  # that it was asked and that it moved: one notice for both
    assert (mail.recipient, mail.context) == ("me@example.jp", {"consultation": str(scene.it.pk)})
    assert handing_for_person(scene.it).former == scene.here


def test_an_answer_that_does_not_come_reminds_the_two_desks_and_nobody_else() -> None:
    scene = make_scene()
    row = scene.propose()
    late = dt.datetime.combine(row.answer_by, dt.time(9), dates.JST)
    assert handovers.remind(late) == 1
    assert handovers.remind(late + handovers.SECRETARIAT_AFTER) == 1
    row.refresh_from_db()
    assert row.escalated_at is not None
    office = scene.people["secretariat"]
    assert (heard(office), list(overdue_at_the_office(office)), office.notifications.count()) == ([], [], 0)

    def said(name: str) -> list[str]:
        user = scene.people[name]
        rows = [row for row in shown_to(user, user.notifications.all()) if row.kind == "consultation_handover"]
        return [sentence(row) and row.codes["what"] for row in rows]

    assert said("asker") == ["overdue", "still_waiting"]
    assert said("taker") == ["due", "asked"]
    assert said("colleague there") == ["still_due", "due", "asked"]  # who supervises there


def test_the_figures_count_consultations_by_themselves() -> None:
    for take in (True, True, False):
        scene = make_scene()
        row = scene.propose()
        Handover.objects.filter(pk=row.pk).update(proposed_at=dates.now() - dt.timedelta(hours=5))
        if take:
            handing_on.accept(by=scene.taker, handover=row)
        else:
            handing_on.decline(by=scene.taker, handover=row, reason="outside")
    day = dt.timedelta(days=1)
    found = figures(dates.today() - day, dates.today() + day, kind="consultation")
    assert (found.asked, found.accepted, found.declined, found.rate) == (3, 2, 1, 2 / 3)
    assert found.median_hours == pytest.approx(5, abs=0.1)
    assert figures(dates.today() - day, dates.today() + day, kind="case").asked == 0


def test_the_trail_holds_codes_and_no_words() -> None:
    scene = make_scene()
    scene.ask(words="ZZなぜ")
    handing_on.answer_question(question=ConsentQuestion.objects.get(), agrees=True)
    rows = AuditEvent.objects.filter(action__startswith="consultation.").order_by("pk")
    names = list(rows.values_list("action", flat=True))
    assert names == ["consultation.received", "consultation.consent_asked", "consultation.consented"]
    assert "ZZ" not in str(list(AuditEvent.objects.values()))


def test_desks_for_what_is_hard_come_first() -> None:
    scene = make_scene()
    fitting, others = desks_to_ask(scene.it)
    assert (fitting, set(others)) == ([], {scene.there, scene.beside, scene.third})
    stranger = make_user("counsellor", organization=scene.here.organization)
    assert not handing_of(stranger, scene.it).may_ask
