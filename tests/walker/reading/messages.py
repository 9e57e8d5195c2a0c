"""
What a text is called in the catalogue: from Chinese or English back to the message id.

The same label in both languages is one message id. Where several ids are the same Chinese
words, the first of them in order stands for all, so that both languages say the same.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.walker.reading.numbers import masked, only_date
from tests.walker.values import KIND_OF_UNIT

PO = Path(__file__).resolve().parents[3] / "config/locale/zh_Hans/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? )?(".*")')
# What a pattern must have beside its placeholders: a Chinese character or two Latin letters.
LEAST = 1.0
UNIT_BEHIND = re.compile(r"\s*[（(]([^（）()]+)[）)]\Z")
SENTENCES = re.compile(r"(?<=[。；！？])\s*|(?<=[.;!?])\s+")
BETWEEN = re.compile(r"\s+·\s+|\n")
COLON = re.compile(r"(：|: )")
WORDS = re.compile(r"[^\W\d_]")
# What a placeholder may hold: no end of a sentence.
HELD = r"((?:(?!\. )[^。；;])+?)"
A_NUMBER = r"([+\-−]?[\d,.]+%?)"
ALWAYS_NUMBERS = {"count", "number", "points", "share", "year", "days"}


@dataclass(frozen=True)
class Pattern:
    """A message with placeholders: its id, their names, what it matches, its longest literal."""

    id: str
    names: tuple[str, ...]
    expression: re.Pattern
    literal: str
    weight: float


@dataclass(frozen=True)
class Held:
    """What stands in a message's placeholder, and from where to where in the message's text."""

    name: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """A text as the catalogue has it: the message's id, and what its placeholders hold."""

    id: str
    held: tuple[Held, ...] = ()


def entries(po: str) -> Iterator[dict[str, list[str]]]:
    """Yield the catalogue's entries: msgid, msgid_plural and msgstr, each a list of texts."""
    for block in re.split(r"\n\s*\n", po):
        entry: dict[str, list[str]] = defaultdict(list)
        field = ""
        for line in block.splitlines():
            if not (match := LINE.fullmatch(line.strip())):
                continue
            if match[1]:
                field = match[1]
                entry[field].append("")
            entry[field][-1] += ast.literal_eval(match[2])
        if entry["msgid"] and entry["msgid"][0]:
            yield entry


class Catalogue:
    """Looks texts up in a catalogue, whole or as a pattern."""

    def __init__(self, po: str):
        """Read the text of a .po file."""
        self.whole: dict[str, str] = {}
        self.patterns: list[Pattern] = []
        self.cached: dict[str, Said | None] = {}
        every = list(entries(po))
        same = _representatives(every)
        for entry in every:
            id = same[entry["msgid"][0]]
            for text in {*entry["msgid"], *entry["msgid_plural"], *entry["msgstr"]} - {""}:
                self._take(" ".join(text.split()), id)
        self.patterns.sort(key=lambda one: (-one.weight, one.id))

    def _take(self, text: str, id: str) -> None:
        names = tuple(PLACEHOLDER.findall(text))
        if not names:
            text = text.replace("%%", "%")
            self.whole[text] = min(id, self.whole.get(text, id))
            return
        literals = [one.replace("%%", "%") for one in PLACEHOLDER.split(text)]
        if (weight := _weight("".join(literals))) >= LEAST:
            bare = tuple(re.sub(r"(?<=\))[sd]|\W", "", name) for name in names)
            holding = [A_NUMBER if name in ALWAYS_NUMBERS else HELD for name in bare]
            pieces = zip(literals, [*holding, ""], strict=True)
            expression = re.compile("".join(re.escape(one) + held for one, held in pieces))
            longest = max(literals, key=len)
            self.patterns.append(Pattern(id, bare, expression, longest, weight))

    def look_up(self, text: str) -> Said | None:
        """Return a text as the catalogue has it; None if it has no such message."""
        text = " ".join(text.split())
        if text not in self.cached:
            bare = UNIT_BEHIND.sub("", text) or text.strip("（）()")
            ways = [text, text.rstrip("：:；;。. "), f"{text}.", f"{text}。"]
            ways.insert(0 if unit_in(text) else len(ways), bare)
            found = (self._exactly(way) for way in dict.fromkeys(ways) if len(way) > 1)
            self.cached[text] = next((said for said in found if said), self._named(bare))
        return self.cached[text]

    def _named(self, text: str) -> Said | None:
        """Return "name: anything" as the name's message with the rest held; None if it is none."""
        if not (colon := COLON.search(text)):
            return None
        name, rest = text[: colon.start()], text[colon.end() :]
        if not rest or SENTENCES.search(rest) or not (said := self.look_up(name)):
            return None
        return Said(f"{said.id}: {masked(rest)}", (Held("", rest, colon.end(), len(text)),))

    def _exactly(self, text: str) -> Said | None:
        # A clause that begins a sentence is written with a capital.
        for way in dict.fromkeys((text, text[0].lower() + text[1:], text[0].upper() + text[1:])):
            if way in self.whole:
                return Said(self.whole[way])
            for one in self.patterns:
                if one.literal in way and (match := one.expression.fullmatch(way)):
                    held = (
                        Held(name, match[at], *match.span(at))
                        for at, name in enumerate(one.names, start=1)
                    )
                    return Said(one.id, tuple(held))
        return None

    def label(self, text: str) -> str:
        """
        Return the message id of a label, without a unit in brackets; else the text, masked.

        "name: number" is the name's message id and the rest.
        """
        text = " ".join(text.split())
        if date := only_date(text):
            return date
        said = self.look_up(text)
        return said.id if said else masked(UNIT_BEHIND.sub("", text) or text)

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return what a message's placeholders hold that is no number: names, words."""
        said = self.look_up(text)
        held = said.held if said else ()
        # Of "name: anything" the rest stands in the label as it is.
        named = [one.text for one in held if one.name and WORDS.search(masked(one.text))]
        return tuple(self.label(one) for one in named)


def _representatives(every: list[dict[str, list[str]]]) -> dict[str, str]:
    """Return for each message id the first of those that are the same words in Chinese."""
    by_words: dict[str, set[str]] = defaultdict(set)
    for entry in every:
        for words in entry["msgstr"]:
            by_words[words].add(entry["msgid"][0])
    same = {entry["msgid"][0]: entry["msgid"][0] for entry in every}
    changed = True
    while changed:
        changed = False
        for ids in by_words.values():
            first = min(same[one] for one in ids)
            changed = changed or any(same[one] != first for one in ids)
            same.update(dict.fromkeys(ids, first))
    return same


def _weight(literal: str) -> float:
    """Return how much a pattern says beside its placeholders."""
    letters = [one for one in literal if one.isalpha()]
    return sum(0.5 if one.isascii() else 2.0 for one in letters)


@cache
def catalogue() -> Catalogue:
    """Return the product's catalogue."""
    return Catalogue(PO.read_text(encoding="utf-8"))


def unit_in(heading: str) -> str:
    """Return the unit that a heading has in brackets; "" if there is none."""
    found = UNIT_BEHIND.search(heading)
    return found[1] if found and found[1] in KIND_OF_UNIT else ""


def sentences(text: str) -> list[str]:
    """Return a text's sentences and clauses; dots between parts divide too."""
    parts = [" ".join(part.split()) for part in BETWEEN.split(text)]
    return [one.strip() for part in parts if part for one in _split(part) if one.strip()]


def _split(text: str) -> list[str]:
    """Return a message's text whole, any other cut at the ends of its sentences."""
    return [text] if catalogue().look_up(text) else SENTENCES.split(text)
