"""
Candidates of the register for a firm that a file names without its code.

By name and former name, city and size, each with a likeness. A person chooses; nothing is taken
by itself, whatever the likeness.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from submissions.workbook.reading.values import squeezed

# Forms of company, the longer first: of two spellings of one firm they say nothing.
FORMS = re.compile(
    "(?:集团股份有限公司|股份有限责任公司|股份有限公司|集团有限责任公司|集团有限公司|有限责任公司"
    "|有限公司|责任公司|股份公司|集团公司|总公司|分公司|公司|集团|股份)+$"
)
# What may stand before a name, or be left out.
PLACES = re.compile("^(?:中国)?(?:山东省|山东|鲁)?")
MARKS = re.compile("[()\\[\\]【】〔〕{}“”\"'·.,、\\-—]")

# So many are compared character by character, those with the rarest texts in common first.
COMPARED = 40
# Fewer than this in common is no likeness.
LEAST = 0.3
# What the same city, and figures of the same size, add.
CITY_ADDS, SIZE_ADDS = 0.06, 0.04


class KnownFirm(NamedTuple):
    """A firm of the register; size is the latest revenue in yuan, None if unknown."""

    code: str
    name: str
    city: str
    former_names: tuple[str, ...] = ()
    size: Decimal | None = None


class FirmCandidate(NamedTuple):
    """
    A firm that may be meant.

    likeness     of the names, from 0 to 1
    by_name      the name of the register that is like, a former one too
    same_city    whether it is registered in the file's city
    """

    firm: KnownFirm
    likeness: float
    by_name: str
    same_city: bool


def plain_firm_name(name: str) -> str:
    """Return a name without blanks, marks and widths."""
    return MARKS.sub("", squeezed(unicodedata.normalize("NFKC", name)).upper())


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a firm, as compared: whole, and without places and forms of company."""

    firm: KnownFirm
    written: str
    whole: str
    core: str


class FirmNames:
    """The names of a register, ready to be searched."""

    def __init__(self, firms: Iterable[KnownFirm], places: Iterable[str] = ()) -> None:
        """Take the firms, and the names of cities that may stand before a firm's name."""
        cities = sorted({place.removesuffix("市") for place in places}, key=len, reverse=True)
        self.cities = re.compile(f"^(?:(?:{'|'.join(cities)})市?)?") if cities else None
        self.names = [
            _Name(firm, written, plain_firm_name(written), self.core(written))
            for firm in firms
            for written in (firm.name, *firm.former_names)
        ]
        self.index: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self.names):
            for piece in _pieces(name.core):
                self.index[piece].append(at)
        self.weights = {
            piece: math.log((1 + len(self.names)) / len(found)) + 0.1
            for piece, found in self.index.items()
        }
        self.unknown = math.log(1 + len(self.names)) + 0.1

    def core(self, name: str) -> str:
        """Return a name without province and city before it and form of company behind it."""
        plain = plain_firm_name(name)
        bare = PLACES.sub("", plain)
        if self.cities:
            bare = self.cities.sub("", bare)
        bare = FORMS.sub("", bare)
        return bare or plain

    def candidates(
        self, name: str, *, city: str = "", size: Decimal | None = None, most: int = 5
    ) -> list[FirmCandidate]:
        """Return the firms that may be meant, the most like first, each once; maybe none."""
        whole, core = plain_firm_name(name), self.core(name)
        if not core:
            return []
        best: dict[str, tuple[float, FirmCandidate]] = {}
        for at in self._nearest(core):
            known = self.names[at]
            likeness = self._likeness(whole, core, known)
            if likeness < LEAST:
                continue
            firm = known.firm
            rank = likeness + CITY_ADDS * (firm.city == city) + SIZE_ADDS * _near(size, firm.size)
            found = FirmCandidate(firm, likeness, known.written, firm.city == city)
            if firm.code not in best or rank > best[firm.code][0]:
                best[firm.code] = (rank, found)
        ranked = sorted(best.values(), key=lambda one: (-one[0], one[1].firm.code))
        return [found for _rank, found in ranked[:most]]

    def _nearest(self, core: str) -> list[int]:
        """Return the names that have most in common with a core, rare pieces counting more."""
        shared: Counter[int] = Counter()
        for piece in _pieces(core):
            weight = self.weights.get(piece, 0)
            for at in self.index.get(piece, ()):
                shared[at] += weight
        return [at for at, _weight in shared.most_common(COMPARED)]

    def _likeness(self, whole: str, core: str, known: _Name) -> float:
        """Return how like two names are, from 0 to 1; 1 only if they are the same."""
        if whole == known.whole:
            return 1.0
        letters = SequenceMatcher(None, core, known.core, autojunk=False).ratio()
        return min(0.99, (letters + self._in_common(core, known.core)) / 2)

    def _in_common(self, one: str, other: str) -> float:
        """Return the part of two cores that is common, rare pieces counting more."""
        mine, theirs = _pieces(one), _pieces(other)
        every = sum(self.weights.get(piece, self.unknown) for piece in mine)
        every += sum(self.weights.get(piece, self.unknown) for piece in theirs)
        both = sum(self.weights.get(piece, self.unknown) for piece in mine & theirs)
        return 2 * both / every if every else 0.0


def _pieces(core: str) -> set[str]:
    """Return the characters and pairs of characters of a core."""
    return {*core, *(core[at : at + 2] for at in range(len(core) - 1))}


def _near(one: Decimal | None, other: Decimal | None) -> float:
    """Return how near two amounts are in size, from 0 to 1: tenfold is nothing in common."""
    if not one or not other or one <= 0 or other <= 0:
        return 0.0
    return max(0.0, 1 - abs(math.log10(float(one / other))))
