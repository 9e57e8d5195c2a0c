"""What both papers have: head and foot, a target's first line, notes, tiers, what has changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.formatting import (
    count,
    cumulative,
    day,
    moment,
    money,
    not_reported,
    percent,
    points,
    quarter,
    signed,
    signed_money,
)
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Cell,
    PaperPages,
    Piece,
    cell,
    heading,
    line,
    listing,
    status,
    table,
)
from submissions.papers.document.words import RANGES, measure_word, range_of_paper
from submissions.papers.paper_sheet import ENDS

# So many signs of the chain's hash stand at the foot; the page of a publication has them all.
HASH_BEGINS = 12


def stop() -> str:
    """Return the end of a sentence."""
    return pgettext("end of sentence", ".")


def comma() -> str:
    """Return what stands between things of a list."""
    return pgettext("between cities", ", ")


def semicolon() -> str:
    """Return what stands between clauses."""
    return pgettext("between clauses", "; ")


def colon() -> str:
    """Return what stands between a thing and its measure."""
    return pgettext("thing and measure", ": ")


def headed(words: str, unit: str) -> str:
    """Return a column's heading with the unit of its figures."""
    return _("%(heading)s (%(unit)s)") % {"heading": words, "unit": unit}


def numbered(titles_and_blocks: Iterable[tuple[str, Iterable[Block]]]) -> list[list[Block]]:
    """Return sections of titles and blocks, each under its title with the next number."""
    numerals = pgettext("numerals of sections", "1 2 3 4 5 6 7 8 9 10").split()
    return [
        [heading(_("%(number)s. %(title)s") % {"number": number, "title": title}), *blocks]
        for number, (title, blocks) in zip(numerals, titles_and_blocks, strict=False)
    ]


def paper(
    sheet: Mapping[str, Any],
    *,
    label: str,
    title: str,
    first: Iterable[Iterable[Block]],
    further: Iterable[Iterable[Block]] = (),
    foot: str,
) -> PaperPages:
    """
    Return a paper of its sections, with head and foot. sheet is the frozen data as shown().

    Its datum "answer", if it has one, is the one sentence before everything else.
    """
    mark = line(Piece("示例数据", "mark"), " ", _("All enterprises and figures are made up."))
    answer = [(Block("answer", (line(sheet["answer"]),)),)] if sheet.get("answer") else []
    hashed = [line(Piece(f"SHA-256 {sheet['sha256']}", "hash"))] if sheet["sha256"] else []
    return PaperPages(
        label=label,
        title=title,
        subtitle=sheet["plan"]["title"] if sheet["plan"] else "",
        draft="" if sheet.get("number") else pgettext("watermark", "Draft"),
        mark=mark if sheet["demonstration"] else None,
        head=_head(sheet),
        first=(*answer, *(tuple(one) for one in first)),
        further=tuple(tuple(one) for one in further),
        foot=(line(foot), line(_rests_on(sheet)), *hashed),
    )


def _head(sheet: Mapping[str, Any]) -> tuple[str, ...]:
    """Return number, period, and who issued it on what day."""
    if sheet.get("number"):
        number = _("No. %(number)s") % {"number": sheet["number"]}
    else:
        number = _("Draft, without a number")
    period = _("%(period)s (%(months)s, cumulative)") % {
        "period": quarter(sheet["period"]),
        "months": cumulative(sheet["period"]),
    }
    if sheet.get("issued_at"):
        dated = day(sheet["issued_at"])
    else:
        dated = _("as known on %(day)s") % {"day": day(sheet["as_of"])}
    unit = sheet.get("issuing_unit")
    return number, period, f"{unit} · {dated}" if unit else dated


def _rests_on(sheet: Mapping[str, Any]) -> str:
    """Return what a paper rests on: day, data version, who issued it, which one it follows."""
    said = [_("As known on %(day)s.") % {"day": day(sheet["as_of"])}]
    if sheet["snapshot"]["publication"]:
        said.append(
            _("Data version: publication %(number)s of %(moment)s.")
            % {
                "number": sheet["snapshot"]["publication"],
                "moment": moment(sheet["snapshot"]["published_at"]),
            }
        )
        said += _chain(sheet["snapshot"].get("chain"))
    else:
        said.append(_("Nothing had been published."))
    if sheet.get("number"):
        said.append(
            _("Issued on %(moment)s by %(name)s.")
            % {"moment": moment(sheet["issued_at"]), "name": sheet["issued_by"]}
        )
    if sheet.get("previous"):
        said.append(_("It follows %(number)s.") % {"number": sheet["previous"]["number"]})
    return " ".join(said)


def _chain(head: Mapping[str, Any] | None) -> list[str]:
    """Return the head of the chain of publications; nothing in a paper older than the chain."""
    if head is None:
        return []
    named = {
        "number": head["sequence"],
        "hash": head["hash"][:HASH_BEGINS],
        "moment": moment(head["recorded_at"]),
    }
    return [_("Chain of figures: no. %(number)s, %(hash)s…, recorded %(moment)s.") % named]


def note_blocks(notes: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return the explanations of figures."""
    lines = [
        line(
            _("%(name)s: %(text)s (%(by)s, %(day)s)")
            % {"name": one["name"], "text": one["text"], "by": one["by"], "day": day(one["at"])}
        )
        for one in notes
    ]
    return [listing("bullets", lines)]


def tiers(sheet: Mapping[str, Any]) -> str:
    """Return how many enterprises each tier has, as a sentence."""
    each = [
        f"{one['name']} {count(one['number'], 'firms')}" for one in sheet["enterprises"]["tiers"]
    ]
    return semicolon().join(each) + stop() if each else ""


def changes_table(rows: Iterable[Mapping[str, Any]], before: str, after: str) -> Block:
    """
    Return what differs in two papers, a line for each figure.

    rows are of submissions.papers.paper_sheet.changes_shown; before and after name the two papers.
    """
    made = [
        (
            f"{one['thing']}{colon()}{measure_word(one['measure'])}",
            *(_changed(one[end], one["kind"], one["no_figure"][end]) for end in ENDS),
            _difference(one["difference"], one["kind"]),
        )
        for one in rows
    ]
    return table(_("Difference"), _change_columns(before, after), made)


def changes_in_short(rows: Iterable[Mapping[str, Any]], before: str, after: str) -> Block:
    """
    Return what differs in two papers, a row for each target and for each other figure.

    Of a target its standing and its figure or estimate; other figures only where these are as
    they were.
    """
    things: dict[str, list[Mapping[str, Any]]] = {}
    for one in rows:
        target, _colon, _measure = one["key"].rpartition(":")
        key = target if target.startswith("target:") else one["key"]
        things.setdefault(key, []).append(one)
    made = [_changes_of(every) for every in things.values()]
    return table(_("Difference"), _change_columns(before, after), made)


def _change_columns(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (_("Figure"), "name"), (before, "number"), (after, "number"), (_("Difference"), "number"),
    ]  # fmt: skip


STANDINGS, HEADLINES = ("standing", "judgement"), ("value", "estimate")


def _changes_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Cell | str, ...]:
    """Return the row of one thing: its name, its figures before and after, the difference."""
    standings = [one for one in rows if one["measure"] in STANDINGS]
    others = [one for one in rows if one["measure"] not in STANDINGS]
    figures = [one for one in others if one["measure"] in HEADLINES] or others
    name = str(rows[0]["thing"])
    if not rows[0]["key"].startswith("target:"):
        name += colon() + measure_word(rows[0]["measure"])
    told = [_told([*standings, *figures], end) for end in ENDS]
    by = next((one for one in figures if one["difference"] is not None), None)
    return name, *told, _difference(by["difference"], by["kind"]) if by else NONE


def _told(rows: Iterable[Mapping[str, Any]], end: str) -> Cell | str:
    """Return what is known at one end of changes of one thing; a dash for nothing."""
    said: list[str | Piece] = []
    for one in rows:
        if one[end] is not None:
            named = one["measure"] in ("certain", "projection")
            what = measure_word(one["measure"]) + colon() if named else ""
            said += [" " if said else "", what, _changed(one[end], one["kind"], "")]
    return cell(line(*said)) if said else NONE


def _changed(value: Any, kind: str, why: str) -> str | Piece:
    """Return a figure before or after a change; why says why there is none (changes_shown)."""
    if why:
        return {
            "year_over": _("the year is over"), "incomplete": _("not complete"), "absent": NONE,
        }[why]  # fmt: skip
    if kind in RANGES:
        return range_of_paper(value, kind)
    if value is None:
        return NONE if kind == "expected" else not_reported()
    if kind in ("status", "expected"):
        return status(value if kind == "status" else f"expected_{value}")
    if kind == "ratio":
        return percent(value, 2)
    return money(value) if kind == "amount" else count(value)


def _difference(change: Any, kind: str) -> str:
    if change is None:
        return NONE
    if kind == "ratio":
        return points(change, 2)
    return signed_money(change) if kind == "amount" else signed(change)
