"""
Walks everything that a reader can open, and reads it for figures that are withheld from him.

What is withheld is taken from the table of totals that the reader is shown, and looked for as
pages, charts, files and papers write amounts; nothing here asks indicators.data.disclosure.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from urllib.parse import parse_qsl, urljoin, urlsplit

import openpyxl
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from lxml import html

from clusters.models import CityReturn
from foundation.quarters import Quarter
from foundation.tables import WITHHELD
from parks.models import Park, ParkReturn

MEASURES = ("output_value", "revenue", "investment")
# Of one route, or file, with the same questions in its address so many are opened: a page of a
# list is like the next.
ALIKE = 1
# What changes something or leaves, and what only adds a sorting of the same.
NOT_WALKED = re.compile(r"^/(admin|static|i18n|accounts)/|/template/$|/original/$|/marked/$")
UNIT = {"亿元": Decimal(10) ** 8, "万元": Decimal(10) ** 4}


@dataclass(frozen=True)
class Secret:
    """A withheld amount in yuan, and what it is; it may be a sum or a difference of others."""

    what: str
    amount: Decimal

    @property
    def short(self) -> set[str]:
        """Return the amount as sentences and tiles write it: others may read the same."""
        yi = self.amount / UNIT["亿元"]
        return {text for n in (2, 4) if _digits(text := f"{places(yi, n):f}亿元") > 2}

    @property
    def long(self) -> set[str]:
        """Return the amount as tables, charts and files write it."""
        wan, yi = self.amount / UNIT["万元"], self.amount / UNIT["亿元"]
        found = {
            f"{self.amount:.2f}",
            f"{self.amount:,.2f}",
            f"{self.amount.normalize():f}",
            f"{self.amount:,.0f}",
            *(f"{places(wan, n):{comma}}" for n in (2, 4) for comma in ("f", ",f")),
            *(f"{places(yi, n).normalize():f}" for n in (6, 8)),
        }
        return {text for text in found if _digits(text) > 3}


def _digits(text: str) -> int:
    return len(re.sub(r"\D", "", text))


def places(figure: Decimal, number: int) -> Decimal:
    """Return a figure rounded half up, as pages round."""
    return figure.quantize(Decimal(1).scaleb(-number), ROUND_HALF_UP)


# ---- what is withheld ------------------------------------------------------------------


def withheld_parks(client, quarters, *, outside=False) -> dict[Quarter, set[int]]:
    """Return which parks' rows the table of totals withholds: from its reader, or for outside."""
    asked = "&for=outside" if outside else ""
    found = {}
    for quarter in quarters:
        page = client.get(f"/enterprises/totals/?by=park&period={quarter}{asked}")
        assert page.status_code == 200
        rows = page.context["table"].data if page.context["table"] else ()
        hidden = (park for _city, park, firms, *_ in rows if firms == WITHHELD)
        found[quarter] = {park.pk for park in hidden if isinstance(park, Park)}
    return found


def amounts(withheld: dict[Quarter, set[int]]) -> tuple[list[Secret], list[Secret]]:
    """
    Return the amounts of parks that are withheld and those that are not; cities' own totals too.

    Among them what is calculated from the reported: single quarters and rolling years. One that
    rests on a withheld figure is withheld itself.
    """
    series: dict = {}
    for kind in (ParkReturn, CityReturn):
        of = "park" if kind is ParkReturn else "city"
        for one in kind.objects.filter(superseded_at=None).select_related(of, "period"):
            for measure in MEASURES:
                if (amount := getattr(one, measure, None)) is not None:
                    of_one = series.setdefault((getattr(one, of), measure), {})
                    of_one[one.period.quarter] = amount
    secret, open_to_all = [], []
    for (place, measure), known in series.items():
        is_park = isinstance(place, Park)
        hidden = {q for q in known if is_park and place.pk in withheld.get(q, ())}
        for what, amount, rests in _calculated(known):
            one = Secret(f"{place.slug} {measure} {what}", amount)
            (secret if rests & hidden else open_to_all).append(one)
    return [one for one in secret if one.amount], open_to_all


def _calculated(known: dict) -> Iterator[tuple[str, Decimal, set]]:
    """Yield what is told of a series: a name, the amount, the quarters it rests on."""
    for q in known:
        before, earlier = q.previous(), q.year_earlier()
        yield str(q), known[q], {q}
        if q.quarter > 1 and before in known:
            yield f"{q} alone", known[q] - known[before], {q, before}
        rests = {q, earlier, earlier.year_end}
        if q.quarter < 4 and rests <= known.keys():
            yield f"{q} rolling", known[q] + known[earlier.year_end] - known[earlier], rests


# ---- what can be opened ----------------------------------------------------------------


def routes(resolver=None, prefix="/") -> Iterator[str]:
    """Yield the routes of the URL conf that take no argument."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver) and "<" not in route:
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern) and "<" not in route and "{" not in route:
            yield route


def starts(quarters) -> list[str]:
    """Return where a walk begins: every route, every park and paper, of every quarter."""
    named = [f"/parks/{slug}/" for slug in Park.objects.values_list("slug", flat=True)]
    every = [*(r for r in routes() if not NOT_WALKED.search(r)), *named]
    found = [f"{route}?period={quarter}" for quarter in quarters for route in every]
    lists, forms, ways = ("parks", "cities", "clusters"), ("json", "csv", "xlsx"), ("park", "field")
    for q in quarters:
        found += [f"/api/v1/{one}/?period={q}&format={form}" for one in lists for form in forms]
        found += [f"/enterprises/totals/?period={q}&by={way}" for way in ways]
    found += [f"/briefing/{quarter}/" for quarter in quarters]
    return [*found, "/assessment/311/"]


@dataclass
class Walk:
    """A walk of one reader: where he has been, and which secrets he has met where."""

    client: object
    secrets: list[Secret]
    open_to_all: list[Secret]
    found: list[tuple[str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    alike: Counter = field(default_factory=Counter)

    def __post_init__(self):
        shared = {text for one in self.open_to_all for text in one.short}
        texts: dict[str, str] = {}
        for one in self.secrets:
            texts |= dict.fromkeys(one.long | (one.short - shared), one.what)
        self.texts = texts
        # Longest first; no digit may stand before or after.
        ordered = sorted(map(re.escape, texts), key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\d.,])(?:{'|'.join(ordered) or '(?!)'})(?!\d)")

    def go(self, addresses: list[str], within: tuple[str, ...] = ("/",)) -> "Walk":
        """Open these addresses and all to which they lead whose address has one of these texts."""
        waiting, seen = list(addresses), set(addresses)
        given = set(addresses)
        while waiting:
            address = waiting.pop(0)
            if address not in given and self.is_like_others(address):
                continue
            for link in self.open(address):
                if link not in seen and any(text in link for text in within):
                    seen.add(link)
                    waiting.append(link)
        return self

    def is_like_others(self, address: str) -> bool:
        """Whether so many of this kind have been opened that one more tells nothing."""
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        try:
            route = resolve(parts.path).route
        except Resolver404:
            return True
        file = re.sub(r"\d+", "", asked.get("download", ""))
        kind = (route, file, frozenset(asked))
        self.alike[kind] += 1
        return self.alike[kind] > ALIKE

    def open(self, address: str) -> list[str]:
        """Read one address, and return the links on it."""
        answer = self.client.get(address, headers={"accept-language": "zh-hans"})
        if answer.status_code != 200:
            return []
        self.opened.append(address)
        body = answer.getvalue()
        kind = answer.headers.get("Content-Type", "")
        for text in read(body, kind):
            self.found += [(address, self.texts[m]) for m in self.pattern.findall(text)]
        return links(body, address) if "html" in kind else []


def links(body: bytes, address: str) -> list[str]:
    """Return the addresses of this site that a page leads to."""
    hrefs = html.fromstring(body).xpath("//a/@href")
    found = (urljoin(address, href.partition("#")[0]) for href in hrefs)
    return [
        one for one in found
        if one.startswith("/") and not NOT_WALKED.search(urlsplit(one).path) and "sort=" not in one
    ]  # fmt: skip


def read(body: bytes, kind: str) -> list[str]:
    """Return the texts of an answer: as it came, and as one reads it."""
    if "spreadsheetml" in kind:
        book = openpyxl.load_workbook(BytesIO(body))
        cells = (value for sheet in book for row in sheet.values for value in row)
        return [" ".join(_number(value) for value in cells if value is not None)]
    if "wordprocessingml" in kind:
        page = zipfile.ZipFile(BytesIO(body)).read("word/document.xml").decode()
        return [re.sub(r"\s+", "", re.sub(r"</w:(?:p|tc)>", " | ", page)),
                re.sub(r"<[^>]+>", "", re.sub(r"</w:(?:p|tc)>", "|", page))]  # fmt: skip
    text = body.decode("utf-8-sig")
    if "html" not in kind:
        return [text]
    seen = " ".join(html.fromstring(text).text_content().split())
    return [text, re.sub(r"(?<=\d) (?=[万亿])", "", seen)]


def _number(value) -> str:
    """Return a cell as text: a number without the noise of a float."""
    return f"{Decimal(str(value)).normalize():f}" if isinstance(value, float) else str(value)


def rows_that_name(client, address: str, park: Park) -> list[list[str]]:
    """Return the figures beside a park's name in every table of a page."""
    answer = client.get(address, headers={"accept-language": "zh-hans"})
    rows = html.fromstring(answer.getvalue()).xpath("//main//tr")
    about = [row for row in rows if park.name in row.text_content()]
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in about]
