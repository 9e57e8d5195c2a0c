"""Charts and the tables beneath them carry the same numbers: every chart of every page."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from config.web.table_cells import number_in
from enterprises.models import Enterprise
from foundation.formatting import quarter, unit
from tests.product.two_years import CHARTS, make_two_years

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FIRM = "a firm"
WAYS = ("cumulative", "quarter", "rolling", "year")
PAGES = [
    *CHARTS,
    "/indicators/firms-over-100m/?period=2025Q4",
    *(f"/cities/jinan/?period=2025Q4&amounts={way}" for way in WAYS),
    *(f"/clusters/qingdao/?period=2025Q3&amounts={way}" for way in WAYS),
    *(f"{FIRM}&amounts={way}" for way in WAYS),
]


@pytest.fixture(autouse=True)
def province(_province, db):
    """The province for one test."""


@pytest.fixture(scope="module")
def _province(module_db):
    """The province for all tests of this file."""
    make_two_years()


# ---- reading a page --------------------------------------------------------------------


def here(address) -> str:
    """A page's address, found in the database where it has a key in it."""
    if address.startswith(FIRM):
        firm = Enterprise.objects.filter(returns__period__code="2025Q4").first()
        return f"{firm.get_absolute_url()}?period=2025Q4{address.removeprefix(FIRM)}"
    return address


def charts(page) -> list[tuple[str, dict, list[str], list[list[str]]]]:
    """Every chart of a page: its title, figure, and its table's headings and rows."""
    whole = html.fromstring(text_of(page))
    found = []
    for one in whole.xpath("//figure[@data-figure]"):
        [script] = one.xpath(f".//script[@id='{one.get('data-figure')}']")
        [table] = one.xpath(".//table")
        rows = [[" ".join(c.text_content().split()) for c in r] for r in table.iter("tr")]
        [title] = one.xpath(".//figcaption/p[@class='chart__title']")
        found.append((title.text_content(), json.loads(script.text), rows[0], rows[1:]))
    return found


class Shown:
    """The numbers of a table's column, in the unit in which the chart has them."""

    def __init__(self, headings, rows, column):
        # Amounts stand in 万元, and are drawn in billions.
        self.factor = 100_000 if unit("wan") in headings[column] else 1
        self.cells = [row[column] for row in rows]

    def number(self, at) -> Decimal | None:
        """A number as it is shown; None where there is none, whatever the words for it."""
        value = number_in(self.cells[at])
        return value if isinstance(value, Decimal) else None

    def is_drawn_as(self, at, value, slack="0") -> bool:
        """Whether a value, rounded as the cell is, is what stands there; a gap where nothing."""
        shown = self.number(at)
        if value is None or shown is None:
            return value is None and shown is None
        text = self.cells[at]
        share = 100 if text.endswith("%") else 1
        places = len(text.rstrip("%").partition(".")[2])
        drawn = Decimal(str(value)) * self.factor
        return abs(drawn - shown * share) <= Decimal(5).scaleb(-places - 1) + Decimal(slack)


def label(name, year) -> str:
    """A name on an axis as the table has it; on an axis of quarters without their year, with it."""
    return quarter(f"{year}{name}") if year else name.strip()


def ends(trace, values) -> tuple[list, list]:
    """The low and high ends of a trace's error bars: the value itself where it has none."""
    spread = trace.get("error_y", {})
    nothing = [None] * len(values)
    low = zip(values, spread.get("arrayminus") or nothing, strict=True)
    high = zip(values, spread.get("array") or nothing, strict=True)
    return (
        [None if value is None else value - (by or 0) for value, by in low],
        [None if value is None else value + (by or 0) for value, by in high],
    )


def hold(trace, headings, rows) -> set[tuple[int, int]]:
    """Hold a trace against its columns, in order; return the cells that it draws."""
    year = trace["meta"].pop("year", None)
    of = {name: Shown(headings, rows, at) for name, at in trace["meta"].items()}
    lying = trace.get("orientation") == "h"
    names, values = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
    low, high = ends(trace, values)
    drawn, left = set(), iter(range(len(rows)))
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        told = f"{headings[trace['meta']['column']]}, {name}: {value}"
        start = "start" if "start" in of and at == 0 else "column"
        same = {
            row
            for row in range(len(rows))
            if rows[row][0] == label(name, year) and of[start].is_drawn_as(row, value)
        }
        row = next((one for one in left if one in same), None)
        assert row is not None, f"not in the table, or not in its order: {told}"
        # A quarter's figure and its forecast that are equal are one mark.
        drawn |= {(one, trace["meta"][start]) for one in same}
        for end, reach in (("low", low), ("high", high)):
            if end in of and of[end].number(row) is not None:
                assert of[end].is_drawn_as(row, reach[at], slack="0.02"), f"{told}, {end}"
                drawn.add((row, trace["meta"][end]))
        if "base" in trace:
            assert of["top"].is_drawn_as(row, trace["base"][at] + value, slack="1e-9"), told
            drawn.add((row, trace["meta"]["top"]))
    return drawn


def hold_dots(traces, headings, rows):
    """Hold a strip of dots against its table: as many over each bin's middle as it has."""
    number = Shown(headings, rows, traces[0]["meta"]["column"])
    dots = Counter(x for trace in traces for x in trace["x"])
    edges = [[number_in(cell) for cell in row[:2]] for row in rows]
    middles = [round(float((low + high) / 2 / 100), 7) for low, high in edges]
    assert [dots[one] for one in middles] == [number.number(at) for at in range(len(rows))]
    assert dots.total() == sum(number.number(at) for at in range(len(rows)))


def templates_with_charts() -> set[str]:
    """Every template that shows one."""
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"(components/chart|indicators/_charts)\.html", path.read_text())
    }


# ---- the tests -------------------------------------------------------------------------


def test_the_pages_above_have_every_chart_that_there_is(client, official):
    """A template with a chart that no page of PAGES shows has a chart nobody compares."""
    client.force_login(official)
    shown = {
        template.name
        for address in PAGES
        for template in client.get(here(address)).templates
        if template.name
    }

    assert templates_with_charts() <= shown


@pytest.mark.parametrize("address", PAGES)
def test_every_chart_draws_the_numbers_of_its_table(client, official, address):
    client.force_login(official)
    found = charts(client.get(here(address)))
    assert found

    for title, figure, headings, rows in found:
        traces = [trace for trace in figure["data"] if "meta" in trace]
        assert traces, title
        assert all(t.get("mode") == "text" for t in figure["data"] if "meta" not in t), title
        assert not any(trace.get("connectgaps") for trace in traces), title
        if "dots" in traces[0]["meta"]:
            hold_dots(traces, headings, rows)
            continue
        drawn = set().union(*(hold(trace, headings, rows) for trace in traces))
        assert_nothing_is_left_out(drawn, traces, headings, rows)


def assert_nothing_is_left_out(drawn, traces, headings, rows):
    """Every number of a drawn column is drawn; the last of a waterfall is the sum of its bars."""
    for column in {column for _row, column in drawn}:
        shown = Shown(headings, rows, column)
        for row in range(len(rows)):
            if shown.number(row) is None or (row, column) in drawn:
                continue
            told = f"{headings[column]}, {rows[row]}"
            bars = next((t for t in traces if "base" in t and t["meta"]["column"] == column), None)
            assert bars, f"not drawn: {told}"
            assert row == len(rows) - 1
            assert shown.is_drawn_as(row, sum(bars["y"]), slack="1e-9"), told


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_title_states_what_was_found_with_its_number(client, official, language):
    client.force_login(official)
    for address in PAGES:
        page = client.get(here(address), headers={"Accept-Language": language})
        for title, *_rest in charts(page):
            assert re.search(r"\d", title), title
            assert language == "en" or not re.search(r"[a-z]{3}", title), title


@pytest.mark.parametrize(
    ("address", "quarters"),
    [
        ("/cities/jinan/?period=2025Q3&amounts=cumulative", {"2024Q4"}),
        ("/cities/jinan/?period=2025Q3&amounts=quarter", {"2024Q4"}),
        ("/cities/jinan/?period=2025Q3&amounts=rolling", {"2024Q4", "2025Q1", "2025Q3"}),
        (f"{FIRM}&amounts=cumulative", {"2024Q4"}),
        ("/parks/qingdao-park/?period=2025Q3", {"2024Q4"}),
        ("/indicators/cluster-output-share/?period=2025Q3", {"2024Q4", "2025Q1"}),
        ("/indicators/firms-over-100m/?period=2025Q3", {"2024Q4"}),
    ],
)
def test_what_was_restated_has_a_diamond_and_leads_to_the_log(client, official, address, quarters):
    client.force_login(official)
    page = client.get(here(address))

    _title, figure, _headings, rows = charts(page)[0]
    diamonds = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond"]
    assert {place(trace, x) for trace in diamonds for x in trace["x"]} == {
        quarter(one) for one in quarters
    }
    told = {row[0] for row in rows if "restated" in row[-1]}
    assert told >= {quarter(one) for one in quarters}
    assert re.search(r"/submissions/restatements/\?period=20..Q.&amp;of=2024Q4", text_of(page))


def place(trace, x) -> str:
    """The quarter at which something is drawn, as a table has it."""
    return label(x, trace["meta"].get("year"))


def text_of(page) -> str:
    """A page as it was sent."""
    return page.content.decode()
