"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from directory.members import audit, charter, desk_numbers, notifications, opportunities, organizations, people, proposals
from directory.members import organization_keeping as keeping
from directory.members.office import desks as office_desks
from directory.members.office import factors
from directory.members.office import people as office
from directory.members.office import register

urlpatterns: list[URLPattern] = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("notifications/<int:pk>/", notifications.notification_open, name="notification_open"),
    path("notifications/<int:pk>/mute/", notifications.notification_mute, name="notification_mute"),
    path("notifications/muted/<int:pk>/hear/", notifications.notification_hear, name="notification_hear"),
    path("people/", people.people, name="people"),
    path("people/invitations/<uuid:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("office/people/", office.people, name="office_people"),
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
    path("office/register/csv/", register.table, name="office_register_csv"),
    path("office/register/<int:pk>/", register.membership, name="office_membership"),
    path("desks/<slug:slug>/hide/", desk_numbers.desk_hide, name="desk_hide"),
    path("office/desks/", office_desks.desks, name="office_desks"),
    path("office/desks/changes/<int:pk>/", office_desks.change, name="office_number"),
    path("office/desks/holds/<int:pk>/lift/", office_desks.lift, name="office_number_lift"),
    path("office/desks/reports/<int:pk>/done/", office_desks.report_done, name="office_report_done"),
    path("office/desks/<slug:slug>/", office_desks.desk, name="office_desk"),
    path("rules/pledge/", charter.pledge, name="pledge"),
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
