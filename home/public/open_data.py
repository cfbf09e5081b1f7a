"""`/open-data/`: what the city gives away, for people and for programs. Rooms register their tables in `cms.open_data`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms import dates, exports
from cms.models import SiteSettings
from cms.open_data import LICENCE_NAME, LICENCE_URL, Column, Dataset, Profile, code_table, dataset, datasets
from cms.public.open_door import open_door, problem

SAMPLE_ROWS = 3
#: Counting rows and bytes means making the whole table: kept for a minute, as proxies keep the table itself.
FIGURES_FOR = 60
#: Whole tables are heavier than a page of the API (requests a minute from one address).
TABLES_A_MINUTE = 30
COLUMN_HEADER = ("項目名", "種類", "単位", "意味", "コード表", "例", "くりかえし")


@dataclass(frozen=True)
class Shown:
    """A dataset as the page shows it. `fields`: (column, its values in the sample rows)."""

    data: Dataset
    url: str
    columns_url: str
    rows: int
    size: int  # bytes, with the byte order mark
    updated_on: Any
    fields: list[tuple[Column, list[str]]]


def csv_url(data: Dataset) -> str:
    """The address of the table, which never changes."""
    return reverse("home:open_data_table", args=[data.key])


def shown(data: Dataset) -> Shown:
    """The dataset with what only its rows can tell."""
    table = data.table(SAMPLE_ROWS)
    places = {name: place for place, name in enumerate(table.header)}
    sample = list(islice(table.rows, SAMPLE_ROWS))
    rows, size = figures(data)
    fields = []
    for column in data.columns:
        place = places[f"{column.heading}_1" if column.repeats else column.heading]
        fields.append((column, [exports.as_text(row[place]) for row in sample]))
    return Shown(
        data=data,
        url=csv_url(data),
        columns_url=reverse("home:open_data_columns", args=[data.key]),
        rows=rows,
        size=size,
        updated_on=data.updated_on(),
        fields=fields,
    )


def figures(data: Dataset) -> tuple[int, int]:
    """Rows and bytes of the whole table, as they were within the last minute."""
    key = f"open_data.figures.{data.key}"
    known: tuple[int, int] | None = cache.get(key)
    if known is None:
        table = data.table(None)
        counter = count()
        rows = (row for row, _number in zip(table.rows, counter, strict=False))
        size = len(exports.csv_bytes(table.header, rows))
        known = next(counter), size
        cache.set(key, known, FIGURES_FOR)
    return known


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/open-data/`: each table with its columns, licence, addresses, date and a sample."""
    items = [shown(data) for data in datasets()]
    response = render(
        request,
        "home/public/open_data.html",
        {
            "items": items,
            "licence": {"name": LICENCE_NAME, "url": LICENCE_URL},
            "cited_on": dates.japanese_date_long(dates.today()),
        },
    )
    response["Link"] = f'<{reverse("home:open_data_catalog")}>; rel="alternate"; type="application/ld+json"'
    return response


def catalog_of(items: Iterable[Dataset], city: SiteSettings) -> dict[str, Any]:
    """The page for programs: schema.org DataCatalog."""
    publisher = {"@type": "GovernmentOrganization", "name": city.municipality_name or city.service_name}
    if city.municipality_code:
        publisher["identifier"] = city.municipality_code
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": f"{city.service_name} オープンデータ",
        "url": settings.BASE_URL + reverse("home:open_data"),
        "inLanguage": "ja",
        "publisher": publisher,
        "license": LICENCE_URL,
        "dataset": [_dataset(data, publisher) for data in items],
    }


def _dataset(data: Dataset, publisher: dict[str, str]) -> dict[str, Any]:
    address = settings.BASE_URL + csv_url(data)
    day = data.updated_on()
    files = [("text/csv", address, "CSV（UTF-8、BOMつき）"), ("text/csv", f"{address}?bom=0", "CSV（UTF-8、BOMなし）")]
    found = {
        "@type": "Dataset",
        "@id": address,
        "name": data.title,
        "description": data.description,
        "keywords": list(data.keywords),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "creator": publisher,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url, "name": name}
            for kind, url, name in files
        ]
        + [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{address}?profile={each.key}",
                "name": each.title,
            }
            for each in data.profiles
        ]
        + [
            {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": settings.BASE_URL + url}
            for url, _said in data.apis
            if url.endswith("/")
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.heading, "description": column.meaning}
            | ({"unitText": column.unit} if column.unit else {})
            for column in data.columns
        ],
    }
    return found | ({"dateModified": day.isoformat()} if day else {})


def catalog(request: HttpRequest) -> HttpResponse:
    """`/open-data/catalog.json`."""
    city = SiteSettings.for_request(request) or SiteSettings()
    content = exports.json_bytes(catalog_of(datasets(), city))
    return HttpResponse(content, content_type="application/ld+json; charset=utf-8")


def table(request: HttpRequest, key: str) -> HttpResponse:
    """`/open-data/<dataset>.csv`: UTF-8 with BOM and CRLF; `?bom=0` leaves the BOM out, `?profile=` asks a layout."""
    data = known(key)
    profile = asked_profile(request, data)
    if profile is None and "profile" in request.GET:
        return no_profile(data)
    found = (profile or data).table(None)
    response = _csv(request, found.header, found.rows, f"{key}.csv")
    response["Last-Modified"] = http_date(since(request, key, response.content))
    return response


def columns(request: HttpRequest, key: str) -> HttpResponse:
    """`/open-data/<dataset>.columns.csv`: what each column means."""
    data = known(key)
    profile = asked_profile(request, data)
    if profile is None and "profile" in request.GET:
        return no_profile(data)
    rows = [
        (each.heading, each.kind, each.unit, each.meaning, each.codes, each.example, "1" if each.repeats else "")
        for each in (profile or data).columns
    ]
    return _csv(request, COLUMN_HEADER, rows, f"{key}.columns.csv")


def codes(request: HttpRequest, key: str) -> HttpResponse:
    """`/open-data/codes/<table>.csv`: code and word."""
    found = code_table(key)
    if found is None:
        raise Http404
    return _csv(request, ("コード", "意味"), list(found.rows()), f"{key}.csv")


def known(key: str) -> Dataset:
    """The dataset of that key, else 404."""
    found = dataset(key)
    if found is None:
        raise Http404
    return found


def asked_profile(request: HttpRequest, data: Dataset) -> Profile | None:
    """The layout of `?profile=`; None when none, or an unknown one, is asked for."""
    return data.profile(request.GET.get("profile", ""))


def no_profile(data: Dataset) -> HttpResponse:
    """An answer to who asks for a layout that is not there."""
    keys = "、".join(each.key for each in data.profiles)
    return problem(400, _("There is no such layout."), _("Layouts: %(keys)s") % {"keys": keys} if keys else "")


def since(request: HttpRequest, key: str, content: bytes) -> int:
    """Since when (seconds) the table is what it is, as far as this site remembers; never before its last change."""
    mark, moment = hashlib.sha256(content).hexdigest(), int(time())
    place = f"open_data.since.{key}.{request.GET.get('profile', '')}.{request.GET.get('bom') == '0'}"
    known: tuple[str, int] | None = cache.get(place)
    if known and known[0] == mark:
        return known[1]
    # Two states within one second must not share their moment: a reader would take the second for the first.
    moment = max(moment, known[1] + 1) if known else moment
    cache.set(place, (mark, moment), None)
    return moment


def _csv(request: HttpRequest, header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    content = exports.csv_bytes(header, rows, mark=request.GET.get("bom") != "0")
    response = HttpResponse(content, content_type=exports.CSV_TYPE + "; header=present")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


open_data_catalog = open_door(catalog)
open_data_table = open_door(table, limit=TABLES_A_MINUTE)
open_data_columns = open_door(columns)
open_data_codes = open_door(codes)
