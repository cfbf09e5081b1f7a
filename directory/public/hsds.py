"""`/api/hsds/`: HSDS 3.0, read only. Shapes and questions live in `directory.hsds`; here is only the door.

There is no full-text search on purpose: words of distress never stand in addresses.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import AwareDatetime, BaseModel, Field

from cms.open_data import LICENCE_NAME, LICENCE_URL
from cms.public.open_door import open_door, problem
from directory.hsds import lists, services
from directory.hsds.lists import Wanted
from directory.hsds.shapes import (
    Location,
    Meta,
    Organization,
    OrganizationWithServices,
    Page,
    Service,
    ServiceAtLocation,
    ServiceAtLocationWithService,
    ServiceInBrief,
    TaxonomyDetail,
    TaxonomyTerm,
)
from directory.hsds.taxonomies import TAXONOMIES, all_terms

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/v3.0/"
PER_PAGE, MOST_PER_PAGE = 50, 200

api = NinjaAPI(
    title="つながり HSDS 3.0 API",
    version=VERSION,
    description="相談窓口を、HSDS 3.0（Human Services Data Specification）の書式で読むためのAPIです。登録も鍵もいりません。",
    urls_namespace="hsds",
    openapi_url=None,
    docs_url=None,
    openapi_extra={"info": {"license": {"name": LICENCE_NAME, "url": LICENCE_URL}}},
)


class Paging(Schema):
    """Which page, and how long."""

    page: int = Field(1, ge=1, le=1_000_000, description="何ページ目か。1から")
    per_page: int = Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="1ページに何件か")


class OfServices(Paging):
    """Which services."""

    organization_id: UUID | None = Field(None, description="この団体の窓口だけ")
    taxonomy_id: UUID | None = Field(None, description="この分類の語がついた窓口だけ")
    taxonomy_term_id: UUID | None = Field(None, description="この困りごとを聞く窓口だけ")
    modified_after: AwareDatetime | None = Field(None, description="この日時より後に公開しなおした窓口だけ")
    open_at: AwareDatetime | None = Field(
        None, description="この日時に人が出る窓口だけ（HSDSにない、このサイトの項目）"
    )
    full: bool = Field(False, description="trueなら、すべての項目を入れ子で")

    def wanted(self) -> Wanted:
        """The wishes for the question."""
        return Wanted(self.organization_id, self.taxonomy_id, self.taxonomy_term_id, self.modified_after, self.open_at)


class Services(OfServices):
    """Which services, and how much of them."""

    minimal: bool = Field(False, description="trueなら、id・name・status・last_modified だけ")


class Organizations(Paging):
    """How much of the organisations."""

    full: bool = Field(False, description="trueなら、窓口（要約）も")
    full_service: bool = Field(False, description="trueなら、窓口のすべても")


class Terms(Paging):
    """Which terms. Ours have no levels."""

    taxonomy_id: UUID | None = Field(None, description="この分類の語だけ")
    parent_id: UUID | None = Field(None, description="この語の下の語だけ（段はないので、いつも空）")
    top_only: bool = Field(False, description="いちばん上の段の語だけ（段はないので、すべて）")


def answer(shape: BaseModel | None) -> HttpResponse:
    """The object as JSON; 404 for None."""
    if shape is None:
        raise Http404
    return HttpResponse(shape.model_dump_json(exclude_none=True), content_type="application/json; charset=utf-8")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """404 as a problem."""
    return problem(404, _("There is nothing here."))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with the names of what could not be read, never the values; 404 for a name that names nothing."""
    if any(fault["loc"][0] == "path" for fault in error.errors):
        return problem(404, _("There is nothing here."))  # what is no UUID names nothing
    names = sorted({str(fault["loc"][-1]) for fault in error.errors})
    return problem(422, _("This cannot be read."), ", ".join(names), parameters=names)


@api.get("", response=Meta, url_name="hsds", summary="このAPIのこと")
def meta(request: HttpRequest) -> HttpResponse:
    return answer(Meta(profile=PROFILE, openapi_url=settings.BASE_URL + reverse("directory:openapi")))


@api.get("services", response=Page[ServiceInBrief], url_name="hsds_services", summary="窓口の一覧")
def service_list(request: HttpRequest, wish: Query[Services]) -> HttpResponse:
    found = lists.service_page(wish.wanted(), wish.page, wish.per_page, full=wish.full and not wish.minimal)
    if wish.minimal:
        kept = {"id", "name", "status", "last_modified", "organization_id"}
        found.contents = [ServiceInBrief(**each.model_dump(include=kept)) for each in found.contents]
    return answer(found)


@api.get("services/{id}", response=Service, url_name="hsds_service", summary="1つの窓口のすべて")
def service(request: HttpRequest, id: UUID) -> HttpResponse:
    return answer(lists.one_service(id))


@api.get("organizations", response=Page[Organization], url_name="hsds_organizations", summary="団体の一覧")
def organization_list(request: HttpRequest, wish: Query[Organizations]) -> HttpResponse:
    return answer(lists.organization_page(wish.page, wish.per_page, full=wish.full, full_service=wish.full_service))


@api.get("organizations/{id}", response=OrganizationWithServices, url_name="hsds_organization", summary="1つの団体")
def organization(request: HttpRequest, id: UUID, full_service: bool = False) -> HttpResponse:
    return answer(lists.one_organization(id, full_service=full_service))


@api.get(
    "service_at_locations",
    response=Page[ServiceAtLocation],
    url_name="hsds_service_at_locations",
    summary="窓口と、行くところの組の一覧",
)
def service_at_location_list(request: HttpRequest, wish: Query[OfServices]) -> HttpResponse:
    return answer(lists.at_location_page(wish.wanted(), wish.page, wish.per_page, full=wish.full))


@api.get(
    "service_at_locations/{id}",
    response=ServiceAtLocationWithService,
    url_name="hsds_service_at_location",
    summary="1つの組のすべて",
)
def service_at_location(request: HttpRequest, id: UUID) -> HttpResponse:
    return answer(lists.one_at_location(id))


@api.get("locations", response=Page[Location], url_name="hsds_locations", summary="行くところの一覧")
def location_list(request: HttpRequest, wish: Query[Paging]) -> HttpResponse:
    return answer(lists.location_page(wish.page, wish.per_page))


@api.get("locations/{id}", response=Location, url_name="hsds_location", summary="1つの行くところ")
def location(request: HttpRequest, id: UUID) -> HttpResponse:
    channel = lists.one_channel(lambda made: made == id)
    return answer(services.location(channel.desk, channel) if channel else None)


@api.get("taxonomies", response=Page[TaxonomyDetail], url_name="hsds_taxonomies", summary="分類の一覧")
def taxonomy_list(request: HttpRequest, wish: Query[Paging]) -> HttpResponse:
    return answer(lists.page_of(list(TAXONOMIES.values()), wish.page, wish.per_page, lambda each: each))


@api.get("taxonomies/{id}", response=TaxonomyDetail, url_name="hsds_taxonomy", summary="1つの分類")
def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    return answer(next((each for each in TAXONOMIES.values() if each.id == id), None))


@api.get("taxonomy_terms", response=Page[TaxonomyTerm], url_name="hsds_taxonomy_terms", summary="分類の語の一覧")
def taxonomy_term_list(request: HttpRequest, wish: Query[Terms]) -> HttpResponse:
    terms = [] if wish.parent_id else all_terms()
    if wish.taxonomy_id:
        terms = [term for term in terms if term.taxonomy_id == wish.taxonomy_id]
    return answer(lists.page_of(terms, wish.page, wish.per_page, lambda each: each))


@api.get("taxonomy_terms/{id}", response=TaxonomyTerm, url_name="hsds_taxonomy_term", summary="分類の1つの語")
def taxonomy_term(request: HttpRequest, id: UUID) -> HttpResponse:
    return answer(next((term for term in all_terms() if term.id == id), None))


def urlpatterns() -> list[URLPattern]:
    """The routes of the API, each behind the open door; the library's own index is left out."""
    patterns: list[URLPattern] = api.urls[0]  # type: ignore[assignment]
    return [
        URLPattern(each.pattern, open_door(each.callback), name=each.name)
        for each in patterns
        if each.name and each.name != "api-root"
    ]


def openapi_schema() -> dict[str, Any]:
    """The OpenAPI description of the API, made from the code above."""
    return dict(api.get_openapi_schema(path_prefix="/api/hsds/"))


__all__ = ["api", "openapi_schema", "urlpatterns"]
