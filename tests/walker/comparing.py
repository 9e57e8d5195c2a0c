"""Two written walks compared. Needs no Django."""

from collections import Counter, defaultdict
from dataclasses import dataclass


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
class WalkDifference:
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


def compared(old: str, new: str) -> list[WalkDifference]:
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
        WalkDifference(tuple(where), gone, come, note)
        for (gone, come, note), where in alike.items()
    ]
