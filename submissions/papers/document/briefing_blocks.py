"""The quarterly briefing as blocks, computed from its frozen data or a draft's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import count, day, in_large, percent, quarter, signed_percent, unit
from foundation.language import in_chinese
from indicators.templatetags.indicators import why_withheld
from submissions.deadlines.obligations import State, delay_words
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Line,
    PaperPages,
    Piece,
    line,
    listing,
    status,
    table,
    text,
    withheld_cell,
)
from submissions.papers.document.parts import (
    changes_in_short,
    headed,
    note_blocks,
    numbered,
    paper,
    stop,
    tiers,
)
from submissions.papers.document.targets import target_blocks
from submissions.papers.document.task_blocks import red_task_blocks

Sheet = Mapping[str, Any]


def briefing_paper(sheet: Sheet) -> PaperPages:
    """Return a briefing of submissions.papers.paper_sheet.briefing_sheet."""
    sections = [
        (_("Progress of the targets"), target_blocks(sheet["targets"], "standing", "short_name")),
        (_("Cities whose figures are wanting"), _cities(sheet)),
        *_tasks(sheet),
        (_("Changes since the last briefing"), _changes(sheet)),
        (_("Clusters, parks, enterprises"), list(_places(sheet))),
    ]
    if sheet["notes"]:
        sections.append((_("Explanations of figures"), note_blocks(sheet["notes"])))
    foot = _(
        "Completeness: the figures of %(accepted)s of %(expected)s cities are in force. What was "
        "not reported is not counted as zero. Parks lie in cities and partly in clusters: do not "
        "add them up."
    ) % {"accepted": count(sheet["accepted"]), "expected": count(sheet["expected"])}
    return paper(
        sheet,
        label=_("Briefing"),
        title=_("Briefing on the progress of project “311”"),
        first=numbered(sections),
        foot=foot,
    )


def _tasks(sheet: Sheet) -> Iterator[tuple[str, list[Block]]]:
    """Yield the section of the red tasks; none without tasks, nor in a paper of before them."""
    tasks = sheet.get("tasks")
    if tasks and tasks["number"]:
        yield _("Red tasks of the ledger"), red_task_blocks(tasks)


def _cities(sheet: Sheet) -> list[Block]:
    if sheet["laggards"]:
        return [listing("cities", map(_city, sheet["laggards"]))]
    if sheet.get("owed") is False:
        return [
            text(_("None: the quarter lies outside every plan, and no workbook is owed for it."))
        ]
    return [text(_("None: the figures of all cities are in force."))]


def _city(one: Sheet) -> Line:
    parts: list[str | Piece] = [one["name"], " ", status(one["state"])]
    if one["days"] is not None:
        parts.append(_delay(one))
    return line(*parts)


def _delay(one: Sheet) -> str:
    """
    Return for how long a city's step has been outstanding.

    From the due day, or from the day it was sent back or withdrawn, and said once: the status may
    say it already.
    """
    days, since = one["days"], one.get("since", "")
    if one["state"] in (State.SENT_BACK, State.WITHDRAWN) and one["state"] == since:
        return ngettext(", %(days)s day ago", ", %(days)s days ago", days) % {"days": days}
    # Overdue says already that the days are counted from the due day.
    return f" {delay_words(days, '' if one['state'] == State.OVERDUE else since)}"


def _changes(sheet: Sheet) -> list[Block]:
    previous = sheet.get("previous")
    if not previous:
        return [text(_("This is the first briefing of the plan."))]
    last = _("Last briefing: %(number)s of %(day)s (%(period)s).") % {
        "number": previous["number"],
        "day": day(previous["issued_at"]),
        "period": quarter(previous["period"]),
    }
    if not sheet["changes"]:
        return [text(last, " ", _("No figure has changed."))]
    shown = [one for one in sheet["changes"] if _is_comparable(one)]
    ends = quarter(previous["period"]), quarter(sheet["period"])
    left_out = ""
    if len(shown) < len(sheet["changes"]):
        left_out = _("Clusters and parks are not compared: their figures are of other months.")
    blocks = [text(last, " " if left_out and not in_chinese() else "", left_out)]
    return [*blocks, changes_in_short(shown, *ends)] if shown else blocks


def _is_comparable(change: Sheet) -> bool:
    """Return whether a change says anything: one between other months does so of a target alone."""
    return change["difference"] is not None or change["key"].startswith("target:")


def _places(sheet: Sheet) -> Iterator[Block]:
    """Yield clusters and parks, then the register and the building blocks."""
    title = _("Clusters, parks, enterprises")
    columns = [
        (_("Cluster or park"), "name"),
        (headed(_("Output value"), unit("large")), "number"),
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
