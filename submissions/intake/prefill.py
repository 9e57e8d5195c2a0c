"""Collects what the pre-filled workbook contains: register, earlier figures, remarks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.models import BlockCategory, BlockReturn, City, CityReturn, ReportingPeriod
from enterprises.models import Enterprise, EnterpriseReturn
from foundation.language import quarter_name
from foundation.quarters import Quarter
from measures.reporting.city_steps import CityStep, steps_of
from parks.models import Park, ParkReturn
from submissions.models import StagedRow, Submission
from submissions.rules.block_status import STANDARD_WORDS, WORDS
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.rules.task_steps import STANDARD_WORDS as STATE_WORDS
from submissions.rules.task_steps import WORDS as TASK_WORDS
from submissions.rules.template_signature import stamp
from submissions.validation.findings_list import answer_of
from submissions.workbook.layout import (
    BLOCKS,
    CITY,
    CITY_MEASURES,
    DUE_NOW,
    ENTERPRISES,
    LAST_QUARTER,
    LAST_YEAR,
    PARKS,
    TABLES,
    TASKS,
    CellKind,
    reference_headings,
)
from submissions.workbook.template.facts import (
    Given,
    RuleText,
    TemplateFacts,
    TemplateLine,
    TemplateWording,
)
from submissions.workbook.template.writer import NIL_CELL

# What the instructions list of what is checked; the page of rules has all of it.
FREQUENT = (
    *("E142", "E146", "E150", "E151", "E153", "E180", "E184", "E187"),
    *("W152", "W157", "W159", "W160"),
)

# (kind, key) -> field -> remark.
Remarks = dict[tuple[str, str], dict[str, str]]


def facts_for(
    city: City, period: ReportingPeriod, moment: datetime | None = None, *, nil: str = ""
) -> TemplateFacts:
    """
    Return what the template of a city and a period holds, as of a moment; without one, now.

    At most 23 queries, however many enterprises the city has. Sheets of parks, clusters and tasks
    are there for cities that have some. `nil` is why the city has nothing to report, if so.
    """
    moment = moment or timezone.now()
    quarter = period.quarter
    remarks, general = _remarks(city, period)
    parks = list(Park.objects.filter(city=city).values_list("pk", "name"))
    categories = list(
        BlockCategory.objects.filter(cluster__city=city)
        .prefetch_related("blocks")
        .order_by("cluster", "position")
    )
    lines = {
        CITY.kind: _city_lines(city, quarter, moment, remarks),
        ENTERPRISES.kind: _enterprise_lines(city, quarter, moment, remarks),
    }
    if parks:
        lines[PARKS.kind] = _park_lines(parks, quarter, moment, remarks)
    if categories:
        lines[BLOCKS.kind] = _block_lines(city, categories, quarter, moment, remarks)
    if steps := [step for step in steps_of(city, period, moment) if step.is_open]:
        lines[TASKS.kind] = _task_lines(steps, remarks)
    left = [f"{key}: {text}" for (_kind, key), texts in remarks.items() for text in texts.values()]
    return TemplateFacts(
        title=_("Quarterly workbook of %(city)s, %(period)s")
        % {"city": city.name, "period": quarter_name(quarter)},
        reporter=f"{city.name}生态环境局",
        period=f"{quarter.year}年1—{quarter.last_day.month}月",
        stamp=stamp(city, period),
        lines=lines,
        parks=[name for _pk, name in parks],
        statuses=list(STANDARD_WORDS),
        contents=[block.content for each in categories for block in each.blocks.all()],
        categories=[each.name for each in categories],
        states=STATE_WORDS if steps else [],
        instructions=_instructions(period, has_tasks=bool(steps)),
        in_year=quarter.quarter > 1,
        nil=nil,
        rules=_rules(),
        remarks=general + left,
        wording=_wording(),
    )


def _instructions(period: ReportingPeriod, *, has_tasks: bool) -> list[str]:
    """Return what to do, a sentence each."""
    said = [
        _(
            "Fill in the white cells; columns marked * must be filled in. Grey cells, with earlier "
            "figures and checks, are not read."
        ),
        _("All amounts are in 万元 and cumulative from 1 January to the end of the quarter."),
        _("Leave a cell blank if the figure is not known. Write 0 only if it is zero."),
        _(
            "Add enterprises that are not listed beneath the last line. Rows may be sorted and "
            "deleted, columns moved; do not rename sheets or headings."
        ),
        _(
            "Of an enterprise without business, or that has closed or moved away, leave all "
            "figures blank and choose 本季度无业务, 停业（注销） or 迁出 in 说明."
        ),
        _(
            "If the whole city has nothing to report, write the reason into cell %(cell)s of "
            "城市汇总, behind 本期无数据：, and leave everything else as it is."
        )
        % {"cell": NIL_CELL},
        _("Answer what is unusual in the row's 说明, with the reason and not with a stock phrase."),
        _("Checks and totals are calculated while you type; red words say what to look at."),
        _("Save as .xlsx and upload it. You get the file back with every finding in its cell."),
        _("Due on %(day)s.") % {"day": date_format(period.due_on)},
    ]
    if has_tasks:
        of_tasks = _(
            "In 任务进展 choose 状态 for each step and say in 进展说明 what was done this quarter. "
            "What is 已完成 needs 完成日期 and 佐证材料, what is 需协调 needs 需协调事项."
        )
        said.insert(-1, of_tasks)
    if settings.CONTACT:
        said.append(_("Questions: %(contact)s") % {"contact": settings.CONTACT})
    return said


def _rules() -> list[RuleText]:
    """Return the most frequent findings, in the words of the catalogue."""
    return [
        RuleText(
            code,
            str(Severity(CATALOGUE[code].severity).label),
            CATALOGUE[code].general_message,
            CATALOGUE[code].general_remedy,
        )
        for code in FREQUENT
    ]


def _wording() -> TemplateWording:
    """Return the template's words in the reader's language."""
    return TemplateWording(
        number_title=_("Please check"),
        number=_("Write a number that is not below 0. Leave the cell blank if there is none."),
        code=_("Write the unified social credit code, 18 characters."),
        listed=_("Choose from the list, or write the name as it is registered."),
        instructions=_("How to fill it in"),
        remarks=_("Remarks of the reviewer"),
        totals=_("Total, while you type"),
        nil=_(
            "If the whole city has nothing to report this quarter, write the reason here and leave "
            "all other cells as they are."
        ),
        unfilled=_("not filled in"),
        below_lines=_("below the sum of the lines"),
        below_last_quarter=_("below last quarter"),
        rules=_("The most frequent findings after the upload"),
        rule_headings=(_("Code"), _("Level"), _("What is wrong"), _("What to do")),
    )


# ---- the tables --------------------------------------------------------------------------


def _times(quarter: Quarter) -> dict[str, str]:
    """Return the period of each reference time: prefix of its heading -> quarter."""
    return {LAST_QUARTER: str(quarter.previous()), LAST_YEAR: str(quarter.year_earlier())}


def _earlier(returns, key: str, fields: Iterable[str], quarter: Quarter, moment: datetime) -> dict:
    """Return (period, key) -> figures by field, of the two quarters to compare with."""
    fields = list(fields)
    rows = (
        returns.as_of(moment)
        .filter(period__code__in=_times(quarter).values())
        .values_list("period__code", key, *fields)
    )
    return {
        (period, about): dict(zip(fields, figures, strict=True)) for period, about, *figures in rows
    }


def _references(kind: str, key: object, quarter: Quarter, earlier: dict) -> dict[str, Given]:
    """Return the values of a line's reference columns by heading."""
    times = _times(quarter)
    return {
        heading: earlier.get((times[time], key), {}).get(field)
        for heading, field in reference_headings(TABLES[kind]).items()
        for time in times
        if heading.startswith(time)
    }


def _city_lines(
    city: City, quarter: Quarter, moment: datetime, remarks: Remarks
) -> list[TemplateLine]:
    """Return the six rows of 城市汇总, with 上年同期 as it was accepted a year ago."""
    returns = CityReturn.objects.filter(city=city)
    earlier = _earlier(returns, "city__code", CITY_MEASURES, quarter, moment)
    times = _times(quarter)
    before = earlier.get((times[LAST_QUARTER], city.code), {})
    year_before = earlier.get((times[LAST_YEAR], city.code), {})
    return [
        TemplateLine(
            {"measure": measure.heading, "last_year": year_before.get(field)},
            {f"{LAST_QUARTER}累计": before.get(field)},
            unit="万元" if measure.kind is CellKind.MONEY else measure.unit,
            remarks=remarks.pop((CITY.kind, field), {}),
        )
        for field, measure in CITY_MEASURES.items()
    ]


def _enterprise_lines(
    city: City, quarter: Quarter, moment: datetime, remarks: Remarks
) -> list[TemplateLine]:
    """Return a line for each of the city's enterprises that is not closed."""
    fields = set(reference_headings(ENTERPRISES).values())
    earlier = _earlier(
        EnterpriseReturn.objects.filter(enterprise__city=city),
        "enterprise__credit_code",
        fields,
        quarter,
        moment,
    )
    year_before = _times(quarter)[LAST_YEAR]
    given = [(c.field, c.a_year_before) for c in ENTERPRISES.columns if c.a_year_before]
    firms = Enterprise.objects.filter(city=city).exclude(status=Enterprise.RegisterStatus.CLOSED)
    return [
        TemplateLine(
            {
                "credit_code": code,
                "name": name,
                "park": park,
            }
            | {field: earlier.get((year_before, code), {}).get(about) for field, about in given},
            _references(ENTERPRISES.kind, code, quarter, earlier),
            remarks=remarks.pop((ENTERPRISES.kind, code), {}),
        )
        for code, name, park in firms.order_by("credit_code").values_list(
            "credit_code", "name", "park__name"
        )
    ]


def _park_lines(
    parks: list[tuple[int, str]], quarter: Quarter, moment: datetime, remarks: Remarks
) -> list[TemplateLine]:
    """Return a line for each of the city's parks."""
    returns = ParkReturn.objects.filter(park__in=[pk for pk, _name in parks])
    fields = set(reference_headings(PARKS).values())
    earlier = _earlier(returns, "park__name", fields, quarter, moment)
    return [
        TemplateLine(
            {"park": name},
            _references(PARKS.kind, name, quarter, earlier),
            remarks=remarks.pop((PARKS.kind, name), {}),
        )
        for _pk, name in parks
    ]


def _block_lines(
    city: City,
    categories: list[BlockCategory],
    quarter: Quarter,
    moment: datetime,
    remarks: Remarks,
) -> list[TemplateLine]:
    """Return a line for each building block, with name, status and dates of the last quarter."""
    returns = BlockReturn.objects.filter(block__category__cluster__city=city)
    fields = ("name", "status", "planned_on", "actual_on")
    earlier = _earlier(returns, "block_id", fields, quarter, moment)
    before = _times(quarter)[LAST_QUARTER]
    words = {str(status): said[0] for status, said in WORDS.items()}
    lines = []
    for category in categories:
        for block in category.blocks.all():
            known = earlier.get((before, block.pk), {})
            lines.append(
                TemplateLine(
                    {
                        "content": block.content,
                        "category": category.name,
                        "name": known.get("name") or block.name,
                        "planned_on": known.get("planned_on"),
                        "actual_on": known.get("actual_on"),
                    },
                    {f"{LAST_QUARTER}状态": words.get(known.get("status"))},
                    remarks=remarks.pop((BLOCKS.kind, block.content), {}),
                )
            )
    return lines


def _task_lines(steps: list[CityStep], remarks: Remarks) -> list[TemplateLine]:
    """Return a line for each open step, with what was last reported of it."""
    lines = []
    for step in steps:
        node, last = step.node, step.last
        lines.append(
            TemplateLine(
                {
                    "number": node.task.number,
                    "task": node.task.wording,
                    "step": node.what,
                    "standard": node.task.standard,
                    "first_due": node.first_due,
                    "node": node.key,
                },
                {
                    DUE_NOW: step.due if step.due != node.first_due else None,
                    f"{LAST_QUARTER}状态": TASK_WORDS[last.state][0] if last else None,
                    f"{LAST_QUARTER}进展说明": last.text if last else None,
                },
                remarks=remarks.pop((TASKS.kind, node.key), {}),
            )
        )
    return lines


# ---- remarks on the version that was sent back ----------------------------------------


def _remarks(city: City, period: ReportingPeriod) -> tuple[Remarks, list[str]]:
    """
    Return the remarks on a newest version that was sent back or withdrawn.

    By line and field, and general. Nothing if the newest version is in another state.
    """
    slot = Submission.objects.kept().filter(city=city, period=period)
    newest = slot.order_by("-version").first()
    if newest is None or newest.status not in (
        Submission.Status.SENT_BACK,
        Submission.Status.WITHDRAWN,
    ):
        return {}, []
    places = _places(newest)
    by_line: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    general = [newest.reason]
    for finding in newest.findings.with_explanation():
        said = f"{finding.code} {finding.message}"
        if answer := answer_of(finding):
            said += "\n" + _("Answered: %(answer)s") % {"answer": answer}
        place = places.get((finding.sheet, finding.cell))
        if place:
            kind, key, field = place
            by_line[kind, key][field].append(said)
        else:
            general.append(said)
    found = {
        about: {field: "\n\n".join(said) for field, said in fields.items()}
        for about, fields in by_line.items()
    }
    return found, general


def _places(submission: Submission) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return what each cell of a submission was: (sheet, cell) -> table, key of the line, field."""
    rows = StagedRow.objects.filter(submission=submission)
    return {
        (sheet, cell): (kind, key, field)
        for kind, sheet, key, cells in rows.values_list("kind", "sheet", "key", "cells").iterator()
        for field, cell in cells.items()
    }
