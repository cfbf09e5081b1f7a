"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from directory.members import audit, people
from directory.members.office import people as office

urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="people"),
    path("people/invitations/<uuid:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("office/people/", office.people, name="office_people"),
    path("office/people/roles/<int:pk>/end/", office.role_end, name="office_role_end"),
    path(
        "office/people/invitations/<uuid:pk>/withdraw/", office.invitation_withdraw, name="office_invitation_withdraw"
    ),
    path("audit/", audit.events, name="audit"),
]
