"""What was read as one sorted text, and two such texts compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.walker.surfaces import LANGUAGES, MOMENTS
from tests.walker.values import Reading, Surface, Value
from tests.walker.walking import Walk

# The official and one bureau look at every moment, in both languages; who sees what the official
# sees looks at one, in Chinese; who sees less in both languages.
PLAN: tuple[dict[str, Any], ...] = (
    {"roles": ("official", "jinan")},
    {"roles": ("reviewer", "admin"), "moments": MOMENTS[:1], "languages": LANGUAGES[:1]},
    {"roles": ("yantai", "anonymous", "public"), "moments": MOMENTS[:1]},
)


def everything() -> Iterator[tuple[Surface, Reading]]:
    """Yield what the command writes: every reader, as PLAN says."""
    for part in PLAN:
        yield from Walk(**part).readings()


def line(value: Value) -> str:
    """Return a value as a line: what it is, where it stands, the number, the unit."""
    number = "" if value.number is None else f"{value.number:f}"
    parts = [value.where, *value.context, value.label, value.part, number, value.unit, value.text]
    return " | ".join(" ".join(part.split()).replace("|", "¦") for part in parts)


def lines(reading: Reading) -> list[str]:
    """Return a reading as sorted lines, its status and kind first."""
    first = f"= {reading.status} {reading.kind} {reading.location}".rstrip()
    return [first, *sorted(line(value) for value in reading.values)]


def written(readings: Iterable[tuple[Surface, Reading]]) -> str:
    """
    Return readings as text: a block for each address and language, sorted.

    Readers who see the same share a block; who sees something else has one of their own.
    """
    blocks: dict[tuple[str, str], dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for surface, reading in readings:
        seen = blocks[surface.address, surface.language]
        seen.setdefault(tuple(lines(reading)), []).append(surface.role)
    text = []
    for (address, language), seen in sorted(blocks.items()):
        for body, roles in sorted(seen.items(), key=lambda one: sorted(one[1])):
            text += [f"# {address} [{language}] {' '.join(sorted(roles))}", *body, ""]
    return "\n".join(text)


def parsed(text: str) -> dict[str, Counter[str]]:
    """Return a written text as lines by surface: address, language and one reader."""
    found: dict[str, Counter[str]] = {}
    heads: list[str] = []
    for one in text.splitlines():
        if one.startswith("# "):
            surface, _space, roles = one[2:].rpartition("] ")
            heads = [f"{surface}] {role}" for role in roles.split()]
            found.update((head, Counter()) for head in heads)
        elif one:
            for head in heads:
                found[head][one] += 1
    return found


@dataclass(frozen=True)
class Difference:
    """What became of surfaces: lines gone, lines come; both empty of one that is gone or new."""

    surfaces: tuple[str, ...]
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        """Return it as a reader wants it: where, and then each line."""
        where = "\n".join(f"# {one}" for one in self.surfaces)
        body = [*(f"- {one}" for one in self.gone), *(f"+ {one}" for one in self.come)]
        return "\n".join([f"{where}{' ' + self.note if self.note else ''}", *body])


def compared(old: str, new: str) -> list[Difference]:
    """Return the differences of two written texts; surfaces that differ alike share one."""
    before, after = parsed(old), parsed(new)
    alike: dict[tuple, list[str]] = defaultdict(list)
    for surface in sorted(before.keys() | after.keys()):
        if surface not in after:
            alike[(), (), "is gone"].append(surface)
        elif surface not in before:
            alike[(), (), "is new"].append(surface)
        elif before[surface] != after[surface]:
            gone = tuple(sorted((before[surface] - after[surface]).elements()))
            come = tuple(sorted((after[surface] - before[surface]).elements()))
            alike[gone, come, ""].append(surface)
    return [
        Difference(tuple(where), gone, come, note) for (gone, come, note), where in alike.items()
    ]
