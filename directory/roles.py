"""Roles: a name, a human description, doors and permissions. Screens, documents and the access matrix are made from this.

Roles add up. What is not named here is refused. `is_superuser` opens nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Door(StrEnum):
    """Parts of the house behind the members' gate, and the staff's workplace."""

    WORKSPACE = "workspace"  # /members/
    CASEBOOK = "casebook"  # /members/cases/
    CONSULTATIONS = "consultations"  # /members/consultations/
    OFFICE = "office"  # /members/office/
    AUDIT = "audit"  # /members/audit/
    WAGTAIL = "wagtail"  # /admin/


class Permission(StrEnum):
    """What somebody may do, as `room.verb`."""

    CASES_READ = "casebook.read"
    CASES_WRITE = "casebook.write"
    CASES_OFFER = "casebook.offer"
    CASES_READ_FIRST = "casebook.read_first"  # before the anonymity check, where the author has no colleague
    CASES_RELEASE = "casebook.release"
    CASES_BREAK_GLASS = "casebook.break_glass"  # one case for half an hour, with a reason, and others are told
    INCIDENTS_KEEP = "casebook.incidents"  # decide about a case that somebody has stopped
    RISK_TABLES_KEEP = "casebook.risk_tables"  # the figures by which a case counts as too rare
    GAZETTEER_KEEP = "directory.gazetteer"  # the names of places the guard looks for
    PEOPLE_INVITE = "directory.invite"
    PEOPLE_INVITE_OWN = "directory.invite_own"
    PEOPLE_READ = "directory.people"
    ROLES_ASSIGN = "directory.assign_roles"
    FACTORS_RESET = "directory.reset_factors"  # take away a lost second factor; nobody does so for themselves
    MEMBERSHIPS_KEEP = "directory.memberships"
    QUESTIONS_OWN = "directory.questions_own"
    QUESTIONS_READ = "directory.questions"
    CONSULTATIONS_READ = "directory.consultations"
    CONSULTATIONS_SUPERVISE = "directory.supervise"
    COUNSELLORS_SEAT = "directory.seat_counsellors"  # who receives consultations at which desk; reads none
    TALLY_OWN = "directory.own_tally"  # the monthly figures of the own organisation
    TALLY_KEEP = "directory.tally"  # who has handed in, and the figures of all
    REGISTRATIONS_READ = "workshops.registrations"
    REGISTRATIONS_EXPORT = "workshops.export_registrations"
    REGISTRATIONS_OWN = "workshops.own_registrations"  # receive people at the own organisation's events
    CIRCULARS_KEEP = "workshops.circulars"  # send circulars and inquiries, read the answers
    EVENTS_PROPOSE = "workshops.propose"  # events of the own organisation
    SUMMARIES_WRITE = "workshops.summaries"  # what residents may know of a meeting; another person shows it
    MAIL_READ = "cms.mail"
    AUDIT_READ = "cms.audit"
    DESKS_KEEP = "directory.keep_desks"  # second person for numbers, reports, holds: every desk
    PROFILES_KEEP = "directory.keep_profiles"  # every organisation's profile for members
    PROFILES_KEEP_OWN = "directory.keep_own_profile"
    DESKS_KEEP_OWN = "directory.keep_own_desks"  # hide a number of the own organisation's desks at once
    PAGES_EDIT = "home.edit"
    PAGES_PUBLISH = "home.publish"
    RULES_PROPOSE = "directory.propose_rules"  # changes of the charter
    RULES_KEEP = "directory.keep_rules"  # decide, answer comments, see who has not accepted
    SYSTEM_OPERATE = "cms.operate"


@dataclass(frozen=True)
class Role:
    """A role. `wagtail_groups` are the names of Wagtail's groups its holders belong to."""

    name: str
    label: str | Promise
    description: str | Promise
    doors: frozenset[Door]
    permissions: frozenset[Permission]
    wagtail_groups: tuple[str, ...] = ()


def _role(
    name: str,
    label: str | Promise,
    description: str | Promise,
    doors: set[Door],
    permissions: set[Permission],
    wagtail_groups: tuple[str, ...] = (),
) -> Role:
    return Role(name, label, description, frozenset(doors), frozenset(permissions), wagtail_groups)


D, P = Door, Permission

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        _role(
            "member",
            _("Core member"),
            _("Works in an organisation of the core circle: shares cases, answers those of others."),
            {D.WORKSPACE, D.CASEBOOK},
            {P.CASES_READ, P.CASES_WRITE, P.CASES_OFFER, P.RULES_PROPOSE},
        ),
        _role(
            "partner",
            _("Partner"),
            _(
                "Works in a partner organisation: reads and answers cases that were opened to partners, and shares own ones."
            ),
            {D.WORKSPACE, D.CASEBOOK},
            {P.CASES_READ, P.CASES_WRITE, P.CASES_OFFER},
        ),
        _role(
            "colleague",
            _("Member without cases"),
            _("Works in a member organisation: meetings, materials and rules. Reads no case."),
            {D.WORKSPACE},
            set(),
        ),
        _role(
            "orgadmin",
            _("Organisation administrator"),
            _("Invites and removes the people of the own organisation and keeps its profile."),
            {D.WORKSPACE},
            {
                P.PEOPLE_INVITE_OWN,
                P.QUESTIONS_OWN,
                P.DESKS_KEEP_OWN,
                P.PROFILES_KEEP_OWN,
                P.EVENTS_PROPOSE,
                P.REGISTRATIONS_OWN,
                P.TALLY_OWN,
            },
        ),
        _role(
            "counsellor",
            _("Counsellor"),
            _("Receives the consultations of the own desk, and no others."),
            {D.WORKSPACE, D.CONSULTATIONS},
            {P.CONSULTATIONS_READ, P.TALLY_OWN},
        ),
        _role(
            "supervisor",
            _("Supervisor of counsellors"),
            _("Reads and assigns all consultations of the own desk."),
            {D.WORKSPACE, D.CONSULTATIONS},
            {P.CONSULTATIONS_READ, P.CONSULTATIONS_SUPERVISE, P.TALLY_OWN},
        ),
        _role(
            "secretariat",
            _("Secretariat"),
            _("Keeps the partnership running: memberships, invitations, registrations, failed mail. Releases cases."),
            {D.WORKSPACE, D.CASEBOOK, D.OFFICE},
            {
                P.PEOPLE_INVITE,
                P.PEOPLE_READ,
                P.ROLES_ASSIGN,
                P.FACTORS_RESET,
                P.MEMBERSHIPS_KEEP,
                P.QUESTIONS_READ,
                P.REGISTRATIONS_READ,
                P.REGISTRATIONS_EXPORT,
                P.SUMMARIES_WRITE,
                P.MAIL_READ,
                P.DESKS_KEEP,
                P.PROFILES_KEEP,
                P.CIRCULARS_KEEP,
                P.RISK_TABLES_KEEP,
                P.GAZETTEER_KEEP,
                P.COUNSELLORS_SEAT,
                P.TALLY_KEEP,
                P.RULES_PROPOSE,
                P.RULES_KEEP,
                P.CASES_READ,
                P.CASES_READ_FIRST,
                P.CASES_RELEASE,
                P.INCIDENTS_KEEP,
            },
        ),
        _role(
            "reviewer",
            _("Anonymity reviewer"),
            _("Reads cases that wait for release, works through every mark, releases or returns them."),
            {D.WORKSPACE, D.CASEBOOK},
            {P.CASES_RELEASE},
        ),
        _role(
            "editor",
            _("Communications, editor"),
            _(
                "Writes public pages, news and events, and hands them in. No door to cases, consultations or registrants."
            ),
            {D.WAGTAIL},
            {P.PAGES_EDIT, P.DESKS_KEEP},
            ("Editors",),
        ),
        _role(
            "publisher",
            _("Communications, publisher"),
            _("Publishes public pages, news, events and desks. No door to cases, consultations or registrants."),
            {D.WAGTAIL},
            {P.PAGES_EDIT, P.PAGES_PUBLISH, P.DESKS_KEEP},
            ("Moderators",),
        ),
        _role(
            "auditor",
            _("Auditor"),
            _("Reads who did what and when, without any text of cases or people."),
            {D.AUDIT},
            {P.AUDIT_READ},
        ),
        _role(
            "admin",
            _("System administrator"),
            _("Operates the system and assigns roles. Reads no case, no consultation, no registration."),
            {D.OFFICE},
            {P.SYSTEM_OPERATE, P.ROLES_ASSIGN, P.PEOPLE_READ, P.MAIL_READ, P.CASES_BREAK_GLASS},
        ),
    )
}

ROLE_CHOICES = [(role.name, role.label) for role in ROLES.values()]
# What a member organisation's own administrator may invite to. What opens the casebook is only asked for: the
# secretariat confirms it, and until then the person has the role without cases.
ROLES_FOR_OWN_PEOPLE = ("colleague", "member", "partner")
ROLES_GIVEN_TO_OWN_PEOPLE = ("colleague", "orgadmin")
ROLES_ASKED_FOR = ("member", "partner")
BEFORE_CONFIRMATION = "colleague"
ROLES_THAT_SUPERVISE = tuple(
    role.name for role in ROLES.values() if Permission.CONSULTATIONS_SUPERVISE in role.permissions
)
ROLES_THAT_RECEIVE = tuple(role.name for role in ROLES.values() if Permission.CONSULTATIONS_READ in role.permissions)
CASEBOOK_ROLES = frozenset(role.name for role in ROLES.values() if Door.CASEBOOK in role.doors)
# Whoever keeps the house open never rests by itself: nobody could wake the others.
NEVER_REST = frozenset({"secretariat", "admin"})


def doors_of(roles: set[str]) -> set[Door]:
    """All doors the named roles open together."""
    return {door for name in roles if name in ROLES for door in ROLES[name].doors}


def permissions_of(roles: set[str]) -> set[Permission]:
    """All permissions of the named roles together."""
    return {permission for name in roles if name in ROLES for permission in ROLES[name].permissions}


def holds(user: Any, permission: Permission) -> bool:
    """An active role of this person holds the permission. is_superuser does not count. See permissions.can, too."""
    return bool(user.is_authenticated and permission in permissions_of(user.active_roles()))
