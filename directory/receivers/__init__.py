"""What this room registers with the frame of the house, and how it answers news."""

import datetime as dt
from typing import Any

from allauth.account.signals import user_logged_in as entered
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState
from wagtail.search import index
from wagtail.signals import workflow_approved, workflow_rejected

from cms import audit, outbox
from cms.dates import jst
from cms.models import Mail
from cms.signals import purging, ticking
from directory import timeouts, unsent
from directory.actions import (
    accounts,
    attestations,
    charter_news,
    freshness,
    handover_news,
    handovers,
    leaving,
    notifications,
    opportunities,
    own_data,
    pledges,
    profile_news,
    proposals,
    reports,
    role_news,
    sessions,
)
from directory.actions.people import MAIL_KIND
from directory.enums import QuestionState
from directory.models import (
    ConsultationDesk,
    DeskQuestion,
    Invitation,
    NumberChange,
    Opportunity,
    OpportunityQuestion,
    Organization,
    Place,
    User,
)
from directory.permissions import may_propose
from directory.reauthentication import BY_THE_CITY
from directory.receivers import consultations, receptions, tallies
from directory.signals import person_left


def invitation_stands(mail: Mail) -> bool:
    """An invitation is mailed only while it may be accepted."""
    invitation = Invitation.objects.filter(pk=(mail.context or {})["invitation"]).first()
    return invitation is not None and invitation.is_open


Public = ConsultationDesk | Place | Opportunity


def keep_index_true(thing: Public) -> None:
    """Search finds public things only. Wagtail adds them by itself, but never takes a hidden one out."""
    if type(thing).objects.public().filter(pk=thing.pk).exists():
        index.insert_or_update_object(thing)
    else:
        index.remove_object(thing)


def public_thing_saved(sender: type, instance: Public, raw: bool = False, **kwargs: Any) -> None:
    """A desk, a place or an opportunity was published, hidden, confirmed, changed."""
    if not raw:
        keep_index_true(instance)


def organization_saved(sender: type, instance: Organization, raw: bool = False, **kwargs: Any) -> None:
    """It ended, or has another name: so have its desks, places and opportunities."""
    things: list[Public] = []
    if not raw:
        things += [*instance.desks.all(), *instance.places.all(), *instance.opportunities.all()]
    for thing in things:
        keep_index_true(thing)


def question_stands(mail: Mail) -> bool:
    """An organisation hears of a question only while it waits, and only who may still see it."""
    context = mail.context or {}
    question = OpportunityQuestion.objects.filter(pk=context["question"]).first()
    user = User.objects.filter(pk=context["user"]).first()
    return bool(question and user and opportunities.still_waiting(question, user))


def question_kept(mail: Mail) -> bool:
    """The person is told only while the question is there and was not taken back."""
    kept = OpportunityQuestion.objects.exclude(state=QuestionState.WITHDRAWN)
    return kept.filter(pk=(mail.context or {})["question"]).exists()


def forget_questions(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: questions about helping whose day has come are deleted."""
    return {"opportunity_questions": opportunities.forget_due(on=jst(now).date())}


def desk_question_stands(mail: Mail) -> bool:
    """An owner is asked only while the link works and nobody has answered."""
    return DeskQuestion.objects.open().filter(pk=(mail.context or {})["question"]).exists()


def keep_desks_fresh(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: owners are asked whether their desks are still right; old reports and questions are deleted."""
    return {
        "desk_reports": reports.forget_due(now),
        "desk_questions": freshness.forget_due(now),
        "desks_asked": freshness.ask_due(now),
    }


def forget_news(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: news older than half a year is deleted."""
    return {"notifications": notifications.forget_due(now)}


def remind_of_pledges(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: who has not accepted the rules in force is told, once at each stage."""
    return {"pledge_reminders": pledges.remind(now)}


def number_waits(sender: type, instance: NumberChange, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """The gate kept a number back (directory.models.trusting): who wanted it enters the trail, by whichever road it came."""
    if created and not raw:
        codes = {"desk": instance.desk.slug, "kind": instance.kind}
        audit.record("number.proposed", by=instance.proposed_by, target=instance, **codes)


def proposal_mail_stands(mail: Mail) -> bool:
    """An organisation hears of its proposal only while that person keeps its desks."""
    context = mail.context or {}
    user = User.objects.filter(pk=context.get("user", 0), is_active=True).first()
    desk = ConsultationDesk.objects.filter(pk=context.get("desk")).first()
    return bool(user and desk and may_propose(user, desk))


def proposal_decided(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    """Communications approved a proposal, or gave it back with a comment."""
    proposals.tell(state=instance)


def signed_in(sender: type, request: HttpRequest, **kwargs: Any) -> None:
    """Somebody has signed in, by whichever way: the clocks of the session start."""
    timeouts.begin(request.session)


def came_by_the_city(sender: type, request: HttpRequest, sociallogin: Any = None, **kwargs: Any) -> None:
    """Whether the city's login asked for a second factor is remembered for this session alone."""
    request.session[BY_THE_CITY] = bool(sociallogin and sociallogin.state.get(BY_THE_CITY))


def forget_sessions(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: sessions that have run out, the devices that belonged to them, forms nobody came back for."""
    return {"devices": sessions.forget_ended(now), "unsent_forms": unsent.forget_old()}


def keep_people_true(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On every tick: memberships whose end has come; the yearly confirmation and its warnings."""
    return {"memberships_ended": leaving.end_reached(at), "attestation": attestations.step(at)}


def remind_of_handovers(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """On every tick: hand-overs whose day of answer has come, and those nobody answers."""
    return {"handovers_reminded": handovers.remind(at)}


def register() -> None:
    """Called once when the house starts."""
    consultations.register()
    tallies.register()
    receptions.register()
    role_news.register()
    own_data.register()
    profile_news.register()
    ticking.connect(keep_people_true, dispatch_uid="directory.keep_people_true")
    ticking.connect(remind_of_handovers, dispatch_uid="directory.remind_of_handovers")
    outbox.register_kind(handover_news.MAIL_KIND, handover_news.mail_stands, label=_("News about a hand-over"))
    person_left.connect(attestations.person_left, dispatch_uid="directory.person_left")
    user_logged_in.connect(signed_in, dispatch_uid="directory.signed_in")
    entered.connect(came_by_the_city, dispatch_uid="directory.came_by_the_city")
    purging.connect(forget_sessions, dispatch_uid="directory.forget_sessions")
    outbox.register_kind(MAIL_KIND, invitation_stands, label=_("Invitation"))
    outbox.register_kind(accounts.MAIL_KIND, accounts.mail_stands, label=_("About an account"))
    outbox.register_kind(proposals.MAIL_KIND, proposal_mail_stands, label=_("Answer to a proposal about a desk"))
    workflow_approved.connect(proposal_decided, dispatch_uid="directory.proposal_approved")
    workflow_rejected.connect(proposal_decided, dispatch_uid="directory.proposal_returned")
    for model in (ConsultationDesk, Place, Opportunity):
        post_save.connect(public_thing_saved, sender=model, dispatch_uid=f"directory.{model.__name__}_saved")
    outbox.register_kind(freshness.MAIL_KIND, desk_question_stands, label=_("Asking whether a desk is still right"))
    purging.connect(keep_desks_fresh, dispatch_uid="directory.keep_desks_fresh")
    purging.connect(forget_news, dispatch_uid="directory.forget_news")
    post_save.connect(number_waits, sender=NumberChange, dispatch_uid="directory.number_waits")
    post_save.connect(organization_saved, sender=Organization, dispatch_uid="directory.organization_saved")
    outbox.register_kind(opportunities.MAIL_WAITING, question_stands, label=_("A question about helping waits"))
    outbox.register_kind(opportunities.MAIL_CONFIRMED, question_kept, label=_("Receipt of a question about helping"))
    charter_news.register()
    purging.connect(remind_of_pledges, dispatch_uid="directory.remind_of_pledges")
    purging.connect(forget_questions, dispatch_uid="directory.forget_questions")
