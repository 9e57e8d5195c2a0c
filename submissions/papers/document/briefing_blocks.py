"""The quarterly briefing as blocks, computed from its frozen data or a draft's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import count, day, in_large, percent, quarter, signed_percent, unit
from foundation.language import in_chinese
from indicators.templatetags.indicators import why_withheld
from submissions.deadlines.obligations import delay_words
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Line,
    More,
    PaperPages,
    Piece,
    heading,
    line,
    listing,
    status,
    table,
    text,
    withheld_cell,
)
from submissions.papers.document.parts import (
    changes_table,
    note_blocks,
    paper,
    stop,
    target_lines,
    tiers,
)

Sheet = Mapping[str, Any]


def briefing_paper(sheet: Sheet) -> PaperPages:
    """Return a briefing of submissions.papers.paper_sheet.briefing_sheet."""
    sections = [_targets(sheet), _cities(sheet), _changes(sheet), _places(sheet)]
    if sheet["notes"]:
        sections.append([heading(_("5. Explanations of figures")), *note_blocks(sheet["notes"])])
    foot = _(
        "Completeness: the figures of %(accepted)s of %(expected)s cities are in force. What was "
        "not reported is not counted as zero. Parks lie in cities and partly in clusters: do not "
        "add them up."
    ) % {"accepted": count(sheet["accepted"]), "expected": count(sheet["expected"])}
    return paper(
        sheet,
        label=_("Briefing"),
        title=_("Briefing on the progress of project “311”"),
        one_page=True,
        sections=sections,
        foot=foot,
    )


def _targets(sheet: Sheet) -> list[Block]:
    blocks = [heading(_("1. Where the targets stand"))]
    for one in sheet["targets"]:
        blocks.append(target_lines(one, one["standing"]))
        blocks.append(listing("sentences", (line(words) for words in one["sentences"])))
    return blocks if sheet["targets"] else [*blocks, text(_("The plan sets no targets."))]


def _cities(sheet: Sheet) -> list[Block]:
    title = heading(_("2. Cities whose figures are wanting"))
    if sheet["laggards"]:
        return [title, listing("cities", map(_city, sheet["laggards"]))]
    if sheet.get("owed") is False:
        none = _("None: the quarter lies outside every plan, and no workbook is owed for it.")
    else:
        none = _("None: the figures of all cities are in force.")
    return [title, text(none)]


def _city(one: Sheet) -> Line:
    parts: list[str | Piece] = [one["name"], " ", status(one["state"])]
    if one["days"] is not None:
        parts += [" ", delay_words(one["days"], one.get("since", ""))]
    return line(*parts)


def _changes(sheet: Sheet) -> list[Block]:
    title = heading(_("3. Changes since the last briefing"))
    previous = sheet.get("previous")
    if not previous:
        return [title, text(_("This is the first briefing of the plan."))]
    last = _("Last briefing: %(number)s of %(day)s, on %(period)s.") % {
        "number": previous["number"],
        "day": day(previous["issued_at"]),
        "period": quarter(previous["period"]),
    }
    if not sheet["changes"]:
        return [title, text(last, " ", _("No figure has changed."))]
    ends = quarter(previous["period"]), quarter(sheet["period"])
    return [title, text(last), changes_table(sheet["changes"], *ends, "changes"), _more(sheet)]


def _more(sheet: Sheet) -> Block:
    """Return the line that says how many more figures differ."""
    number = f" ({sheet['number']})" if sheet.get("number") else ""
    words = [
        ngettext(
            "%(more)s more figure differs: it stands in the data of this briefing",
            "%(more)s more figures differ: they stand in the data of this briefing",
            many,
        ) % {"more": "{number}"} + number + stop()
        for many in (1, 2)
    ]  # fmt: skip
    return Block("more", more=More("changes", sheet["more_changes"], *words))


def _places(sheet: Sheet) -> Iterator[Block]:
    """Yield clusters and parks, then the register and the building blocks."""
    title = _("4. Clusters, parks, enterprises")
    yield heading(title)
    columns = [
        (_("Cluster or park"), "name"),
        (f"{_('Output value')} ({unit('large')})", "number"),
        (_("Share of output value"), "number"),
        (_("On the year"), "number"),
        (_("Over 100 million"), "number"),
    ]
    clusters = [
        (
            one["name"],
            in_large(one["output_value"]),
            _share(one),
            NONE if one["growth"] is None else signed_percent(one["growth"]),
            count(one["over"]),
        )
        for one in sheet["clusters"]
    ]
    yield table(title, columns, [*clusters, _parks(sheet["parks"])])
    if sheet["parks"].get("withheld"):
        yield Block("note", (line(why_withheld()),))
    yield text(_register(sheet["enterprises"]), " ", tiers(sheet))
    if sheet.get("blocks"):
        yield text(_building_blocks(sheet))


def _share(one: Sheet) -> str:
    """Return a cluster's share; papers of before it could be a range have only the figure."""
    if words := one.get("share_words"):
        if one["share"]:
            return _("%(share)s of the province") % {"share": words}
        return words
    return NONE if one["share"] is None else percent(one["share"])


def _parks(parks: Sheet) -> tuple:
    said = {"reporting": count(parks["reporting"]), "number": count(parks["number"])}
    name = _("Characteristic parks (%(reporting)s of %(number)s reported)") % said
    if parks.get("withheld"):
        return name, withheld_cell(why_withheld()), NONE, NONE, NONE
    return name, in_large(parks["output_value"]), NONE, NONE, NONE


def _register(enterprises: Sheet) -> str:
    said = _(
        "Register: %(registered)s; reporting this period: %(reporting)s; over 100 million yuan: "
        "%(over)s"
    ) % {name: count(enterprises[name], "firms") for name in ("registered", "reporting", "over")}
    if enterprises.get("whose"):
        said += "" if in_chinese() else " "
        said += _("(%(whose)s)") % {"whose": enterprises["whose"]}
    return said + stop()


def _building_blocks(sheet: Sheet) -> str:
    """Return how many building blocks are in operation, with evidence, overdue."""
    blocks = sheet["blocks"]
    said = _(
        "%(blocks)s building blocks: %(operating)s in operation, %(evidenced)s of them with "
        "evidence"
    ) % {name: count(blocks[name]) for name in ("blocks", "operating", "evidenced")}
    if blocks["overdue"]:
        said += _("; %(overdue)s past their dates on %(day)s, the longest by %(longest)s days") % {
            "overdue": count(blocks["overdue"]),
            "longest": count(blocks["longest"]),
            "day": day(sheet["as_of"]),
        }
    return said + stop()
