"""Rules on the parks and building blocks that a workbook names."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from submissions.rules.block_status import STANDARD_WORDS, status_of
from submissions.rules.catalogue import Severity
from submissions.rules.context import Category, Context
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.workbook.contents import Line, Reading
from submissions.workbook.reading.headings import fold


@rule(
    "W165",
    Severity.ADVISORY,
    _(
        "%(park)s is not a park of the plan in %(city)s (lines with it: %(lines)s). "
        "The enterprises will be kept without a park."
    ),
    _("Write the park's name as the register has it, leave it blank, or say in 说明 why it stays."),
)
def enterprise_is_in_an_unknown_park(reading: Reading, context: Context) -> Iterator[Location]:
    """所属园区 is not a park of the city. One finding for each name, at its first line."""
    unknown: dict[str, list] = {}
    for table, line in lines_of(reading, "enterprises"):
        name = line.get("park")
        if name and fold(name) not in context.parks:
            unknown.setdefault(fold(name), []).append((table, line))
    for found in unknown.values():
        table, line = found[0]
        yield at(
            table, line, "park", park=line.get("park"), city=context.city.name, lines=len(found)
        )


@rule(
    "W166",
    Severity.ADVISORY,
    _(
        "%(park)s is not a park of the plan in %(city)s; its parks are: %(parks)s. "
        "The line is kept with the workbook and not counted."
    ),
    _(
        "Write the park's name as the register has it; if that name is wrong, say so in 进展说明 "
        "and ask the province to put it right."
    ),
)
def park_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """园区进展 reports on a park that is not the city's."""
    for table, line in lines_of(reading, "parks"):
        name = line.get("park")
        if name and context.parks and fold(name) not in context.parks:
            parks = "、".join(sorted(context.parks.values()))
            yield at(table, line, "park", park=name, city=context.city.name, parks=parks)


@rule(
    "W167",
    Severity.ADVISORY,
    _("The plan has no park in %(city)s: what this sheet says will not be counted."),
    _("Delete the lines, or say why they are there."),
)
def city_has_no_park(reading: Reading, context: Context) -> Iterator[Location]:
    """园区进展 is filled in by a city without a park."""
    table = reading.tables.get("parks")
    if table and table.lines and not context.parks:
        yield on_sheet(table, city=context.city.name)


@rule(
    "E173",
    Severity.MANDATORY,
    _("The park stands in the table twice: in %(first)s and here."),
    _("Keep one line for each park."),
)
def park_stands_twice(reading: Reading, context: Context) -> Iterator[Location]:
    """The same park has a line already."""
    first: dict[str, str | None] = {}
    for table, line in lines_of(reading, "parks"):
        key = fold(line.get("park") or "")
        if key in first:
            yield at(table, line, "park", first=first[key])
        elif key:
            first[key] = line.cell("park")


@rule(
    "W168",
    Severity.ADVISORY,
    _("The plan has no cluster in %(city)s: what this sheet says will not be counted."),
    _("Delete the lines, or say why they are there."),
)
def city_has_no_cluster(reading: Reading, context: Context) -> Iterator[Location]:
    """集群建设 is filled in by a city without a cluster."""
    table = reading.tables.get("blocks")
    if table and table.lines and context.categories is None:
        yield on_sheet(table, city=context.city.name)


@rule(
    "W169",
    Severity.ADVISORY,
    _(
        "%(category)s is not a category of the cluster of %(city)s; its categories are: "
        "%(categories)s. The line is kept with the workbook and not counted."
    ),
    _("Write the category as the plan has it, leave it blank, or say in 进展说明 what it is."),
)
def category_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """类别 is none of the cluster's."""
    for table, line in lines_of(reading, "blocks"):
        name = line.get("category")
        if name and context.categories and fold(name) not in context.categories:
            names = "、".join(category.name for category in context.categories.values())
            yield at(
                table, line, "category", category=name, city=context.city.name, categories=names
            )


@rule(
    "W170",
    Severity.ADVISORY,
    _(
        "The plan gives the cluster of %(city)s no building block called %(content)s. The line is "
        "kept with the workbook and not counted."
    ),
    _(
        "Write 建设内容 as the template has it, or say in 进展说明 what it is. Where the plan "
        "leaves the number open, name 类别 too."
    ),
)
def block_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """建设内容 is not among the cluster's, and its category has a fixed number."""
    for table, line in lines_of(reading, "blocks"):
        content = line.get("content")
        categories = _categories_of(line, context)
        if not content or not categories or _knows(categories, content):
            continue
        if not (line.get("category") and categories[0].is_open):
            yield at(table, line, "content", content=content, city=context.city.name)


@rule(
    "W171",
    Severity.ADVISORY,
    _("%(content)s is new: it joins %(category)s, whose number the plan leaves open."),
    _(
        "Check that it is not one of the known ones under another name, and say in 进展说明 "
        "what it is."
    ),
)
def block_is_new(reading: Reading, context: Context) -> Iterator[Location]:
    """建设内容 is not among the cluster's, and its category is open."""
    for table, line in lines_of(reading, "blocks"):
        content = line.get("content")
        categories = _categories_of(line, context)
        if not content or not line.get("category") or not categories:
            continue
        if categories[0].is_open and not _knows(categories, content):
            yield at(table, line, "content", content=content, category=categories[0].name)


@rule(
    "E172",
    Severity.MANDATORY,
    _("%(status)s is not a status of a building block."),
    _("Write one of: %(statuses)s."),
)
def status_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """状态 is an unknown word. A blank one means not reported."""
    for table, line in lines_of(reading, "blocks"):
        word = line.get("status")
        if word and status_of(word) is None:
            yield at(table, line, "status", status=word, statuses="、".join(STANDARD_WORDS))


@rule(
    "E174",
    Severity.MANDATORY,
    _("The building block stands in the table twice: in %(first)s and here."),
    _("Keep one line for each building block."),
)
def block_stands_twice(reading: Reading, context: Context) -> Iterator[Location]:
    """The same content of the same category has a line already."""
    first: dict[tuple[str, str], str | None] = {}
    for table, line in lines_of(reading, "blocks"):
        content = fold(line.get("content") or "")
        key = (_category_key(line, content, context), content)
        if key in first:
            yield at(table, line, "content", first=first[key])
        elif content:
            first[key] = line.cell("content")


def _categories_of(line: Line, context: Context) -> list[Category]:
    """Return the category of the line, all if it names none, [] for an unknown one."""
    known = context.categories or {}
    if name := line.get("category"):
        return [known[fold(name)]] if fold(name) in known else []
    return list(known.values())


def _knows(categories: list[Category], content: str) -> bool:
    """Return whether one of the categories has this content."""
    return any(fold(content) in category.contents for category in categories)


def _category_key(line: Line, content: str, context: Context) -> str:
    """Return the category that the line names, or else the one with its content."""
    if name := line.get("category"):
        return fold(name)
    known = context.categories or {}
    return next((key for key, category in known.items() if content in category.contents), "")
