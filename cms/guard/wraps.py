"""Lines that a mail program or a form has cut in the middle of a name, a number, an address: 五十⏎嵐さん, 0436-00-⏎2290."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from cms.guard.findings import Finding
from cms.guard.flat import Flat

Rule = Callable[[Flat], Iterator[Finding]]

# A line that ends inside a word or a number, and one that goes on; none of them a line of a list.
CUT = re.compile(r"(?<=[一-龠々ぁ-んァ-ヴーA-Za-z0-9\-])\n(?=[一-龠々ぁ-んァ-ヴーA-Za-z0-9])")
NUMBER_CUT = re.compile(r"\d[\d\-]*-$")
LEAST = 12  # characters of a line that was cut because it was full
AROUND = 26  # characters on each side that say what it is
NEAR = 6  # characters on each side in which a name would be seen
MOST = 24  # cuts looked at in one text


def find(flat: Flat, rules: Iterable[Rule], found: Collection[Finding]) -> Iterator[Finding]:
    """Findings that reach over the end of a line; the end itself is part of them.

    `found`: what was found without. What ends or begins at the cut by itself is whole: two lines, not one that was cut.
    """
    text, rules = flat.text, tuple(rules)
    whole = {finding.end for finding in found if text[finding.end - 1] != "-"} | {f.start - 1 for f in found}
    looked = 0
    for cut in CUT.finditer(text):
        place = cut.start()
        begin = max(text.rfind("\n", 0, place) + 1, place - AROUND)
        stop = text.find("\n", place + 1)
        finish = min(len(text) if stop == -1 else stop, place + 1 + AROUND)
        left, right = text[begin:place], text[place + 1 : finish]
        full = place - text.rfind("\n", 0, place) > LEAST or NUMBER_CUT.search(left)
        if place in whole or looked == MOST or not (full or _cuts_a_name(left, right)):
            continue
        looked += 1
        joined = Flat(left + right)
        for finding in (found for rule in rules for found in rule(joined)):
            if finding.start < len(left) < finding.end:
                yield Finding(
                    begin + finding.start, begin + finding.end + 1, finding.type, finding.certainty, finding.rule
                )


def _cuts_a_name(left: str, right: str) -> bool:
    """The dictionary has a name, or a word it does not know, across the cut."""
    near = left[-NEAR:]
    return any(
        token.start < len(near) < token.end and (token.is_name or not token.known)
        for token in Flat(near + right[:NEAR]).tokens
    )
