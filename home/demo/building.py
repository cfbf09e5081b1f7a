"""Putting the whole city in, or nothing of it."""

from django.db import transaction

from directory.models import User
from home.demo import (
    attestation,
    calendar,
    cases,
    charter,
    circulars,
    city,
    consultations,
    desks,
    exchange,
    gazetteer,
    keeping,
    learning,
    materials,
    meetings,
    minutes,
    news,
    notifications,
    organizations,
    people,
    places,
    profiles,
    programmes,
    proposals,
    roles,
    stopped,
    studies,
    tally,
    the_day,
    waiting_lists,
)
from home.demo import bodies as councils
from home.demo.writing import Chance


def exists() -> bool:
    """The demo city is here, whatever was changed in it since."""
    return User.objects.filter(email=f"secretariat@{people.DOMAIN}").exists()


@transaction.atomic
def build() -> None:
    """Everything, in the order in which it refers to each other."""
    chance = Chance()
    bodies = organizations.build()
    staff = people.build(bodies)
    publisher = staff["publisher"]
    city.build(publisher)
    roles.build()
    councils.build(staff["secretariat"], bodies)
    desks.build(publisher, bodies, chance)
    keeping.build(staff)
    consultations.build(staff)
    news.build(publisher, chance)
    calendar.build(publisher, bodies, chance)
    waiting_lists.build(chance)
    programmes.build(publisher, bodies, staff, chance)
    places.build(publisher, bodies, chance)
    proposals.build(staff)
    charter.build(staff)  # before the cases: without it the casebook is closed
    gazetteer.build(staff["secretariat"])
    cases.build(staff)
    exchange.build(staff)
    stopped.build(staff)
    materials.build(staff, bodies, chance)
    learning.build(staff)
    studies.build(staff, bodies)
    meetings.build(staff, bodies)
    minutes.build(staff, bodies)
    profiles.build(staff, bodies)
    circulars.build(staff, bodies)
    tally.build(staff, bodies)
    the_day.build(staff["orgadmin"], publisher, chance)
    attestation.build(staff, bodies)
    notifications.build(staff)  # last: it spreads what the others told over the week
