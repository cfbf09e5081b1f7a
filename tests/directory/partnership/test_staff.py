"""Bodies and charts in the Wagtail admin: editors write, publishers show; mistakes come back beside the field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from directory.models import Body, Chart
from tests.factories.bodies import make_body
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
Login = Callable[..., tuple[Client, Any]]

BODY, CHART = "/admin/snippets/directory/body/add/", "/admin/snippets/directory/chart/add/"


def inline(name: str, rows: list[dict[str, Any]], minimum: int = 0) -> dict[str, Any]:
    """Rows of an inline panel as a browser sends them."""
    sent: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0, f"{name}-MIN_NUM_FORMS": minimum,
        f"{name}-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for index, row in enumerate(rows):
        sent |= {f"{name}-{index}-{key}": value for key, value in {"id": "", **row}.items()}
    return sent


def body(seats: list[dict[str, Any]], history: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    typed = {
        "name": "笠岡市地域づくり連携会議", "kana": "", "kind": "existing", "sort_order": "10", "is_pf": "on", "purpose": "",
        "rhythm": "年3回", "openness": "open", "adopted_on": "2023-02", "approved_by": "", "approved_by_text": "",
        "reports_to": "", "is_public": "on",
    }  # fmt: skip
    return {**typed, **inline("seats", seats), **inline("history", history or []), **changes}


def seat(organization: Any = "", title: str = "", since: str = "", until: str = "", **more: Any) -> dict[str, Any]:
    who = {"organization": getattr(organization, "pk", ""), "title": title}
    return {**who, "role": "member", "headcount": "", "since": since, "until": until, **more}


def chart(nodes: list[dict[str, Any]], edges: list[tuple[int, str, int]], **changes: Any) -> dict[str, Any]:
    blank = {"body": "", "organization": "", "kind": "", "label": "", "detail": ""}
    lines = [{"start": start, "tie": tie, "end": end} for start, tie, end in edges]
    typed = {
        "title": "つながりの図",
        "description": "図です。",
        "source": "市",
        "as_of": "",
        "sort_order": "1",
        "is_public": "on",
    }
    return {**typed, **inline("nodes", [{**blank, **n} for n in nodes], 1), **inline("edges", lines), **changes}


def test_a_publisher_shows_a_body(login: Login) -> None:
    client, _user = login("publisher")
    assert client.get(BODY).status_code == 200
    rows = [
        seat(make_organization(name="社協"), role="chair"),
        seat(title="民生委員", headcount="87", since="2023-02-01"),
    ]
    history = [{"happened_on": "2023-02", "when_text": "", "text": "承認を受けた", "reported_to": "", "points": ""}]
    answer = client.post(BODY, body(rows, history))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Body.objects.get()
    assert (made.is_public, made.is_pf, made.seats.count(), made.history.count()) == (True, True, 2, 1)
    edit = f"/admin/snippets/directory/body/edit/{made.pk}/"
    assert "民生委員" in client.get(edit).content.decode()
    menu = client.get("/admin/").content.decode()
    assert json.dumps("会議体")[1:-1] in menu
    assert json.dumps("組織図")[1:-1] in menu


def test_an_editor_writes_and_does_not_show(login: Login) -> None:
    client, _user = login("editor")
    assert client.post(BODY, body([])).status_code == 302
    assert client.post(CHART, chart([{"number": 1, "label": "市"}], [])).status_code == 302
    assert [Body.objects.get().is_public, Chart.objects.get().is_public] == [False, False]
    for made, name in ((Body.objects.get(), "body"), (Chart.objects.get(), "chart")):
        client.post(f"/admin/snippets/directory/{name}/delete/{made.pk}/")
        assert type(made).objects.exists()


def test_seats_that_cannot_be(login: Login) -> None:
    client, _user = login("publisher")
    org = make_organization(name="社協")
    both, nobody = seat(org, title="民生委員"), seat(role="chair")
    backwards = seat(org, since="2023-02-01", until="2022-02-01")
    for row, sentence in (
        (both, "団体をえらぶか、職名を書くか、どちらか一つにしてください。"),
        (nobody, "団体をえらぶか、職名を書くか、どちらか一つにしてください。"),
        (backwards, "終わりが、始まりより前になっています。"),
    ):
        answer = client.post(BODY, body([row]))
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    twice = [seat(org, since="2023-02-01", until="2024-01-01"), seat(org, since="2023-12-31")]
    answer = client.post(BODY, body(twice))
    assert answer.context["form"].formsets["seats"].forms[1].errors["since"] == [
        "この団体は、その時期にすでに構成員です。期間が重なっています。"
    ]
    assert 'value="2023-12-31"' in answer.content.decode(), "nothing typed is lost"
    twice[1]["since"] = "2024-01-01"
    assert client.post(BODY, body(twice)).status_code == 302


@pytest.mark.parametrize("day", ["2023-2", "2023-02-30", "令和5年2月", "2023-13"])
def test_fuzzy_dates_are_dates(login: Login, day: str) -> None:
    client, _user = login("publisher")
    answer = client.post(BODY, body([], adopted_on=day))
    assert answer.context["form"].errors["adopted_on"]


def test_a_body_does_not_report_to_itself(login: Login) -> None:
    client, _user = login("publisher")
    made = make_body()
    answer = client.post(f"/admin/snippets/directory/body/edit/{made.pk}/", body([], reports_to=made.pk))
    assert answer.context["form"].errors["reports_to"] == ["自分自身に報告することはできません。"]


def test_a_publisher_draws_a_chart(login: Login) -> None:
    client, _user = login("publisher")
    assert client.get(CHART).status_code == 200
    nodes = [{"number": 1, "body": make_body(name="連携会議").pk}, {"number": 2, "kind": "npo"}]
    answer = client.post(CHART, chart(nodes, [(1, "consists", 2)]))
    assert answer.status_code == 302, answer.context["form"].errors
    assert 'data-line="1-consists-2"' in Client().get("/about/").content.decode()


def test_charts_that_cannot_be(login: Login) -> None:
    client, _user = login("publisher")
    boxes = [{"number": 1, "label": "市"}, {"number": 2, "label": "社協"}]
    body_and_kind = {"number": 1, "body": make_body().pk, "kind": "npo"}
    for nodes, edges, formset, field, sentence in (
        (boxes, [(1, "consists", 9)], "edges", "end", "この番号の箱がありません。"),
        (boxes, [(1, "reports", 2), (1, "reports", 2)], "edges", "__all__", "同じ線が、もうあります。"),
        ([*boxes, {"number": 2, "label": "会社"}], [], "nodes", "__all__", "同じ番号の箱が二つあります。"),
        ([body_and_kind], [], "nodes", "kind", "会議体・団体・種類のうち、一つだけえらんでください。"),
        ([{"number": 1}], [], "nodes", "label", "何の箱かをえらぶか、ことばを書いてください。"),
        (boxes, [(1, "consists", 1)], "edges", "__all__", "線は、ちがう二つの箱をむすびます。"),
    ):
        answer = client.post(CHART, chart(nodes, edges))
        assert answer.status_code == 200, sentence
        found = [form.errors.get(field) for form in answer.context["form"].formsets[formset].forms if form.errors]
        assert found == [[sentence]], sentence
    assert not Chart.objects.exists()
