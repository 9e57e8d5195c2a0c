"""
What is handed out, as plain data: frozen to one sequence of bytes, and two of them compared. Pure.

A paper holds texts, lists, whole objects and None, and nothing else: a figure is the text of its
decimal number, so that nothing is rounded by being written down and read again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LANGUAGES = ("zh-hans", "en")
# Stands for a figure that a paper has and does not show.
WITHHELD = "withheld"

Named = Mapping[str, str]
Data = dict[str, Any]


def canonical(data: Mapping[str, Any]) -> str:
    """
    Return the one text that a paper's data are written as: keys in order, no blanks, no escapes.

    Raises TypeError for a number: figures are texts here, or their bytes would depend on who
    writes them.
    """
    _refuse_numbers(data)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as sha256sum prints it."""
    return hashlib.sha256(text.encode()).hexdigest()


def number(plan: str, year: int, serial: int, *, mark: str = "") -> str:
    """Return a paper's number: plan, year of issue, serial; the mark tells kinds apart."""
    return "-".join(part for part in (plan, mark, str(year), f"{serial:02d}") if part)


def written(value: object) -> str | None:
    """Return a figure as the text that is frozen; None, which is not reported, stays None."""
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def written_range(ends: Mapping[str, str | None] | None) -> str | None:
    """Return a range as one text, "0.5045..0.5081"; an open end is empty, no range at all None."""
    if ends is None or (ends["low"] is None and ends["high"] is None):
        return None
    return f"{ends['low'] or ''}..{ends['high'] or ''}"


# What no difference can be taken of.
NOT_NUMBERS = ("status", "expected", "ratio_range", "count_range", "amount_range")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One figure of a paper, found again in another by its key.

    thing    what it is of, in each language
    measure  which of the thing's figures it is: value, standing, output_value …
    kind     how it is written: ratio, count, amount (yuan), status or expected (a standing); of
             a range ratio_range, count_range or amount_range
    value    as frozen; None is not reported, WITHHELD is not compared with anything; of a range
             its two ends, see written_range
    """

    key: str
    thing: Named
    measure: str
    kind: str
    value: str | None


def differences(before: Sequence[Figure], after: Sequence[Figure]) -> list[dict[str, Any]]:
    """
    Return what is not the same in two papers, figure by figure, in the order of the later one.

    A figure that only one of them has is held against None. What is withheld in one of them is
    left out: the other's figure would show it. difference is empty for a status,
    and where one side was not reported: to say by how much would make a zero of silence.
    """
    earlier = {one.key: one for one in before}
    later = {one.key: one for one in after}
    rows = []
    for key, one in (later | {k: v for k, v in earlier.items() if k not in later}).items():
        was = earlier[key].value if key in earlier else None
        now = later[key].value if key in later else None
        if WITHHELD not in (was, now) and not _same(was, now, one.kind):
            rows.append(
                {
                    "key": key,
                    "thing": dict(one.thing),
                    "measure": one.measure,
                    "kind": one.kind,
                    "before": was,
                    "after": now,
                    "difference": _difference(was, now, one.kind),
                }
            )
    return rows


def _same(was: str | None, now: str | None, kind: str) -> bool:
    """Return whether two frozen figures are equal: 1.50 and 1.5 are."""
    if was is None or now is None or kind in NOT_NUMBERS:
        return was == now
    return Decimal(was) == Decimal(now)


def _difference(was: str | None, now: str | None, kind: str) -> str | None:
    if was is None or now is None or kind in NOT_NUMBERS:
        return None
    return written(Decimal(now) - Decimal(was))


def _refuse_numbers(data: object) -> None:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if not isinstance(key, str):
                raise TypeError(f"{key!r} is no text.")
            _refuse_numbers(value)
    elif isinstance(data, list):
        for value in data:
            _refuse_numbers(value)
    elif not (data is None or isinstance(data, str | bool)):
        raise TypeError(f"{data!r} is no text.")
