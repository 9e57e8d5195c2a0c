"""The targets of a paper: a row for each with its picture, what stands beside, who signs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.formatting import (
    measure,
    not_reported,
    percent_against,
    quarter,
    with_word,
)
from foundation.language import in_chinese
from indicators.verdict.range_words import condition_words
from submissions.papers.document.blocks import (
    Block,
    Cell,
    Piece,
    cell,
    line,
    listing,
    status,
    strong,
    table,
    text,
)
from submissions.papers.document.parts import colon, comma, semicolon, stop
from submissions.papers.document.picture import Picture, Point, picture, points_of
from submissions.papers.document.words import range_of_paper

Target = Mapping[str, Any]


def target_blocks(targets: Sequence[Target], standing: str, named: str = "name") -> list[Block]:
    """
    Return the targets of a paper: a table with a row for each, and what stands beside in short.

    standing and named are the data of a target that say how it stands and what it is called. A
    paper issued before quarters were frozen has its sentences as they were.
    """
    if not targets:
        return [text(_("The plan sets no targets."))]
    if not all("series" in one for one in targets):
        return [block for one in targets for block in _in_sentences(one, standing)]
    said = [
        line(strong(one["short_name"]), colon(), one["beside"]) for one in targets if one["beside"]
    ]
    blocks = [_target_table(targets, standing, named)]
    if said:
        blocks.append(listing("bullets", said))
    if legend := _legend(targets):
        blocks.append(text(legend))
    return blocks


def target_lines(one: Target, standing: str) -> Block:
    """Return a target's first line: how it stands, its figure or estimate, what is expected."""
    parts: list[str | Piece] = [
        status(standing), " ", strong(one["name"]), colon(), strong(_figure(one)),
    ]  # fmt: skip
    if one.get("expected_standing"):
        parts += [" ", status(f"expected_{one['expected_standing']}")]
    if one.get("projection") is not None:
        parts.append(" " + _projected(one))
    if not one.get("shown") and one.get("provisional") and one["value"] is not None:
        said = {"accepted": one["accepted"], "expected": one["expected"]}
        parts.append(" " + _("(of %(accepted)s/%(expected)s cities)") % said)
    if one.get("moved_target"):
        parts.append(f" · {one['moved_target']}")
    return Block("target", (line(*parts),))


def _in_sentences(one: Target, standing: str) -> list[Block]:
    return [
        target_lines(one, one[standing]),
        listing("sentences", (line(words) for words in one["sentences"])),
    ]


def _projected(one: Target) -> str:
    value = with_word(measure(one["projection"], one["unit"]), one.get("unit_word"))
    return _("(expected for the year: %(value)s)") % {"value": value}


def _figure(one: Target) -> str:
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


# ---- the table ---------------------------------------------------------------------------


def _target_table(targets: Sequence[Target], standing: str, named: str) -> Block:
    """Return the table of the targets; without a picture of any it has no column for them."""
    columns = [
        (pgettext("of a paper", "Target"), "name"),
        (_("Figure or range"), "text"),
        (pgettext("of a target", "Standing"), "text"),
    ]
    rows = [_row(one, standing, named) for one in targets]
    if _has_pictures(targets):
        columns.append((_quarters(targets), "picture"))
        rows = [(*row, Cell(picture=_picture(one))) for row, one in zip(rows, targets, strict=True)]
    return table(_("Targets"), columns, rows)


def _has_pictures(targets: Sequence[Target]) -> bool:
    return any(_picture(one) for one in targets)


def _quarters(targets: Sequence[Target]) -> str:
    """Return of which years the pictures' quarters are."""
    years = {point.quarter.year for one in targets for point in points_of(one["series"])}
    if len(years) == 1:
        return _("Quarters of %(year)s") % {"year": years.pop()}
    return _("Quarters %(first)s–%(last)s") % {"first": min(years), "last": max(years)}


def _row(one: Target, standing: str, named: str) -> tuple[Cell, ...]:
    """Return a target's row: its name and line, figures, and standings."""
    names = cell(line(strong(one[named])), line(one["goal"]), line(one.get("moved_target") or ""))
    certain = one["certain_words"] if one["provisional"] and not one["is_on_record"] else ""
    projected = _projected(one) if one["projection"] is not None else ""
    figures = cell(line(strong(_figure(one))), line(certain or ""), line(projected))
    lean = one["expected_standing"]
    standings = cell(
        line(status(one[standing])), line(status(f"expected_{lean}")) if lean else line()
    )
    return names, figures, standings


def _picture(one: Target) -> Picture | None:
    goal = one["target"]
    said = [
        f"{quarter(str(point.quarter))} {_value(point, one)}" for point in points_of(one["series"])
    ]
    label = f"{one['short_name']}{colon()}{comma().join(said)}"
    return picture(one["series"], goal["value"] if goal else None, label)


def _value(point: Point, one: Target) -> str:
    """Return a quarter's figure or range in words; a dash if neither is known."""
    return value_words(point, one) or "–"


def value_words(point: Point, one: Target) -> str:
    """Return a quarter's figure, or its range; empty if neither is known."""
    if point.value is not None:
        return measure(point.value, one["unit"])
    if point.low is None or point.high is None:
        return ""
    kind = {"yuan": "amount"}.get(one["unit"], one["unit"])
    return range_of_paper(f"{point.low:f}..{point.high:f}", f"{kind}_range")


def _legend(targets: Sequence[Target]) -> str:
    """Return what the pictures draw, and on which condition the certain ranges hold."""
    sentences = []
    if _has_pictures(targets):
        pictures = _(
            "Pictures: a line for complete quarters, dashed for the target, a bar for a range"
        )
        sentences.append(semicolon().join([pictures, *bases(targets)]) + stop())
    if any(one["provisional"] and not one["is_on_record"] and _is_known(one) for one in targets):
        condition = {"condition": condition_words()}
        sentences.append(_("“At least” and “at most”: %(condition)s.") % condition)
    return ("" if in_chinese() else " ").join(sentences)


def _is_known(one: Target) -> bool:
    """Return whether anything is certain of a target."""
    return any(one["certain"][end] is not None for end in ("low", "high"))


def bases(targets: Sequence[Target]) -> list[str]:
    """Return what the series of targets are of, a clause each, but for the plain state."""
    clauses = []
    for basis, words in _basis_words().items():
        those = [one["short_name"] for one in targets if one["series"]["basis"] == basis]
        if those:
            clauses.append(words % {"targets": comma().join(those)})
    return clauses


def _basis_words() -> dict[str, str]:
    """Return what each basis of a series but the plain state means, with %(targets)s in it."""
    return {
        "four_quarters": _("%(targets)s of the last four quarters together"),
        "year": _("%(targets)s from January to the quarter's end"),
    }


# ---- who signs ----------------------------------------------------------------------------


def signatures() -> Block:
    """Return the lines on which those who answer for a paper sign by hand."""
    who = (_("Prepared by"), _("Checked by"), _("Signed by"), _("Date"))
    return Block("signatures", tuple(line(one) for one in who))
