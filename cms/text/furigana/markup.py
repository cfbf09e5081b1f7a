"""HTML in, the same HTML out with ruby above the kanji.

The scanner only ever echoes what it read: take the ruby away and the bytes are those that came in. (HTMLParser cannot
promise that: it forgets how an end tag was written and drops what a page leaves unfinished.) Words are read across
inline elements and entities, and a block element ends them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape, unescape

from cms.text.furigana.aligning import KANA_ONLY, Ruby

TOKEN = re.compile(
    r"""(?P<comment><!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|</(?![a-zA-Z])[^>]*(?:>|\Z))"""
    r"""|(?P<tag><(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)"""
    r"""(?P<attributes>(?:=\s*"[^"]*(?:"|\Z)|=\s*'[^']*(?:'|\Z)|=(?!\s*["'])|[^>=])*+)(?:>|\Z))"""
    r"""|(?P<entity>&(?:[a-zA-Z][a-zA-Z0-9]*|\#[0-9]+|\#[xX][0-9a-fA-F]+);)"""
    r"""|(?P<text>[^<&]+|[<&])""",
    re.DOTALL,
)
RAW_TEXT = frozenset(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"]
)
SKIPPED = RAW_TEXT | frozenset(
    [
        "select",
        "option",
        "datalist",
        "head",
        "rt",
        "rp",
        "rtc",
        "code",
        "kbd",
        "samp",
        "pre",
        "svg",
        "math",
        "template",
        "object",
        "canvas",
        "audio",
        "video",
    ]
)
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
SMALLEST = frozenset(["rt", "rp", "rtc"])  # left out, and the words on both sides still belong together
LANG = re.compile(r"""(?:^|\s)(?:xml:)?lang\s*=\s*["']?\s*([^\s"'>]*)""", re.IGNORECASE)
OFF = re.compile(
    r"""(?:^|\s)(?:translate\s*=\s*["']?\s*no\b|data-no-ruby\b|contenteditable(?!\s*=\s*["']?\s*false)\b)""",
    re.IGNORECASE,
)

WRAPPER = '<span class="kana">'
RP_OPEN, RP_CLOSE = "<rp>(</rp><rt>", "</rt><rp>)</rp></ruby>"

Reader = Callable[[str], Iterable[Ruby]]


@dataclass(slots=True)
class _Run:
    """Text read as one, with the markup that lies in it. A piece: what is echoed, and what it says."""

    raw: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    in_ruby: list[bool] = field(default_factory=list)

    def add(self, raw: str, said: str, *, in_ruby: bool = False) -> None:
        self.raw.append(raw)
        self.said.append(said)
        self.in_ruby.append(in_ruby)


def with_furigana(html: str, read: Reader) -> str:
    """The HTML with ruby where `read` finds readings; ruby that is there already stays as it is."""
    return "".join(_Scanner(read).scan(html))


class _Scanner:
    def __init__(self, read: Reader) -> None:
        self.read = read
        self.out: list[str] = []
        self.run = _Run()
        self.skip_name = ""
        self.skip_depth = 0
        self.in_ruby = 0
        self.after_close = ""
        self.in_wrapper = False

    def scan(self, html: str) -> list[str]:
        at, end = 0, len(html)
        while at < end:
            found = TOKEN.match(html, at)
            if found is None:  # cannot be: the last branch takes any sign
                self.out.append(html[at:])
                break
            at = found.end()
            if found["tag"] is not None:
                at = self._tag(found, html)
            elif found["comment"] is not None:
                self.run.add(found[0], "")
            else:
                self._text(found[0], unescape(found[0]) if found["entity"] is not None else found[0])
        self._flush()
        return self.out

    def _text(self, raw: str, said: str) -> None:
        self.after_close = ""
        self.run.add(raw, "" if self.skip_name else said, in_ruby=bool(self.in_ruby))

    def _tag(self, found: re.Match[str], html: str) -> int:
        name, closing = found["name"].lower(), bool(found["close"])
        if self.skip_name:
            self._skipped(name, closing, found)
            return found.end()
        if found[0] == WRAPPER or (self.in_wrapper and name == "span"):  # ours, of an earlier pass
            self.in_wrapper = not closing
            self.run.add(found[0], "")
            return found.end()
        # Two cells side by side (</span><span>) are two words, though both are inline.
        breaks = (name not in INLINE and name not in SMALLEST) or (
            not closing and self.after_close == name and name != "ruby"
        )
        self.after_close = name if closing else ""
        if breaks:
            self._flush()
        self.run.add(found[0], "")
        if closing:
            self.in_ruby -= name == "ruby" and self.in_ruby > 0
            return found.end()
        if name in RAW_TEXT and not found["attributes"].endswith("/"):
            stop = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(html, found.end())
            until = stop.start() if stop else len(html)
            self.run.add(html[found.end() : until], "")
            return until
        drawn = name in ("svg", "math") and found["attributes"].endswith("/")
        if name not in VOID and not drawn and (name in SKIPPED or _is_off(found["attributes"])):
            self.skip_name, self.skip_depth = name, 1
            if name not in SMALLEST:
                self._flush()
        elif name == "ruby":
            self.in_ruby += 1
        return found.end()

    def _skipped(self, name: str, closing: bool, found: re.Match[str]) -> None:
        self.run.add(found[0], "")
        if name != self.skip_name or found["attributes"].endswith("/"):
            return
        self.skip_depth += -1 if closing else 1
        if self.skip_depth == 0:
            self.skip_name = ""

    def _flush(self) -> None:
        run, self.run = self.run, _Run()
        said = "".join(run.said)
        pieces = (
            [one for one in self.read(said) if KANA_ONLY.fullmatch(one.reading)] if said and not said.isspace() else []
        )
        self.out += _written(run, pieces) if pieces else run.raw


def _is_off(attributes: str) -> bool:
    if not attributes.strip():
        return False
    if OFF.search(attributes):
        return True
    lang = LANG.search(attributes)
    return lang is not None and lang[1].lower() not in ("ja", "ja-jp", "ja-easy", "")


def _written(run: _Run, rubies: list[Ruby]) -> list[str]:
    """The run echoed, with each ruby that lies in text alone: not across a tag, not over ruby that is there."""
    out: list[str] = []
    at = number = 0
    waiting = list(reversed(rubies))
    while number < len(run.raw):
        if not run.said[number] or run.in_ruby[number]:
            out.append(run.raw[number])
            at += len(run.said[number])
            number += 1
            continue
        last = number
        while last < len(run.raw) and run.said[last] and not run.in_ruby[last]:
            last += 1
        out.append(_stretch(run.raw[number:last], run.said[number:last], at, waiting))
        at += sum(map(len, run.said[number:last]))
        number = last
    return out


def _stretch(raws: list[str], saids: list[str], at: int, waiting: list[Ruby]) -> str:
    """Text and entities between two tags. What gets ruby stays together in a wrapper: a flex box would tear it apart."""
    out: list[str] = []
    for raw, said in zip(raws, saids, strict=True):
        end = at + len(said)
        inside = 0
        while waiting and waiting[-1].begin < end:
            ruby = waiting.pop()
            first, last = ruby.begin - at, ruby.end - at
            if raw == said and first >= inside and last <= len(raw):
                out += (raw[inside:first], "<ruby>", raw[first:last], RP_OPEN, escape(ruby.reading), RP_CLOSE)
                inside = last
        out.append(raw[inside:])
        at = end
    made = "".join(out)
    if "<ruby>" not in made:
        return made
    body = made.strip()
    start = made.index(body)
    return f"{made[:start]}{WRAPPER}{body}</span>{made[start + len(body) :]}"
