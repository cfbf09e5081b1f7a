"""News about hand-overs: what the thing is called and where it leads, never a word of it.

News stands under the thing itself (the case, the consultation), beside what else there is about it. A mail of its own
goes where somebody waits for this person; that something is done can wait for the digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from cms import outbox
from cms.models import Mail
from directory.actions.notifications import Kind, notify, register_kind
from directory.models import Handover, Notification, User
from directory.models.handovers import HandoverQuerySet, Subject, register_subject, subject_of
from directory.queries.handovers import overdue_at_the_office
from directory.roles import Permission

MAIL_KIND = "handover"
ASKED, ACCEPTED, DECLINED, CONNECTED, WITHDRAWN = "asked", "accepted", "declined", "connected", "withdrawn"
DUE, STILL_WAITING, OVERDUE, OFFICE = "due", "still_waiting", "overdue", "office"
STILL_DUE = "still_due"
WAITED_FOR = frozenset({ASKED, DUE, STILL_DUE})  # the mail asks for an answer, and goes only while none is there
AT_ONCE = WAITED_FOR | {ACCEPTED, DECLINED, WITHDRAWN, STILL_WAITING, OFFICE}
SECRETARIAT = "secretariat"

SENTENCES = {
    ASKED: gettext_lazy("%(number)s: another organisation asks yours to take it on."),
    ACCEPTED: gettext_lazy("%(number)s: the organisation you asked takes it on."),
    DECLINED: gettext_lazy("%(number)s: the organisation you asked cannot take it on."),
    CONNECTED: gettext_lazy("%(number)s: they have met. The hand-over is done."),
    WITHDRAWN: gettext_lazy("%(number)s: the hand-over was taken back."),
    DUE: gettext_lazy("%(number)s: the day for your answer to the hand-over has come."),
    STILL_DUE: gettext_lazy("%(number)s: the hand-over still waits for an answer from your side."),
    STILL_WAITING: gettext_lazy("%(number)s: there is no answer to the hand-over yet. A telephone call may help."),
    OVERDUE: gettext_lazy("%(number)s: still no answer to the hand-over. You can take it back and ask somebody else."),
    OFFICE: gettext_lazy("%(number)s: a hand-over has waited too long for an answer. Please ask there."),
}


def kind_of(subject: str) -> str:
    """The kind of news the two sides get."""
    return f"{subject}_handover"


def office_kind_of(subject: str) -> str:
    """The kind of news the secretariat gets."""
    return f"{subject}_handover_late"


def other_side(handover: Handover, user: User) -> Iterable[User]:
    """Who hears of what this person did: the asking person, or those of the receiving side."""
    if user.organization_id == handover.to_organization_id:
        return [handover.proposed_by]
    about = subject_of(handover.kind)
    return [handover.answered_by] if handover.answered_by else about.people(handover) if about else []


def tell(handover: Handover, event: str, people: Iterable[User], *, kind: str = "") -> None:
    """One piece of news a person, and a mail where somebody waits for them."""
    people = list(people)
    key = f"handover:{handover.pk}:{event}"
    kind = kind or kind_of(handover.kind)
    notify(kind=kind, people=people, target=handover.subject, key=key, what=event)
    about = subject_of(handover.kind)
    if about is None or event not in AT_ONCE:
        return
    number = about.numbers([handover.subject]).get(handover.subject, "")
    for user in people:
        outbox.post(
            kind=MAIL_KIND,
            to=user.email,
            template="directory/mail/handover",
            context={
                "number": number,
                "path": about.path(handover.subject),
                "waits": event in WAITED_FOR,
                "event": event,
                "handover": str(handover.pk),
                "user": user.pk,
            },
            key=f"{key}:{user.pk}",
        )


def mail_stands(mail: Mail) -> bool:
    """Only to somebody who may see it now; what asks for an answer only while none is there."""
    facts = mail.context or {}
    user = User.objects.select_related("organization").filter(pk=facts["user"], is_active=True).first()
    if user is None:
        return False
    if facts["event"] == OFFICE:
        return overdue_at_the_office(user).filter(pk=facts["handover"]).exists()
    row = Handover.objects.visible_to(user).filter(pk=facts["handover"]).first()
    return row is not None and (row.waits or not facts["waits"])


def _seen(subject: Subject, rows: Callable[[Any], HandoverQuerySet]) -> Callable[[Any, Sequence[str]], dict[str, Any]]:
    """Those things of which this person may see a hand-over now, with what each is called."""

    def sees(user: Any, targets: Sequence[str]) -> dict[str, Any]:
        wanted = [UUID(target) for target in targets]
        found = rows(user).filter(kind=subject.kind, subject__in=wanted).order_by().values_list("subject", flat=True)
        return {str(key): {"number": number} for key, number in subject.numbers(set(found)).items()}

    return sees


def sentence(row: Notification) -> str:
    """One line, with the number alone."""
    return str(SENTENCES[row.codes["what"]]) % {"number": row.thing["number"]}


def register(subject: Subject) -> None:
    """In ready() of the room that owns such things: the subject, and the news of its two sides and of the secretariat."""
    register_subject(subject)

    def path(row: Notification) -> str:
        return subject.path(UUID(row.target))

    for name, label, rows, asks in (
        (kind_of(subject.kind), subject.label, Handover.objects.visible_to, subject.permission),
        (
            office_kind_of(subject.kind),
            gettext_lazy("Hand-overs nobody answers"),
            overdue_at_the_office,
            Permission.MEMBERSHIPS_KEEP,
        ),
    ):
        register_kind(
            Kind(
                name=name,
                label=label,
                sees=_seen(subject, rows),
                sentence=sentence,
                path=path,
                sensitive=True,
                thing=subject.kind,
                permission=asks,
            )
        )
