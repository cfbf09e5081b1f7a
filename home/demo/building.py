"""Putting the whole city in, or nothing of it."""

from django.db import transaction

from directory.models import User
from home.demo import calendar, cases, city, desks, news, organizations, people, roles
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
    desks.build(publisher, bodies, chance)
    news.build(publisher, chance)
    calendar.build(publisher, bodies, chance)
    cases.build(staff)
