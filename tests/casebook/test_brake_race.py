"""Several people press at the same moment: one incident, one piece of news each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from casebook.actions import brake, eyes
from casebook.models import Incident, IncidentStep
from cms.models import AuditEvent, Mail
from directory.models import Notification
from tests.casebook.test_brake import make_office
from tests.factories.cases import make_author, make_released


@pytest.mark.django_db(transaction=True)
def test_four_at_once_open_one_incident() -> None:
    case, people = make_released(), [make_author() for _number in range(4)]
    office = make_office()
    for person in people:
        eyes.note_reading(by=person, case=case)
    Mail.objects.all().delete()
    ready = Barrier(len(people))

    def press(person: Any) -> Any:
        try:
            ready.wait()
            return brake.stop(by=person, case=case).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        opened = list(pool.map(press, people))
    incident = Incident.objects.get()
    assert set(opened) == {incident.pk}
    assert IncidentStep.objects.filter(incident=incident, act="pressed").count() == len(people)
    assert AuditEvent.objects.filter(action="case.stopped").count() == 1
    assert Notification.objects.filter(kind="incident", user=office).count() == 1
    assert Mail.objects.filter(kind="incident").count() == 1
