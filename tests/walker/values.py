"""What a reader of surfaces returns: values, and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

# What a unit is, whichever language it is written in.
UNITS = {
    "percent": ("%",),
    "points": ("个百分点", "百分点", "percentage points", "percentage point", "points", "point"),
    "yi": ("亿元", "hundred million yuan"),
    "billion": ("billion yuan",),
    "million": ("百万元", "million yuan"),
    "wan": ("万元", "ten thousand yuan"),
    "thousand": ("千元", "thousand yuan"),
    "yuan": ("元", "yuan"),
    "firms": ("家企业", "家", "enterprises", "enterprise", "firms", "firm"),
    "cities": ("个市", "市", "cities", "city"),
    "parks": ("个园区", "parks", "park"),
    "clusters": ("个集群", "clusters", "cluster"),
    "lines": ("行", "lines", "line", "rows", "row"),
    "people": ("人", "persons", "person", "people"),
    "quarters": ("个季度", "quarters", "quarter"),
    "days": ("天", "日", "days", "day"),
    "seconds": ("秒", "seconds", "second"),
    "size": ("MiB", "GiB", "KiB"),
    "times": ("倍", "次", "times"),
    "things": ("个", "项", "份", "条", "种", "处", "例", "版", "页", "级"),
}
KIND_OF_UNIT = {written: kind for kind, words in UNITS.items() for written in words}


@dataclass(frozen=True)
class Surface:
    """
    One thing that somebody can open: who (a key of surfaces.READERS), in which language, where.

    address  path and query; of a print-out, which has none, "print:" and the page that it prints
    name     of the pattern in the URL conf that the address leads to; "" if to none
    linked_from  the address of the page whose link led there; "" for one of the URL conf
    """

    role: str
    language: str
    address: str
    name: str = field(default="", compare=False)
    linked_from: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the surface in one line."""
        return f"{self.address} [{self.language}] {self.role}"


@dataclass(frozen=True)
class ShownValue:
    """
    One number or word that a surface shows.

    where    table, tile, definition, sentence, status, chart, cell, leaf, input, name
    label    message id of what it is called; as it is written where no message says it
    context  message ids of what it stands under: headings, row, trace
    number   as written, without separators: 60.1 for "60.1%"; None where no number stands
    unit     as written, from beside the number or from the heading; "" if there is none
    text     what stands where no number does: a message id, a date as ISO, or data
    part     the message's placeholder that it stands in, which is the same in every language
    """

    where: str
    label: str
    context: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str = ""
    text: str = ""
    part: str = ""

    @property
    def kind(self) -> str:
        """Return what the unit is in any language: a key of UNITS; "" if it is unknown."""
        return KIND_OF_UNIT.get(self.unit, "")


@dataclass(frozen=True)
class SurfaceReading:
    """
    What a surface answered: its status, its kind (html, csv, xlsx, json, docx, other), its values.

    links  addresses on it that lead somewhere within the site
    has_viewpoint  whether it shows the bar that chooses quarter and day
    location       where it sends the reader, if it does
    """

    status: int
    kind: str
    values: tuple[ShownValue, ...] = ()
    links: tuple[str, ...] = field(default=(), compare=False, repr=False)
    has_viewpoint: bool = False
    location: str = ""

    def __iter__(self) -> Iterator[ShownValue]:
        """Yield its values in the order in which they stand."""
        return iter(self.values)
