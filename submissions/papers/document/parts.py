"""What both papers have: head and foot, a target's first line, notes, tiers, what has changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.formatting import (
    count,
    cumulative,
    day,
    measure,
    moment,
    money,
    not_reported,
    percent,
    percent_against,
    points,
    quarter,
    signed,
    signed_money,
    with_word,
)
from submissions.papers.document.blocks import (
    NONE,
    Block,
    More,
    PaperPages,
    Piece,
    line,
    listing,
    status,
    strong,
    table,
    text,
)
from submissions.papers.document.words import RANGES, measure_word, range_of_paper


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


def paper(
    sheet: Mapping[str, Any],
    *,
    label: str,
    title: str,
    one_page: bool,
    sections: Iterable[Iterable[Block]],
    foot: str,
) -> PaperPages:
    """Return a paper of its sections, with head and foot. sheet is the frozen data as shown()."""
    mark = line(Piece("示例数据", "mark"), " ", _("All enterprises and figures are made up."))
    hashed = [line(Piece(f"SHA-256 {sheet['sha256']}", "hash"))] if sheet["sha256"] else []
    return PaperPages(
        label=label,
        title=title,
        subtitle=sheet["plan"]["title"] if sheet["plan"] else "",
        one_page=one_page,
        draft="" if sheet.get("number") else pgettext("watermark", "Draft"),
        mark=mark if sheet["demonstration"] else None,
        head=_head(sheet),
        sections=tuple(tuple(one) for one in (*answer_section(sheet), *sections)),
        foot=(line(foot), line(_rests_on(sheet)), *hashed),
    )


def answer_section(sheet: Mapping[str, Any]) -> list[list[Block]]:
    """Return the section of how all targets stand; none of a paper issued before it was said."""
    return [[text(strong(sheet["answer"]))]] if sheet.get("answer") else []


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


def target_lines(one: Mapping[str, Any], standing: str) -> Block:
    """Return a target's first line: how it stands, its figure or estimate, what is expected."""
    parts: list[str | Piece] = [
        status(standing), " ", strong(one["name"]), colon(), strong(_figure(one)),
    ]  # fmt: skip
    if one.get("expected_standing"):
        parts += [" ", status(f"expected_{one['expected_standing']}")]
    if one.get("projection") is not None:
        value = with_word(measure(one["projection"], one["unit"]), one.get("unit_word"))
        parts.append(" " + _("(expected for the year: %(value)s)") % {"value": value})
    if not one.get("shown") and one.get("provisional") and one["value"] is not None:
        said = {"accepted": one["accepted"], "expected": one["expected"]}
        parts.append(" " + _("(of %(accepted)s/%(expected)s cities)") % said)
    if one.get("moved_target"):
        parts.append(f" · {one['moved_target']}")
    return Block("target", (line(*parts),))


def _figure(one: Mapping[str, Any]) -> str:
    """Return a target's figure; papers issued before 2026-11-30 have no ranges."""
    value = one["value"]
    if one.get("shown"):
        is_estimate = one.get("estimate") and value is None
        return one["shown"] + (_(" (estimate)") if is_estimate else "")
    if value is None:
        return not_reported()
    if one["unit"] == "ratio" and one.get("target"):
        return percent_against(value, one["target"]["value"])
    return with_word(measure(value, one["unit"]), one.get("unit_word"))


def note_blocks(notes: Sequence[Mapping[str, Any]], more: int = 0) -> list[Block]:
    """Return the explanations of figures, and how many more there are than have room."""
    lines = [
        line(
            _("%(name)s: %(text)s (%(by)s, %(day)s)")
            % {"name": one["name"], "text": one["text"], "by": one["by"], "day": day(one["at"])}
        )
        for one in notes
    ]
    words = [
        ngettext(
            "%(number)s more explanation; see the tracker.",
            "%(number)s more explanations; see the tracker.",
            number,
        ) % {"number": "{number}"}
        for number in (1, 2)
    ]  # fmt: skip
    left_out = Block("more", more=More("notes", more, *words))
    return [listing("bullets", lines, "notes"), left_out] if lines else [left_out]


def tiers(sheet: Mapping[str, Any]) -> str:
    """Return how many enterprises each tier has, as a sentence."""
    each = [
        f"{one['name']} {count(one['number'], 'firms')}" for one in sheet["enterprises"]["tiers"]
    ]
    return semicolon().join(each) + stop() if each else ""


def changes_table(
    rows: Iterable[Mapping[str, Any]], before: str, after: str, spare: str = ""
) -> Block:
    """
    Return what differs in two papers, figure by figure.

    rows are of submissions.papers.paper_sheet.changes_shown; before and after name the two papers.
    """
    columns = [
        (_("Figure"), "name"), (before, "number"), (after, "number"), (_("Difference"), "number"),
    ]  # fmt: skip
    made = [
        (
            f"{one['thing']}{colon()}{measure_word(one['measure'])}",
            *(
                _changed(one[end], one["kind"], one["no_figure"][end])
                for end in ("before", "after")
            ),
            _difference(one["difference"], one["kind"]),
        )
        for one in rows
    ]
    return table(_("Difference"), columns, made, spare)


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
