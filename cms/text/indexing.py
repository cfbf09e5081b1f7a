"""What a full-text index keeps of a text: its words, and beside them neighbours, long words, readings and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cms.text.days import day_tokens
from cms.text.folding import fold_word, hiragana, plain, squeeze
from cms.text.tokenizer import long_words
from cms.text.words import SENTENCE_ENDS, Shape, shape_of, words

READING = "y"  # marks a reading, so that the word かい is not the reading of 会
MOST_TOKENS = 12_000  # of one text: PostgreSQL's positions end at 16,383, its vector at 1 MB
LONGEST_TOKEN = 60
PAIR, LONGEST_HALF = "q", 30
GAP = 5  # positions between two sentences: no phrase runs over a full stop


@dataclass(frozen=True, slots=True)
class IndexedText:
    """Words with their positions; `beside` has none of a sentence, only membership."""

    stream: list[tuple[int, str]]
    beside: list[str]


def pair_token(one: str, other: str) -> str:
    """The token of two units side by side: a phrase is looked up as a word, without comparing places."""
    return f"{one[:LONGEST_HALF]}{PAIR}{other[:LONGEST_HALF]}"


def tokens_of(phrase: Sequence[str]) -> tuple[str, ...]:
    """The tokens that an entry has if it has the phrase: the word itself, or each pair of neighbours."""
    if len(phrase) == 1:
        return (phrase[0][:LONGEST_TOKEN],)
    return tuple(pair_token(one, other) for one, other in pairwise(phrase))


def reading_token(reading: str) -> str:
    """The token that stands for a reading in hiragana."""
    return READING + reading


@lru_cache(maxsize=200_000)
def _beside(shape: Shape) -> tuple[str, ...]:
    tokens = [shape.key] if shape.keys != (shape.key,) else []
    tokens += [reading_token(part.reading) for part in (shape, *shape.parts) if len(part.reading) > 1]
    tokens += [token for part in (shape, *shape.parts) for token in part.kin]
    return tuple(token[:LONGEST_TOKEN] for token in tokens)


def indexed(text: str) -> IndexedText:
    """The tokens of a text, at most 12,000."""
    stream: list[tuple[int, str]] = []
    shapes: dict[Shape, None] = {}
    position = 0
    text = plain(text)
    for line in text.splitlines():
        for morpheme in long_words(line):
            shape = shape_of(morpheme)
            if not shape.keys:
                position += GAP if shape.surface[-1:] in SENTENCE_ENDS else 0
                continue
            for key in shape.keys:
                position += 1
                stream.append((position, key[:LONGEST_TOKEN]))
            shapes[shape] = None
        position += GAP
        if len(stream) >= MOST_TOKENS:
            break
    beside = dict.fromkeys(token for shape in shapes for token in _beside(shape))
    beside |= {pair_token(one, other): None for (at, one), (on, other) in pairwise(stream) if on == at + 1}
    beside.update(dict.fromkeys(token for _, _, token in day_tokens(text)))
    return IndexedText(stream[:MOST_TOKENS], list(beside)[:MOST_TOKENS])


def typed_ahead(title: str, longest: int = 100) -> list[str]:
    """For as-you-type: from each word on, the rest of the title, as written and as read; squeezed to one token each."""
    line = plain(title).replace("\n", " ")[:longest]
    found = [word for word in words(line) if word.is_content]
    tokens: dict[str, None] = {}
    for number, word in enumerate(found):
        tokens[hiragana(squeeze(line[word.begin :])).lower()] = None
        tokens["".join(later.reading or fold_word(later.surface) for later in found[number:])] = None
    return [token for token in tokens if token]


def typed_query(text: str) -> list[str]:
    """The beginnings that a reader has typed so far, folded as `typed_ahead` folds."""
    return [part for part in (hiragana(squeeze(piece)).lower() for piece in plain(text).split()) if part]
