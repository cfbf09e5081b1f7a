"""The official HSDS 3.0 schemas as judges, read from the shared data (docs/developer/open-data.md)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator

FOLDER = settings.SHARED_DATA / "data" / "hsds-3.0"
MISSING = not (FOLDER / "service.json").is_file()
REASON = "SHARED_DATA is missing"


@lru_cache
def schema(name: str) -> dict[str, Any]:
    """A file of the specification."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def below(*path: str) -> dict[str, Any]:
    """The part of the compiled service schema that describes a nested object: the specification's own words for it."""
    found = schema("service")
    for name in path:
        found = found["properties"][name]
        found = found.get("items", found)
    return found


@lru_cache
def judge(kind: str) -> Draft202012Validator:
    """What objects of that kind are held against."""
    schemas = {
        "service": lambda: schema("service"),
        "service_in_brief": lambda: schema("service_list"),
        "organization": lambda: below("organization"),
        "organization_in_brief": lambda: schema("organization_list"),
        "service_at_location": lambda: below("service_at_locations"),
        "location": lambda: below("service_at_locations", "location"),
        "taxonomy_term": lambda: below("attributes", "taxonomy_term"),
        "taxonomy": lambda: below("attributes", "taxonomy_term", "taxonomy_detail"),
        "page": lambda: schema("openapi")["components"]["schemas"]["Page"],
    }
    return Draft202012Validator(schemas[kind](), format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(kind: str, value: Any) -> list[str]:
    """What the specification says against it."""
    return [f"{kind} {'/'.join(map(str, fault.path))}: {fault.message}" for fault in judge(kind).iter_errors(value)]


def strangers(kind: str, value: Any, known: dict[str, Any] | None = None, at: str = "") -> set[str]:
    """Properties the specification does not know: it would let them pass, a reader would not find them."""
    known = judge(kind).schema if known is None else known
    found: set[str] = set()
    for name, inner in value.items():
        if name not in known["properties"]:
            found.add(f"{at}{name}")
            continue
        below_it = known["properties"][name]
        below_it = below_it.get("items", below_it)
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, dict):
                found |= strangers(kind, each, below_it, f"{at}{name}.")
    return found
