"""What this room puts into the zip an organisation takes along."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.actions.takeaway import Table, register_provider, table_of
from directory.models import (
    ActivityNote,
    Channel,
    ConsultationDesk,
    Department,
    MemberProfile,
    Membership,
    Opportunity,
    Organization,
    Place,
    Pledge,
    Resource,
    RoleAssignment,
)

PROFILE = ("name", "kana", "kind", "description", "website", "is_public", "ended_on")
PLACE = (
    "name", "kana", "kind", "description", "doing", "who_comes", "arriving", "greeting", "asking", "talking", "leaving",
    "cost", "cost_text", "booking", "booking_text", "venue_name", "address", "way", "is_online", "online_url", "hours",
    "hours_text", "hours_note", "contact_phone", "contact_mail", "website", "age_min", "age_max", "audience", "live",
)  # fmt: skip
DESK = (
    "name", "kana", "description", "for_self", "for_family", "for_supporters", "age_min", "age_max", "audience", "area",
    "opened_on", "reply_time", "website", "assured_on", "live", "has_unpublished_changes",
)  # fmt: skip
OPPORTUNITY = (
    "title", "description", "minutes", "rhythm", "when_text", "takes_place_on", "where_text", "is_online", "with_whom",
    "skills_text", "pay", "pay_text", "insurance", "minors", "open_until", "live",
)  # fmt: skip


def profile(organization: Organization) -> Table:
    return table_of(_("Public profile"), [organization], PROFILE, Organization)


def member_profile(organization: Organization) -> Table:
    fields = ("does", "serves", "area", "reach", "phone", "looked_at_on")
    rows = MemberProfile.objects.filter(organization=organization)
    return table_of(_("Profile for members"), rows, fields, MemberProfile)


def resources(organization: Organization) -> Table:
    fields = ("direction", "kind", "words", "conditions", "when_text", "until")
    rows = Resource.objects.filter(organization=organization)
    return table_of(_("What we offer and look for"), rows, fields, Resource)


def activities(organization: Organization) -> Table:
    rows = ActivityNote.objects.filter(organization=organization)
    return table_of(_("Notes on our work"), rows, ("happened_on", "title", "text"), ActivityNote)


def memberships(organization: Organization) -> Table:
    rows = Membership.objects.filter(organization=organization).order_by("since", "pk")
    return table_of(_("Memberships"), rows, ("tier", "since", "until"), Membership)


def departments(organization: Organization) -> Table:
    rows = Department.objects.filter(organization=organization)
    return table_of(_("Departments"), rows, ("name", "kana", "ended_on"), Department)


def people(organization: Organization) -> Table:
    """Own people, also those whose role has ended, as long as they are not somebody else's today."""
    rows = RoleAssignment.objects.filter(organization=organization).select_related("user").order_by("since", "pk")
    header = [
        _("Name"),
        _("E-mail address"),
        _("Role"),
        pgettext("column", "Since"),
        pgettext("column", "Until (this day no more)"),
    ]
    own = [each for each in rows if each.user.organization_id in {organization.pk, None}]
    found = [[each.user.name, each.user.email, each.get_role_display(), each.since, each.until] for each in own]
    return Table(_("Own people and their roles"), header, list(found))


def pledges(organization: Organization) -> Table:
    """Who of the own people accepted which rules, when."""
    rows = Pledge.objects.filter(user__organization=organization).select_related("user", "version__charter")
    header = [_("Name"), _("Rules"), _("Version"), _("Accepted on")]
    found = [[each.user.name, each.version.charter.title, each.version.number, each.pledged_on] for each in rows]
    return Table(_("Pledges"), header, list(found))


def desks(organization: Organization) -> Table:
    rows = ConsultationDesk.objects.filter(organization=organization).order_by("pk")
    return table_of(_("Consultation desks"), rows, DESK, ConsultationDesk)


def channels(organization: Organization) -> Table:
    rows = Channel.objects.filter(desk__organization=organization).select_related("desk").order_by("desk_id", "pk")
    header = [_("Desk"), _("Way to reach it"), _("Number or address"), _("Opening hours"), _("Note")]
    found = [[each.desk.name, each.get_kind_display(), each.value, each.hours_words, each.note] for each in rows]
    return Table(_("Ways to reach the desks"), header, list(found))


def places(organization: Organization) -> Table:
    rows = Place.objects.filter(organization=organization).order_by("pk")
    return table_of(_("Places"), rows, PLACE, Place)


def opportunities(organization: Organization) -> Table:
    rows = Opportunity.objects.filter(organization=organization).order_by("pk")
    return table_of(_("Helping hands"), rows, OPPORTUNITY, Opportunity)


def register() -> None:
    """Called by ready()."""
    for provider in (
        profile, member_profile, resources, activities, memberships, departments, people, pledges, desks, channels,
        places, opportunities,
    ):  # fmt: skip
        register_provider(provider.__name__, provider)
