"""Last year's event as the draft of this year's: everything but the people, the results and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from cms import audit
from cms.dates import jst, now
from workshops.actions.events import Plan, create_event, make_page
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.actions.questions import QuestionPlan, write_questions
from workshops.enums import EventStatus
from workshops.models import Event, EventPage, EventProse, Occurrence

WEEK = dt.timedelta(weeks=1)
YEAR = 52 * WEEK
#: What is an event's own and not its description: how it stands, whence it came, the link of one meeting.
OWN = {
    "id", "slug", "status", "recurrence", "proposed_by", "source_key", "source_row", "created_at", "changed_at",
    "opens_at", "closes_at", "online_link",
}  # fmt: skip


def step_to_next_year(first: dt.datetime, after: dt.datetime) -> dt.timedelta:
    """Whole years of 52 weeks, so that the weekday stays, until the day lies after `after`.

    A week more when 52 weeks would slip into the month before: the second Saturday stays near the second Saturday.
    """
    step, years = YEAR, 1
    while first + step <= after or (first + step) < _same_day(first, years) - dt.timedelta(days=3):
        step += WEEK if first + step > after else YEAR
        years = round(step / YEAR)
    return step


def _same_day(first: dt.datetime, years: int) -> dt.datetime:
    return first.replace(year=first.year + years, day=min(first.day, 28))


@transaction.atomic
def copy_event(*, event: Event, by: Any) -> tuple[Event, EventPage]:
    """A new event with a draft page. Its dates lie on the same weekdays a year later; registrations stay behind."""
    dates = list(event.occurrences.order_by("starts_at"))
    held = [each for each in dates if each.state != EventStatus.CANCELLED] or dates
    step = step_to_next_year(jst(held[0].starts_at), now()) if held else YEAR
    fields = {f.name: getattr(event, f.name) for f in Event._meta.concrete_fields if f.name not in OWN}
    for name in ("opens_at", "closes_at"):
        moment = getattr(event, name)
        fields[name] = moment + step if moment else None
    copied = create_event(
        by=by,
        plans=[_later(occurrence, step) for occurrence in held],
        themes=list(event.themes.all()),
        partners=list(event.partners.all()),
        **fields,
    )
    write_programme(event=copied, by=by, sessions=_programme(event))
    write_questions(event=copied, by=by, questions=_questions(event))
    audit.record("event.copied", by=by, target=copied, source=event.pk)
    return copied, _copy_page(event, copied, by)


def _later(occurrence: Occurrence, step: dt.timedelta) -> Plan:
    counters: dict[str, Any] = {
        prefix + name: getattr(occurrence, prefix + name)
        for prefix in ("", "online_")
        for name in ("capacity", "policy", "waiting_limit")
    }
    ends = occurrence.ends_at + step if occurrence.ends_at else None
    return Plan(starts_at=occurrence.starts_at + step, ends_at=ends, all_day=occurrence.all_day, **counters)


def _programme(event: Event) -> Sequence[SessionPlan]:
    return [
        SessionPlan(
            title=part.title,
            begins=part.begins,
            ends=part.ends,
            body=part.body,
            subthemes=part.subthemes,
            speakers=[SpeakerPlan(s.name, s.honorific, s.affiliation, s.bio) for s in part.speakers.all()],
        )
        for part in event.sessions.prefetch_related("speakers")
    ]


def _questions(event: Event) -> Sequence[QuestionPlan]:
    return [
        QuestionPlan(each.text, each.hint, each.kind, each.choices, each.required, each.kept_days)
        for each in event.questions.filter(is_retired=False)
    ]


def _copy_page(event: Event, copied: Event, by: models.Model | None) -> EventPage:
    """The text as a draft, in the words of the page as it is published; the record of the day stays where it was."""
    prose = EventProse.objects.select_related("page").filter(event=event).first()
    if prose is None:
        return make_page(event=copied, by=by)
    page = make_page(event=copied, by=by, introduction=prose.page.introduction, body=prose.page.body)
    if prose.page.picture_id:
        page.picture_id = prose.page.picture_id
        page.save(update_fields=["picture"])
        page.save_revision(user=by)  # type: ignore[arg-type]
    return page
