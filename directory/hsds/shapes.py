"""HSDS 3.0 objects as far as we fill them. A value we do not know is left out, never guessed."""

import datetime as dt
from typing import Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

_T = TypeVar("_T")
Status = Literal["active", "inactive", "defunct", "temporarily closed"]


class TaxonomyDetail(BaseModel):
    """分類。"""

    id: UUID
    name: str
    description: str
    uri: str | None = None
    version: str | None = None


class TaxonomyTerm(BaseModel):
    """分類の中の1つの語。困りごと、または、このサイトの属性の名前。"""

    id: UUID
    code: str
    name: str
    description: str
    taxonomy: str
    taxonomy_id: UUID
    taxonomy_detail: TaxonomyDetail | None = None
    language: str = "ja"


class Attribute(BaseModel):
    """属性。HSDSに項目のないことは、ここに入る。"""

    id: UUID
    link_id: UUID
    link_entity: str
    link_type: str | None = None
    taxonomy_term_id: UUID
    taxonomy_term: TaxonomyTerm
    value: str | None = Field(default=None, description="属性の値。困りごとや、あるかないかだけの属性では省く")


class Language(BaseModel):
    """話せる言語。"""

    id: UUID
    name: str
    code: str


class Phone(BaseModel):
    """電話またはファクス。"""

    id: UUID
    service_id: UUID
    number: str = Field(
        description="+81で始まる番号、または #9999・189 のような短い番号。0000-00-000x は見本で、つながらない"
    )
    type: str = Field(description="voice（電話）または fax")
    description: str | None = Field(default=None, description="内線、係の名などの補足")
    languages: list[Language] = []
    attributes: list[Attribute] = []


class Schedule(BaseModel):
    """くりかえす受付時間。祝日と、日付ごとの休みは attributes の osm-opening-hours と notes にある。"""

    id: UUID
    service_id: UUID | None = None
    service_at_location_id: UUID | None = None
    timezone: int = Field(default=9, description="UTCとの差（時間）。日本は9")
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    wkst: str | None = None
    byday: str | None = Field(default=None, description="MO,TU など。MONTHLYでは 1MO（第1月曜）、-1FR（最後の金曜）")
    opens_at: str | None = Field(default=None, description="開く時刻。HH:MM+09:00")
    closes_at: str | None = Field(default=None, description="閉まる時刻。opens_at と同じか、それより早いときは翌日")
    attending_type: str | None = Field(default=None, description="手段のコード（phone, chat, visit …）")
    description: str | None = None
    notes: str | None = Field(default=None, description="受付時間を日本語で。祝日や年末年始もふくむ")
    attributes: list[Attribute] = []


class Contact(BaseModel):
    """メールの宛先、または家への訪問。"""

    id: UUID
    service_id: UUID
    name: str
    email: str | None = None
    attributes: list[Attribute] = []


class Accessibility(BaseModel):
    """相談しやすくするもの。"""

    id: UUID
    location_id: UUID
    description: str


class Location(BaseModel):
    """行くところ（physical）、手紙の宛先（postal）、画面の向こう（virtual）。"""

    id: UUID
    location_type: Literal["physical", "postal", "virtual"]
    url: str | None = None
    name: str
    description: str | None = Field(default=None, description="住所や行きかた、言葉で")
    languages: list[Language] = []
    accessibility: list[Accessibility] = []
    attributes: list[Attribute] = []


class ServiceAtLocation(BaseModel):
    """窓口と、行くところの組。"""

    id: UUID
    service_id: UUID
    location_id: UUID
    description: str | None = None
    location: Location | None = None
    schedules: list[Schedule] | None = None


class ServiceArea(BaseModel):
    """だれのための地域か。"""

    id: UUID
    service_id: UUID
    name: str


class Organization(BaseModel):
    """窓口を開いている団体。"""

    id: UUID
    name: str
    alternate_name: str | None = None
    description: str = Field(description="公開していない団体では、団体の種類だけ")
    website: str | None = None


class ServiceInBrief(BaseModel):
    """窓口。1つの値で言えることだけ。"""

    id: UUID
    organization_id: UUID
    name: str
    alternate_name: str | None = None
    description: str | None = None
    url: str | None = None
    email: str | None = None
    status: Status
    fees_description: str | None = None
    eligibility_description: str | None = Field(default=None, description="だれのための窓口か、言葉で")
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: dt.date | None = Field(default=None, description="内容を窓口に確かめた日")
    last_modified: dt.datetime | None = Field(default=None, description="このサイトで最後に公開した日時")
    organization: Organization | None = None


class Service(ServiceInBrief):
    """窓口。すべて。"""

    phones: list[Phone] = []
    schedules: list[Schedule] = []
    service_areas: list[ServiceArea] = []
    service_at_locations: list[ServiceAtLocation] = []
    languages: list[Language] = []
    contacts: list[Contact] = []
    attributes: list[Attribute] = []


class OrganizationWithServices(Organization):
    """団体と、その窓口（要約）。"""

    services: list[ServiceInBrief] = []
    attributes: list[Attribute] = []


class ServiceAtLocationWithService(ServiceAtLocation):
    """組と、その窓口（要約）。"""

    service: ServiceInBrief | None = None


class Page(BaseModel, Generic[_T]):
    """一覧の1ページ。"""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[_T]


class Meta(BaseModel):
    """このAPIのこと。"""

    version: Literal["3.0"] = "3.0"
    profile: str
    openapi_url: str
