"""The closing assessment as blocks, computed from its frozen data or a draft's."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusters.backfilled import mark_words
from clusters.blocks import operating_words
from foundation.formatting import (
    count,
    day,
    in_large,
    in_wan,
    large,
    measure,
    quarter,
    unit,
    with_sign,
    with_word,
)
from foundation.statuses import status_word
from indicators.templatetags.indicators import why_withheld
from submissions.papers.document.annexes import annexes
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Cell,
    Line,
    PaperPages,
    Piece,
    and_then,
    line,
    listing,
    status,
    table,
    text,
    withheld_cell,
)
from submissions.papers.document.parts import (
    changes_table,
    colon,
    comma,
    headed,
    note_blocks,
    numbered,
    paper,
    semicolon,
    stop,
    tiers,
)
from submissions.papers.document.targets import signatures, target_blocks, target_lines
from submissions.papers.document.task_blocks import task_table

Sheet = Mapping[str, Any]
# The sections above the signatures: what was reached, and what is missing.
ON_FIRST_PAGE = 2
# So many signs of a hash stand in the text; the annex has them all.
HASH_BEGINS = 8


def assessment_paper(sheet: Sheet) -> PaperPages:
    """Return a closing assessment of submissions.papers.paper_sheet.assessment_sheet."""
    sections = [
        (_("What was reached"), target_blocks(sheet["targets"], "judgement")),
        (_("What is missing"), _missing(sheet)),
        (_("How each figure is calculated"), _calculations(sheet)),
        (_("Evidence: the workbooks of the last quarter"), _evidence(sheet)),
        (_("Restatements"), _restatements(sheet)),
        (_("Building blocks of the clusters"), _clusters(sheet)),
        (_("Parks and enterprises"), list(_places(sheet))),
    ]
    if sheet.get("tasks"):
        sections.append((_("Tasks of the ledger"), task_table(sheet["tasks"])))
    if sheet.get("notes"):
        sections.append((_("Explanations of figures"), note_blocks(sheet["notes"])))
    if sheet.get("previous"):
        sections.append((_("Differences to the assessment before"), _changes(sheet)))
    made = numbered(sections)
    return paper(
        sheet,
        label=_("Closing assessment"),
        title=_("Closing assessment of project “311”"),
        first=[*made[:ON_FIRST_PAGE], [signatures()]],
        further=[*made[ON_FIRST_PAGE:], *annexes(sheet)],
        foot=_(
            "A target is called met or missed only where the accepted figures prove it, as long "
            "as none of them is corrected and no city's figure of the year falls. What was not "
            "reported is not counted as zero."
        ),
    )


def _calculations(sheet: Sheet) -> list[Block]:
    """Return for each target its wording, reasons, fraction, things and baseline."""
    blocks: list[Block] = []
    for one in sheet["targets"]:
        blocks.append(target_lines(one, one["judgement"]))
        if one.get("wording"):
            blocks.append(text(one["wording"], lang="zh-Hans"))
        blocks.append(listing("sentences", _sentences(one)))
    return blocks or [text(_("The plan sets no targets."))]


def _sentences(one: Sheet) -> Iterator[Line]:
    """Yield what is said of a target: sentences, the fraction, the things counted, the baseline."""
    yield from (line(words) for words in one["sentences"])
    if one["unit"] == "ratio" and one["numerator"] is not None:
        said = {"clusters": large(one["numerator"]), "province": large(one["denominator"])}
        fraction = (
            _("%(clusters)s of the clusters ÷ %(province)s of all cities that reported") % said
        )
        yield line(f"{fraction} ({one['accepted']}/{one['expected']}){stop()}")
    if one.get("things"):
        yield line(semicolon().join(_thing(thing) for thing in one["things"]))
    if one.get("baseline"):
        baseline = one["baseline"]
        value = with_word(measure(baseline["value"], one["unit"]), one.get("unit_word"))
        yield line(
            _("Baseline: %(value)s in %(period)s (%(source)s).")
            % {
                "value": value,
                "period": quarter(baseline["period"]),
                "source": baseline["source"],
            }
        )
    else:
        yield line(_("No baseline has been published."))


def _thing(thing: Sheet) -> str:
    """Return a cluster or park that a target counts, with what shows that it is established."""
    said = [status_word(thing["status"]), *filter(None, [thing.get("evidence")])]
    return f"{thing['name']} ({comma().join(said)})"


def _missing(sheet: Sheet) -> list[Block]:
    if sheet["missing"]:
        return [listing("bullets", (line(words) for words in sheet["missing"]))]
    return [text(_("Nothing: everything that the assessment rests on has been reported."))]


def _evidence(sheet: Sheet) -> list[Block]:
    title = _("Evidence: the workbooks of the last quarter")
    columns = [
        (_("City"), "name"),
        (headed(_("Output value"), unit("large")), "number"),
        (_("Version"), "number"),
        (_("In force since"), "day"),
        (_("Counts for"), "text"),
        (_("SHA-256 begins with"), "text"),
    ]
    return [table(title, columns, map(_workbook, sheet["evidence"]))]


def _workbook(one: Sheet) -> Sequence[str | Piece]:
    """Return a city's row: its output value, and the workbook in force or what became of it."""
    value = in_large(one["output_value"])
    sent = one["submission"]
    if not sent:
        return one["name"], value, NONE, NONE, NONE, status(one.get("state") or "missing")
    counts = []
    if one["counts_for_share"]:
        counts.append(_("share"))
    if one["counts_for_firms"]:
        counts.append(pgettext("a target", "firms"))
    since = _since(sent)
    begins = Piece(sent["sha256"][:HASH_BEGINS], "hash")
    return one["name"], value, str(sent["version"]), since, comma().join(counts), begins


def _since(version: Sheet) -> str:
    """Return since when a version's figures count, with the mark of what was back-filled."""
    marked = mark_words(version["published_at"], version.get("recorded_at"))
    return " · ".join(filter(None, (day(version["published_at"]), marked)))


def _restatements(sheet: Sheet) -> list[Block]:
    if not sheet["restatements"]:
        return [text(_("None."))]
    wan = unit("wan")
    amounts = (_("Output value before"), _("Output value after"), _("Difference"))
    columns = [
        (_("City"), "name"),
        (_("Period"), "day"),
        (_("Version"), "number"),
        (_("In force since"), "day"),
        *((headed(heading, wan), "amount") for heading in amounts),
        (_("After the plan's end"), "text"),
    ]
    late, in_time = _("yes,–").split(",")
    rows = [
        (
            one["city"],
            quarter(one["period"]),
            str(one["version"]),
            _since(one),
            in_wan(one["before"]),
            in_wan(one["after"]),
            NONE if one["difference"] is None else _signed_wan(one["difference"]),
            late if one["after_deadline"] else in_time,
        )
        for one in sheet["restatements"]
    ]
    return [table(_("Restatements"), columns, rows)]


def _signed_wan(change: Decimal) -> str:
    return with_sign(change, in_wan(change))


def _clusters(sheet: Sheet) -> list[Block]:
    blocks: list[Block] = []
    for cluster in sheet["clusters"]:
        blocks.append(Block("subheading", (line(cluster["name"]),)))
        blocks.append(listing("bullets", map(_category, cluster["categories"])))
    return blocks or [text(_("The plan has no clusters."))]


def _category(part: Sheet) -> Line:
    """Return a part of a cluster: how many are in operation, and which are not."""
    said = operating_words(part["operating"], part.get("evidenced"), part["planned"])
    parts: list[str | Piece] = [part["name"], colon(), said]
    for at, block in enumerate(part["unmet"]):
        parts.append(comma() if at else pgettext("between clauses", "; not in operation: "))
        parts += _unmet(block)
    return line(*parts)


def _unmet(block: Sheet) -> list[str | Piece]:
    """Return a block that is not in operation: its status, dates, and how late it is."""
    said: list[str | Piece] = [status(block["status"] or "not_known")]
    # Not there in a paper of before it was kept.
    light = block.get("light")
    if light and light["held_to"] != block["planned_on"]:
        said.append(_("held to %(day)s") % {"day": day(light["held_to"])})
    if block["planned_on"]:
        said.append(_("planned for %(day)s") % {"day": day(block["planned_on"])})
    parts = [f"{block['name']} (", *and_then(said, comma())]
    if light:
        parts += [comma(), status(light["status"]), _days(light)]
    return [*parts, ")"]


def _days(light: Sheet) -> str:
    """Return by how many days a block is late, or how many are left; empty if neither is said."""
    late, left = light["days_late"], light["days_left"]
    if late and light["at_least"]:
        said = ngettext("at least %(days)s day", "at least %(days)s days", late) % {"days": late}
    elif late:
        said = ngettext("%(days)s day", "%(days)s days", late) % {"days": late}
    elif light["status"] == "due_soon" and left:
        said = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    else:
        return ""
    return f" {said}"


def _places(sheet: Sheet) -> Iterator[Block]:
    """Yield the parks' figures and the register."""
    title = _("Parks and enterprises")
    wan = unit("wan")
    columns = [
        (_("Park"), "name"),
        (_("City"), "text"),
        (headed(_("Output value"), wan), "number"),
        (headed(_("Revenue"), wan), "number"),
        (headed(_("Investment completed"), wan), "number"),
        (_("Firms"), "number"),
    ]
    yield table(title, columns, map(_park, sheet["parks"]))
    if sheet["parks_withheld"]:
        yield Block("note", (line(why_withheld()),))
    numbers = {
        name: count(sheet["enterprises"][name], "firms") for name in ("registered", "reporting")
    }
    register = _("Register: %(registered)s; reporting this period: %(reporting)s.") % numbers
    yield text(register, " ", tiers(sheet))


def _park(one: Sheet) -> Sequence[str | Cell]:
    if one.get("withheld"):
        return one["name"], one["city"], *[withheld_cell(why_withheld())] * 4
    amounts = (in_wan(one[name]) for name in ("output_value", "revenue", "investment"))
    return one["name"], one["city"], *amounts, count(one["firms"])


def _changes(sheet: Sheet) -> list[Block]:
    previous = sheet["previous"]
    last = _("Last assessment: %(number)s of %(day)s.") % {
        "number": previous["number"],
        "day": day(previous["issued_at"]),
    }
    if not sheet["changes"]:
        return [text(last, " ", _("No figure has changed."))]
    return [
        text(last),
        changes_table(sheet["changes"], previous["number"], _("This assessment")),
    ]
