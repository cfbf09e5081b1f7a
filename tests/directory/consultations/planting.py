"""A consultation that lived a whole life on the screens, with a word of its own in every private place."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import directory.models.consultations as nouns_of
from cms import dates, keys, outbox
from directory.actions.consultations import handing_on
from directory.enums import Author
from directory.models import Consultation, ConsultationDesk, DeskSeat, Handover, Message, Organization, User
from directory.models.consultations.contact import Contact
from directory.public.consult import drawing, reply
from tests.directory.consultations import rooms
from tests.factories.consultations import ANY_TIME, make_reception
from tests.factories.people import make_user, satisfy_mfa, sign_in
from tests.traces import Planting, sealed

URGENT = "もう死にたい。"  # so that whoever is on call is written to, too


def nouns() -> list[type[models.Model]]:
    """Every noun of a consultation that holds words: also one that somebody adds without thinking of this."""
    modules = [import_module(f"{nouns_of.__name__}.{found.name}") for found in iter_modules(nouns_of.__path__)]
    classes = {thing for module in modules for thing in vars(module).values() if isinstance(thing, type)}
    models_of = {
        thing for thing in classes if issubclass(thing, models.Model) and thing.__module__.startswith(nouns_of.__name__)
    }
    return sorted((model for model in models_of if sealed(model)), key=lambda model: model.__name__)


def inside(desk: ConsultationDesk, role: str = "counsellor") -> tuple[User, Client]:
    """Somebody who sits at that desk, signed in."""
    user = make_user(role, organization=desk.organization)
    DeskSeat.objects.create(desk=desk, user=user)
    satisfy_mfa(user)
    client = Client()
    sign_in(client, user)
    return user, client


def done(response: HttpResponse, *statuses: int) -> Any:
    """That answer, if it has one of these statuses."""
    assert response.status_code in (statuses or (302,)), (response.status_code, response.content.decode()[:3000])
    return response


class Lived(Planting):
    """Written, opened with its code, added to, answered, noted, handed on with consent, to be kept for a while."""

    def __init__(self) -> None:
        super().__init__({})
        self.here, self.there = make_reception(people=0).desk, make_reception(people=0).desk
        self.one, self.counsellor = inside(self.here)
        self.taker, self.elsewhere = inside(self.there)
        self.above, self.supervisor = inside(self.there, "supervisor")
        self.person, self.returning = Client(), Client()
        self.it = self.written()
        self.things = {
            Consultation: self.it, User: self.one, Organization: self.here.organization, ConsultationDesk: self.here,
        }  # fmt: skip
        self.opened_again()
        self.at_any_hour()
        self.answered()
        self.handed_on()
        self.held()
        outbox.deliver_due()
        self.plant_what_is_left()

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"members:{name}", args=args or [self.it.pk])

    def written(self) -> Consultation:
        """On the first page."""
        data = {"text": URGENT + self.word("first message"), "desk": self.here.slug, "key": drawing.new_key()}
        done(self.person.post(reverse("directory:consult"), data))
        self.code = " ".join(self.person.get(reverse("directory:consult_sent")).context["words"])
        self.words["receipt code"] = self.code
        return Consultation.objects.get()

    def opened_again(self) -> None:
        """With the code, in another browser: a further message, and what may be added."""
        room, more = reverse("directory:consult_reply"), reverse("directory:consult_more")
        done(self.returning.post(room, {"code": self.code}))
        form = {"text": self.word("further message"), "key": keys.new_form_key(reply.SALT), **rooms.of(self.it)}
        done(self.returning.post(room, form))
        self.words["address"] = "zzkon-ato@example.jp"
        added = {
            "name": self.word("name"), "way": "mail", "mail": self.words["address"], "others_read": "yes",
            "note": self.word("contact note"), **rooms.of(self.it),
        }  # fmt: skip
        done(self.returning.post(more, added))

    def at_any_hour(self) -> None:
        """At whatever hour the test runs: without hours of their own nobody is written to at night."""
        self.it.refresh_from_db()
        self.it.contact = {**(self.it.contact or {}), **ANY_TIME}
        self.it.save(update_fields=["contact"])

    def answered(self) -> None:
        """Read, answered, noted; and another answer whose session had ended."""
        done(self.counsellor.get(self.url("consultation")), 200)
        done(self.counsellor.post(self.url("consultation_answer"), {"text": self.word("answer")}))
        done(self.counsellor.post(self.url("consultation_note"), {"text": self.word("note"), "kind": "note"}))
        self.wait_in_session(self.url("consultation_answer"), "text", self.one)

    def handed_on(self) -> None:
        """Asked, agreed, taken on."""
        asked = {"to_desk": self.there.pk, "words": self.word("question")}
        done(self.counsellor.post(self.url("consultation_hand_on"), asked))
        question = self.it.consent_questions.get()
        done(
            self.returning.post(
                reverse("directory:consult_answer", args=[question.pk]), rooms.of(self.it, answer="yes")
            )
        )
        handing_on.accept(by=self.taker, handover=Handover.objects.get())
        done(self.elsewhere.get(self.url("consultation")), 200)

    def held(self) -> None:
        """The new desk has to keep it."""
        until = dates.today().replace(year=dates.today().year + 1, day=1)
        form = {"reason": "law", "until": until.isoformat(), "note": self.word("hold")}
        done(self.supervisor.post(self.url("consultation_hold"), form))

    def plant_what_is_left(self) -> None:
        """Columns that this life did not fill, and those of which nobody has thought."""
        for model in nouns():
            if not self.rows_of(model).exists():
                self.make(model)
            for field in sealed(model):
                if not self.covers(model, field.name):
                    word = self.word(f"{model.__name__}.{field.name}")
                    assert self.rows_of(model).update(**{field.name: self.shaped(field, word)})

    def rows_of(self, model: type[models.Model]) -> Any:
        """What happened (a code) has no words."""
        return Message.objects.exclude(author=Author.NOTE) if model is Message else super().rows_of(model)

    def covers(self, model: type[models.Model], name: str) -> bool:
        """Whether one of the words stands in that column."""
        held = str([*self.rows_of(model).values_list(name, flat=True)])
        return any(word in held for word in self.words.values())

    @property
    def uncovered(self) -> list[str]:
        """Columns without a word."""
        return [f"{m.__name__}.{f.name}" for m in nouns() for f in sealed(m) if not self.covers(m, f.name)]

    @property
    def private(self) -> dict[str, str]:
        """All words but the address, which stands on the envelope of a mail."""
        return {place: word for place, word in self.words.items() if place != "address"}


TOKEN = re.compile(r"v1\.[A-Za-z0-9]+\.[A-Za-z0-9_=-]+")
__all__ = ["TOKEN", "Contact", "Lived", "nouns"]
