"""What was read as one sorted text."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Any

from tests.walker.surfaces import LANGUAGES, MOMENTS, READERS
from tests.walker.values import ShownValue, Surface, SurfaceReading
from tests.walker.walking import Walk

# The official and one bureau look at every moment, in both languages; who sees what the official
# sees looks at one, in Chinese; who sees less in both languages.
PLAN: tuple[dict[str, Any], ...] = (
    {"roles": ("official", "jinan")},
    {"roles": ("reviewer", "admin"), "moments": MOMENTS[:1], "languages": LANGUAGES[:1]},
    {"roles": ("yantai", "anonymous", "public"), "moments": MOMENTS[:1]},
)


def everything(only: Container[str] = READERS) -> Iterator[tuple[Surface, SurfaceReading]]:
    """Yield what the command writes: every reader, or only some, as PLAN says."""
    for part in PLAN:
        roles = [role for role in part["roles"] if role in only]
        yield from Walk(**part | {"roles": roles}).readings()


def line(value: ShownValue) -> str:
    """Return a value as a line: what it is, where it stands, the number, the unit."""
    number = "" if value.number is None else f"{value.number:f}"
    parts = [value.where, *value.context, value.label, value.part, number, value.unit, value.text]
    return " | ".join(" ".join(part.split()).replace("|", "¦") for part in parts)


def lines(reading: SurfaceReading) -> list[str]:
    """Return a reading as sorted lines, its status and kind first."""
    first = f"= {reading.status} {reading.kind} {reading.location}".rstrip()
    return [first, *sorted(line(value) for value in reading.values)]


def written(readings: Iterable[tuple[Surface, SurfaceReading]]) -> str:
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
