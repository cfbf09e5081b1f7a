"""The URL map of benchmarks/registration_throughput.py: both addresses change data on GET, so it is never the site's."""

import secrets

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

django.setup()
settings.ROOT_URLCONF = "benchmarks.throughput_urls"

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cms.dates import now
from workshops.actions.registrations import Party, register
from workshops.models import Occurrence


def bare(request: HttpRequest) -> HttpResponse:
    """One conditional UPDATE of a counter and one INSERT, in a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bench_counter SET taken = taken + 1 WHERE id = 1 AND taken < capacity")
        cursor.execute("INSERT INTO bench_row (name, made) VALUES (%s, %s)", ["なぎ", now().isoformat()])
    return HttpResponse("ok")


def real(request: HttpRequest) -> HttpResponse:
    """A registration with a mail."""
    occurrence = Occurrence.objects.select_related("event").get()
    party = Party(name="なぎ", people=1, email="nagi@example.jp")
    register(occurrence=occurrence, party=party, key=secrets.token_urlsafe(24))
    return HttpResponse("ok")


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/register/", real),
    path("", include("cms.urls")),
]
application = get_wsgi_application()
