"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from directory.members import audit, charter, desk_numbers, notifications, opportunities, organizations, people, proposals
from directory.members import attestation, persons, takeaway
from directory.members import organization_keeping as keeping
from directory.members.office import attestation as office_attestation
from directory.members import charter_comments, charter_drafts, pledges
from directory.members.office import charter as office_charter
from directory.members.office import desks as office_desks
from directory.members.office import departments, factors, lists, register
from directory.members.office import people as office
from directory.members.office import persons as office_persons
from directory.members.office import takeaway as office_takeaway

urlpatterns: list[URLPattern] = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("notifications/<int:pk>/", notifications.notification_open, name="notification_open"),
    path("notifications/<int:pk>/mute/", notifications.notification_mute, name="notification_mute"),
    path("notifications/muted/<int:pk>/hear/", notifications.notification_hear, name="notification_hear"),
    path("people/", people.people, name="people"),
    path("people/invitations/<uuid:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("people/attestation/", attestation.attestation, name="attestation"),
    path("people/takeaway/", takeaway.takeaway, name="takeaway"),
    path("people/requests/<int:pk>/withdraw/", persons.role_request_withdraw, name="role_request_withdraw"),
    path("people/<int:pk>/", persons.person, name="person"),
    path("people/<int:pk>/remove/", persons.person_remove, name="person_remove"),
    path("office/people/", office.people, name="office_people"),
    path("office/people/inventory.csv", office_persons.inventory, name="office_inventory"),
    path("office/people/requests/", office_persons.role_requests, name="office_role_requests"),
    path("office/people/attestation/", office_attestation.attestation, name="office_attestation"),
    path("office/people/import/", lists.people, name="office_people_import"),
    path("office/people/<int:pk>/", office_persons.person, name="office_person"),
    path("office/people/<int:pk>/remove/", office_persons.person_remove, name="office_person_remove"),
    path("office/people/roles/<int:pk>/end/", office.role_end, name="office_role_end"),
    path("office/people/<int:pk>/factors/", factors.factors, name="office_factors"),
    path(
        "office/people/invitations/<uuid:pk>/withdraw/", office.invitation_withdraw, name="office_invitation_withdraw"
    ),
    path("desks/", proposals.desks, name="desks"),
    path("desks/new/", proposals.desk_new, name="desk_new"),
    path("desks/<slug:slug>/propose/", proposals.desk_propose, name="desk_propose"),
    path("desks/<slug:slug>/proposal/", proposals.desk_proposal, name="desk_proposal"),
    path("desks/<slug:slug>/proposal/withdraw/", proposals.desk_withdraw, name="desk_withdraw"),
    path("opportunities/", opportunities.questions, name="opportunities"),
    path("opportunities/<uuid:pk>/answered/", opportunities.question_answered, name="question_answered"),
    path("office/register/", register.register, name="office_register"),
    path("office/departments/", departments.departments, name="office_departments"),
    path("office/departments/<int:pk>/", departments.department, name="office_department"),
    path("office/register/csv/", register.table, name="office_register_csv"),
    path("office/register/import/", lists.memberships, name="office_register_import"),
    path("office/register/<int:pk>/takeaway/", office_takeaway.takeaway, name="office_takeaway"),
    path("office/register/<int:pk>/", register.membership, name="office_membership"),
    path("desks/<slug:slug>/hide/", desk_numbers.desk_hide, name="desk_hide"),
    path("office/desks/", office_desks.desks, name="office_desks"),
    path("office/desks/changes/<int:pk>/", office_desks.change, name="office_number"),
    path("office/desks/holds/<int:pk>/lift/", office_desks.lift, name="office_number_lift"),
    path("office/desks/reports/<int:pk>/done/", office_desks.report_done, name="office_report_done"),
    path("office/desks/<slug:slug>/", office_desks.desk, name="office_desk"),
    path("rules/", charter.library, name="rules"),
    path("rules/pledge/", pledges.pledge, name="pledge"),
    path("rules/people/", pledges.people, name="rule_people"),
    path("rules/compare/", charter.compare, name="rule_compare"),
    path("rules/comments/<int:pk>/", charter_comments.change, name="rule_comment_change"),
    path("rules/<int:pk>/", charter.version, name="rule_version"),
    path("rules/<int:pk>/start/", charter_drafts.start, name="rule_start"),
    path("rules/<int:pk>/edit/", charter_drafts.edit, name="rule_edit"),
    path("rules/<int:pk>/propose/", charter_drafts.propose, name="rule_propose"),
    path("rules/<int:pk>/remove/", charter_drafts.remove, name="rule_remove"),
    path("rules/<int:pk>/withdraw/", charter_drafts.withdraw, name="rule_withdraw"),
    path("rules/<int:pk>/comment/", charter_comments.comment, name="rule_comment"),
    path("office/rules/", office_charter.pledges, name="office_rules"),
    path("office/rules/csv/", office_charter.pledges_csv, name="office_rules_csv"),
    path("office/rules/new/", office_charter.document_new, name="office_rule_document"),
    path("office/rules/comments/<int:pk>/", office_charter.answer, name="office_rule_answer"),
    path("office/rules/<int:pk>/decide/", office_charter.decide, name="office_rule_decide"),
    path("office/rules/<int:pk>/back/", office_charter.decision_back, name="office_rule_back"),
    path("audit/", audit.events, name="audit"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/wishes/", organizations.wishes, name="wishes"),
    path("organizations/people/", organizations.people_cards, name="people_cards"),
    path("organizations/me/", keeping.own_card, name="own_card"),
    path("organizations/pictures/<uuid:pk>/", organizations.picture, name="activity_picture"),
    path("organizations/pictures/<uuid:pk>/remove/", keeping.picture_remove, name="activity_picture_remove"),
    path("organizations/activities/<uuid:pk>/", keeping.note_edit, name="note_edit"),
    path("organizations/activities/<uuid:pk>/remove/", keeping.note_remove, name="note_remove"),
    path("organizations/resources/<uuid:pk>/", keeping.resource_edit, name="resource_edit"),
    path("organizations/resources/<uuid:pk>/remove/", keeping.resource_remove, name="resource_remove"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("organizations/<int:pk>/edit/", keeping.profile_edit, name="profile_edit"),
    path("organizations/<int:pk>/confirm/", keeping.profile_confirm, name="profile_confirm"),
    path("organizations/<int:pk>/resources/new/", keeping.resource_new, name="resource_new"),
    path("organizations/<int:pk>/activities/new/", keeping.note_new, name="note_new"),
]
