"""`/api/openapi.json` and `/api/docs`: the API described for programs, and the same as a plain page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms import exports
from cms.public.open_door import open_door
from directory.public.hsds import openapi_schema

JSON_TYPE = "application/json; charset=utf-8"
#: JSON Schema → what the page calls it.
KINDS = {
    "string": "文字列", "integer": "整数", "number": "数", "boolean": "true / false", "array": "一覧", "object": "もの",
    "uuid": "UUID", "date": "日付", "date-time": "日時", "null": "",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A parameter or a property. `shape`: the name of the object it holds, with an anchor on the page."""

    name: str
    kind: str
    shape: str
    about: str
    needed: bool

    @property
    def is_list(self) -> bool:
        """It holds several of them."""
        return self.kind == KINDS["array"]


@dataclass(frozen=True)
class Operation:
    """One address of the API."""

    path: str
    anchor: str
    summary: str
    parameters: list[Field]
    shape: str

    @property
    def answers(self) -> str:
        """What it answers with, as people call it."""
        return said(self.shape)


@dataclass(frozen=True)
class Shape:
    """One kind of object."""

    name: str
    about: str
    fields: list[Field]

    @property
    def title(self) -> str:
        """As people call it."""
        return said(self.name)


def said(name: str) -> str:
    """「Page_Service_」 as 「Page（Service）」."""
    outer, _line, inner = name.strip("_").partition("_")
    return f"{outer}（{inner}）" if inner else outer


def shape_of(schema: dict[str, Any]) -> str:
    """The name of the object a schema points to, also through lists and choices."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    inner = [schema.get("items", {}), *schema.get("anyOf", []), *schema.get("allOf", [])]
    return next((name for each in inner if each and (name := shape_of(each))), "")


def kind_of(schema: dict[str, Any]) -> str:
    """The kind of value in words."""
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return "、".join(map(str, schema["enum"]))
    if choices := schema.get("anyOf"):
        return next((kind for each in choices if (kind := kind_of(each))), "")
    return KINDS.get(str(schema.get("format") or schema.get("type", "")), str(schema.get("type", "")))


def field_of(name: str, schema: dict[str, Any], *, needed: bool, about: str = "") -> Field:
    """A parameter or a property as a row."""
    return Field(name, kind_of(schema), shape_of(schema), about or schema.get("description", ""), needed)


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    """The addresses in order."""
    for path, methods in schema["paths"].items():
        told = methods["get"]
        content = told["responses"][200]["content"]["application/json"]["schema"]
        parameters = [
            field_of(each["name"], each["schema"], needed=each.get("required", False))
            for each in told.get("parameters", [])
        ]
        yield Operation(path, told["operationId"], told.get("summary", ""), parameters, shape_of(content))


def shapes(schema: dict[str, Any]) -> Iterator[Shape]:
    """The objects the addresses speak of; parameters have no rows of their own here."""
    answers = {each.shape for each in operations(schema)}
    known = schema["components"]["schemas"]
    wanted, waiting = set(), list(answers)
    while waiting:
        name = waiting.pop()
        if name in known and name not in wanted:
            wanted.add(name)
            waiting += [shape_of(each) for each in known[name].get("properties", {}).values()]
    for name in sorted(wanted):
        needed = known[name].get("required", [])
        fields = [field_of(key, each, needed=key in needed) for key, each in known[name].get("properties", {}).items()]
        yield Shape(name, known[name].get("description", ""), fields)


def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/openapi.json`."""
    schema = openapi_schema() | {"servers": [{"url": settings.BASE_URL}]}
    return HttpResponse(exports.json_bytes(schema), content_type=JSON_TYPE)


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """`/api/docs`: the description as a page, without script."""
    schema = openapi_schema()
    return render(
        request,
        "directory/public/api_docs.html",
        {"info": schema["info"], "operations": list(operations(schema)), "shapes": list(shapes(schema))},
    )


openapi_json = open_door(openapi)
