"""The charter: written, proposed, talked about, decided. What is accepted: directory.actions.pledges."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.actions import charter_news as news
from directory.actions import pledges
from directory.enums import CharterState
from directory.models import Charter, CharterVersion, User
from directory.permissions import may_keep_rules, may_propose_rules, may_take_back, may_write_draft
from directory.queries.articles import Together, articles_of, brought_together, tidy
from directory.queries.rules import is_outdated, newest_decided

FIRST_TEXT = Path(__file__).with_name("first_rules.txt")  # a city's own words replace it
MOST_COMMENT_DAYS = 90


def first_text() -> str:
    """Words to begin with where there are no rules yet."""
    return FIRST_TEXT.read_text(encoding="utf-8").strip()


def allow(answer: bool) -> None:
    """Raises PermissionDenied unless the answer is yes."""
    if not answer:
        raise PermissionDenied


# --- writing ---------------------------------------------------------------------------------------------


@transaction.atomic
def open_document(*, by: User, title: str, purpose: str, is_pledged: bool, with_first_text: bool) -> CharterVersion:
    """Begin a new set of rules with an empty draft, or with the words to begin with.

    Raises ValidationError when there is already one that opens the casebook.
    """
    allow(may_keep_rules(by))
    if is_pledged and Charter.objects.filter(is_pledged=True).exists():
        raise ValidationError(
            {"is_pledged": _("There are already rules that open the casebook. Propose a change of them.")}
        )
    charter = Charter.objects.create(title=title, purpose=purpose, is_pledged=is_pledged)
    audit.record("charter.opened", by=by, target=charter)
    text = first_text() if with_first_text else ""
    return _draft(by=by, charter=charter, base=None, text=text)


@transaction.atomic
def start(
    *, by: User, charter: Charter, source: CharterVersion | None = None
) -> tuple[CharterVersion, Together | None]:
    """A draft that changes the version decided last.

    Its first words are those of that version, or of `source`: an earlier version (to go back to it), or a proposal (to
    write it anew; when another version was decided since, the proposal's changes are laid on top of that one: then the
    second thing returned says which articles both had changed).
    """
    allow(may_propose_rules(by))
    newest = newest_decided(charter)
    text, together = (newest.text if newest else ""), None
    if source is not None and source.charter_id == charter.pk:
        text = source.text
        if newest is not None and is_outdated(source, newest):
            together = brought_together(source.base.text if source.base else "", newest.text, source.text)
            text = together.text
    return _draft(by=by, charter=charter, base=newest, text=text), together


def _draft(*, by: User, charter: Charter, base: CharterVersion | None, text: str) -> CharterVersion:
    draft = CharterVersion.objects.create(
        charter=charter, base=base, text=text, proposed_by=by, organization=by.organization
    )
    audit.record("charter.drafted", by=by, target=draft)
    return draft


@transaction.atomic
def write(*, by: User, draft: CharterVersion, text: str, changes: str) -> None:
    """Keep the words of a draft."""
    allow(may_write_draft(by, draft))
    draft.text, draft.changes = tidy(text), changes.strip()
    draft.save(update_fields=["text", "changes", "changed_at"])


@transaction.atomic
def throw_away(*, by: User, draft: CharterVersion) -> None:
    """Nobody else has read it: nothing of it is kept."""
    allow(may_write_draft(by, draft))
    audit.record("charter.draft_removed", by=by, target=draft)
    draft.delete()


# --- proposing -------------------------------------------------------------------------------------------


@transaction.atomic
def propose(*, by: User, draft: CharterVersion, comments_until: dt.date) -> None:
    """Show it to everybody in the workspace. From now on its words stand still: people talk about them."""
    allow(may_write_draft(by, draft))
    today = dates.today()
    if not today <= comments_until <= today + dt.timedelta(days=MOST_COMMENT_DAYS):
        raise ValidationError({"comments_until": _("Choose a day from today to 90 days from now.")})
    _refuse_unfinished(draft)
    draft.state, draft.proposed_at, draft.comments_until = CharterState.PROPOSED, dates.now(), comments_until
    draft.proposed_by, draft.organization = by, by.organization
    draft.save()
    audit.record("charter.proposed", by=by, target=draft)
    news.tell(draft, "proposed", by=by)


def _refuse_unfinished(draft: CharterVersion) -> None:
    if not any(article.label for article in articles_of(draft.text)):
        raise ValidationError({"text": _("Write at least one article. A line like “第1条（目的）” begins one.")})
    if not draft.changes:
        raise ValidationError(
            {"changes": _("Say in a few words what changes and why: that is what people read first.")}
        )
    if draft.base is not None and draft.base.text == draft.text:
        raise ValidationError({"text": _("Nothing differs from the rules as they are. Change something first.")})
    if is_outdated(draft, newest_decided(draft.charter)):
        raise ValidationError({"text": outdated_words(draft)})


def outdated_words(version: CharterVersion) -> str:
    """Why a proposal on an older version cannot go on, and what can be done."""
    newest = newest_decided(version.charter)
    number = newest.number if newest else 0
    return _(
        "Version %(number)s has been decided since this was written, and this text would take its changes back. "
        "Lay the proposal on top of version %(number)s first."
    ) % {"number": number}


@transaction.atomic
def withdraw(*, by: User, proposal: CharterVersion) -> None:
    """Not taken up. It stays readable, with what was said about it."""
    allow(may_take_back(by, proposal))
    proposal.state, proposal.withdrawn_at = CharterState.WITHDRAWN, dates.now()
    proposal.save(update_fields=["state", "withdrawn_at", "changed_at"])
    audit.record("charter.withdrawn", by=by, target=proposal)


# --- deciding --------------------------------------------------------------------------------------------


@transaction.atomic
def decide(
    *,
    by: User,
    proposal: CharterVersion,
    decided_where: str,
    decided_on: dt.date,
    in_force_from: dt.date,
    is_urgent: bool = False,
    urgent_because: str = "",
) -> CharterVersion:
    """Write down what a meeting decided. The version gets its number now; of two proposals each has its own.

    Raises ValidationError by field. In force at the earliest today: nobody can have read it before.
    """
    allow(may_keep_rules(by))
    charter = Charter.objects.select_for_update().get(pk=proposal.charter_id)  # one decision after the other
    version = CharterVersion.objects.get(pk=proposal.pk)
    _refuse_decision(version, decided_on, in_force_from, is_urgent, urgent_because)
    highest = charter.versions.aggregate(highest=Max("number"))["highest"] or 0
    version.number = highest + 1
    version.state, version.decided_at, version.decided_by = CharterState.DECIDED, dates.now(), by
    version.decided_where, version.decided_on, version.in_force_from = decided_where, decided_on, in_force_from
    version.is_urgent, version.urgent_because = is_urgent, urgent_because if is_urgent else ""
    version.save()
    audit.record("charter.decided", by=by, target=version, number=version.number, day=in_force_from.isoformat())
    news.tell(version, "decided", by=by)
    if in_force_from <= dates.today():
        pledges.remind(dates.now())
    return version


def _refuse_decision(
    version: CharterVersion, decided_on: dt.date, in_force_from: dt.date, is_urgent: bool, urgent_because: str
) -> None:
    today, newest = dates.today(), newest_decided(version.charter)
    faults = {}
    if version.state != CharterState.PROPOSED:
        raise ValidationError(_("Only a proposal can be decided. Somebody may have been quicker: look at it again."))
    if is_outdated(version, newest):
        raise ValidationError(outdated_words(version))
    if newest and version.hears_comments(today) and not is_urgent:
        last = dates.japanese_date(version.comments_until) if version.comments_until else ""
        raise ValidationError(
            _("Comments are open until %(day)s. Only what is urgent is decided before.") % {"day": last}
        )
    if decided_on > today:
        faults["decided_on"] = _("This day has not come yet.")
    first = max([today, decided_on, *([newest.in_force_from] if newest and newest.in_force_from else [])])
    if in_force_from < first:
        faults["in_force_from"] = _("In force from %(day)s at the earliest.") % {"day": dates.japanese_date(first)}
    if is_urgent and not urgent_because:
        faults["urgent_because"] = _("Say why people get no fourteen days to read it.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def take_decision_back(*, by: User, version: CharterVersion) -> None:
    """A decision written down wrongly, before its day has come: it is a proposal again and gives its number back."""
    allow(may_keep_rules(by))
    Charter.objects.select_for_update().get(pk=version.charter_id)
    kept = CharterVersion.objects.get(pk=version.pk)
    comes = kept.state == CharterState.DECIDED and kept.in_force_from is not None and kept.in_force_from > dates.today()
    if not comes or newest_decided(kept.charter) != kept:
        raise ValidationError(_("Only the decision written down last can be taken back, and only before its day."))
    audit.record("charter.decision_taken_back", by=by, target=kept, number=kept.number)
    kept.state, kept.number, kept.is_urgent, kept.urgent_because = CharterState.PROPOSED, None, False, ""
    kept.decided_at = kept.decided_by = kept.decided_on = kept.in_force_from = None
    kept.decided_where = ""
    kept.save()
    news.forget(kept, "decided")
