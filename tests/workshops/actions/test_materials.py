"""Materials: what stays, what goes, who hears."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test.utils import CaptureQueriesContext

from cms.dates import now
from directory.models import Notification
from tests.factories.materials import make_material, make_waiting
from tests.factories.people import make_organization, make_user
from tests.factories.uploads import PDF, upload
from workshops.actions import materials
from workshops.models import Material, MaterialDownload, MaterialFile
from workshops.queries.materials import Wanted, found, materials_of, newest_materials

pytestmark = pytest.mark.django_db


def member(*roles: str) -> Any:
    return make_user(*(roles or ("member",)), organization=make_organization())


def test_replacing_a_file_keeps_the_earlier_version_and_the_log() -> None:
    giver, reader = member(), member()
    material = make_material(by=giver)
    old = material.files.get()
    MaterialDownload.objects.create(file=old, user=reader)
    draft = str(uuid.uuid4())
    make_waiting(giver, draft, "新.pdf")
    lines = {str(old.pk): materials.Line(old.title, old.role, dropped=True)}
    materials.renew(by=giver, material=material, draft=draft, note="短く", lines=lines)
    assert [file.name for file in material.files.current()] == ["新.pdf"]
    assert [file.name for file in material.files.of_version(1)] == ["進行.pdf"]
    assert MaterialDownload.objects.filter(file=old).count() == 1


def test_a_version_without_files_is_refused_and_changes_nothing() -> None:
    giver = member()
    material = make_material(by=giver)
    file = material.files.get()
    lines = {str(file.pk): materials.Line(file.title, file.role, dropped=True)}
    with pytest.raises(ValidationError):
        materials.renew(by=giver, material=material, draft=str(uuid.uuid4()), note="", lines=lines)
    assert list(material.files.current()) == [file]


def test_those_who_may_read_it_hear_of_it() -> None:
    giver, core, partner = member(), member(), member("partner")
    material = make_material(by=giver, audience="core")
    told = set(Notification.objects.filter(target=material.public_id).values_list("user", flat=True))
    assert told == {core.pk}
    assert materials_of(core, [material.public_id]) == {material.public_id: material}
    assert materials_of(partner, [material.public_id]) == {}
    assert list(newest_materials(core)) == [material]


def test_what_the_office_took_down_the_giver_does_not_put_back() -> None:
    giver, office, other = member(), member("secretariat"), member()
    material = make_material(by=giver)
    materials.withdraw(by=office, material=material)
    assert not Material.objects.visible_to(other).exists()
    with pytest.raises(PermissionDenied):
        materials.put_back(by=giver, material=material)
    materials.put_back(by=office, material=material)
    assert Material.objects.visible_to(other).exists()


def test_waiting_files_go_after_an_hour_with_their_content(django_capture_on_commit_callbacks: Any) -> None:
    file = make_waiting(member(), str(uuid.uuid4()))
    storage, name = file.file.storage, file.file.name
    assert materials.forget_waiting(now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert materials.forget_waiting(now() + dt.timedelta(minutes=61)) == 1
    assert not MaterialFile.objects.exists()
    assert not storage.exists(name)


@pytest.mark.parametrize(("asked", "hit"), [("声かけ", True), ("断る", True), ("ロケット", False), ("%", False)])
def test_search_in_japanese(asked: str, hit: bool) -> None:
    reader = member()
    make_material()
    assert found(reader, Wanted(text=asked)).rows.exists() is (hit or asked == "%")


def test_a_refused_file_keeps_the_words_and_the_other_file(login: Any) -> None:
    client, user = login("member", organization=make_organization())
    draft = str(uuid.uuid4())
    bad = PDF.replace(b"/Type", b"/S/JavaScript/Type")
    answer = client.post(
        "/members/materials/new/",
        {"draft": draft, "title": "雨の日", "files_slides": [upload(PDF, "よい.pdf"), upload(bad, "わるい.pdf")]},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "雨の日" in page
    assert "わるい.pdf：このPDFには" in page
    assert [file.name for file in MaterialFile.objects.waiting(user, draft)] == ["よい.pdf"]


def test_a_download_is_whole_logged_and_harmless(login: Any) -> None:
    material = make_material()
    client, user = login("member", organization=make_organization())
    answer = client.get(f"/members/materials/files/{material.files.get().pk}/", headers={"range": "bytes=0-3"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Accept-Ranges"] == "none"
    assert list(MaterialDownload.objects.values_list("user", flat=True)) == [user.pk]


def test_the_list_asks_as_often_for_many_as_for_few(login: Any) -> None:
    from django.db import connection

    client, _user = login("member", organization=make_organization())
    counts = []
    for more in (2, 6):
        for _ in range(more):
            make_material()
        client.get("/members/materials/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/members/materials/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
