"""Two taxonomies: the city's concerns, and the terms for what HSDS has no field for."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.utils.functional import Promise

from directory.enums import BarrierFact, Whose
from directory.hsds import ids
from directory.hsds.shapes import Attribute, TaxonomyDetail, TaxonomyTerm
from directory.models import Concern

CONCERNS = "tsunagari-concerns"
TERMS = "tsunagari-terms"

TAXONOMIES: dict[str, TaxonomyDetail] = {
    CONCERNS: TaxonomyDetail(
        id=ids.taxonomy_id(CONCERNS), name=CONCERNS, description="困りごと。相談する人の言葉による分類", version="1"
    ),
    TERMS: TaxonomyDetail(
        id=ids.taxonomy_id(TERMS), name=TERMS, description="HSDS 3.0に項目のないことを言うための語", version="1"
    ),
}

#: code → (name, description). A code never changes its meaning.
WORDS: dict[str, tuple[str | Promise, str]] = {
    "osm-opening-hours": ("受付時間（OSM）", "受付時間のすべて。OpenStreetMapのopening_hoursの書式、PHは日本の祝日"),
    "holiday-rule": ("祝日", "closed：休み、own_hours：祝日の受付時間がある、as_weekday：曜日のとおり"),
    "channel-kind": ("手段", "phone, chat, line, mail, form, visit, home_visit, online, letter, fax"),
    "for-channel": ("どの手段の時間か", "phones、contacts、locations のうち、この時間にあたるもののid"),
    "channel-note": ("補足", "手段についての補足"),
    "last-reception": ("最終受付", "終わる何分前までに連絡するか（分）"),
    "hours-words": ("受付時間の文", "職員が書いた受付時間の文"),
    "voice": ("こんなとき", "相談する人の言葉で"),
    "promise": ("約束", "相談する人への約束"),
    "alias": ("別名", "ほかの呼び名"),
    "kana": ("読み", "名前の読み、ひらがな"),
    "reply-time": ("返事の目安", "返事が来るまでの時間"),
    "opened-on": ("開設時期", "YYYY、YYYY-MM、YYYY-MM-DD"),
    "age-as-of": ("年齢の基準日", "この日の年齢で数える"),
    "national": ("全国の窓口", "市の外の、全国共通の窓口"),
    "sample-number": ("見本の番号", "体験版の番号で、つながらない"),
    "organization-kind": ("団体の種類", "city, shakyo, npo, company, center, public, school, residents, other"),
    **{f"fact-{fact.value}": (fact.label, "手段の相談しやすさ") for fact in BarrierFact},
    **{f"whose-{whose.value}": (whose.label, "だれの相談を受けるか") for whose in Whose},
}


@lru_cache(maxsize=256)
def word_term(code: str, *, with_taxonomy: bool = False) -> TaxonomyTerm:
    """A term of our own."""
    name, description = WORDS[code]
    return TaxonomyTerm(
        id=ids.term_id(code),
        code=code,
        name=str(name),
        description=description,
        taxonomy=TERMS,
        taxonomy_id=TAXONOMIES[TERMS].id,
        taxonomy_detail=TAXONOMIES[TERMS] if with_taxonomy else None,
    )


def concern_term(concern: Concern, *, with_taxonomy: bool = False) -> TaxonomyTerm:
    """A concern as a term."""
    return TaxonomyTerm(
        id=ids.concern_id(concern.code),
        code=concern.code,
        name=concern.name,
        description=concern.aliases or concern.name,
        taxonomy=CONCERNS,
        taxonomy_id=TAXONOMIES[CONCERNS].id,
        taxonomy_detail=TAXONOMIES[CONCERNS] if with_taxonomy else None,
    )


def all_terms() -> list[TaxonomyTerm]:
    """Every term of both taxonomies. One query."""
    concerns = [concern_term(concern, with_taxonomy=True) for concern in Concern.objects.all()]
    return concerns + [word_term(code, with_taxonomy=True) for code in WORDS]


class Attributes:
    """Collects the attributes of one object."""

    def __init__(self, link: UUID, entity: str) -> None:
        self.link, self.entity = link, entity
        self.found: list[Attribute] = []

    def say(self, code: str, value: str | int | None = None) -> None:
        """A term of our own, with its value."""
        self._add(word_term(code), "tsunagari", None if value is None else str(value))

    def say_each(self, code: str, values: Iterable[str]) -> None:
        """The same term for several values."""
        for value in values:
            self.say(code, value)

    def say_if(self, code: str, value: str | int | None) -> None:
        """Only what is known."""
        if value not in ("", None):
            self.say(code, value)

    def concern(self, concern: Concern) -> None:
        """The service listens to this."""
        self._add(concern_term(concern), "concern", None)

    def _add(self, term: TaxonomyTerm, link_type: str, value: str | None) -> None:
        self.found.append(
            Attribute(
                id=ids.part_id(self.link, f"attribute/{self.entity}/{term.code}/{value or ''}"),
                link_id=self.link,
                link_entity=self.entity,
                link_type=link_type,
                taxonomy_term_id=term.id,
                taxonomy_term=term,
                value=value,
            )
        )
