"""The contents of a pre-filled workbook: plain values and texts, no database."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Given = Decimal | int | str | date | None


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """
    One pre-filled line of a table.

    values      field -> value; amounts in yuan, None stays blank
    references  reference heading of the layout -> value of an earlier quarter
    unit        the unit of the line's figures where each line has its own (城市汇总)
    remarks     field -> remark of a reviewer or of the last check
    """

    values: dict[str, Given]
    references: dict[str, Given] = field(default_factory=dict)
    unit: str = ""
    remarks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleText:
    """A kind of finding, for the list in the instructions."""

    code: str
    level: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TemplateWording:
    """Texts of the template outside the fixed layout, in the reader's language."""

    number_title: str = "请核对"
    number: str = "请填写不小于 0 的数字；没有数据请留空，不要填 0。"
    code: str = "请填写 18 位统一社会信用代码。"
    listed: str = "请从下拉列表中选择，或照登记的名称填写。"
    instructions: str = "填报说明"
    remarks: str = "审核意见"
    totals: str = "合计（随填随算）"
    nil: str = "整市本期没有可报数据时，在此写明原因，其余单元格不填。"
    unfilled: str = "未填写"
    below_lines: str = "小于企业明细合计"
    below_last_quarter: str = "小于上季度累计"
    rules: str = "上传后检查的主要内容"
    rule_headings: tuple[str, str, str, str] = ("编号", "级别", "问题", "怎么改")


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """
    One city's workbook for one period.

    reporter       the value of 填报单位
    period         the value of 报告期, such as 2025年1—9月
    stamp          city, period and version, signed by the caller
    in_year        whether the quarter before is of the same year, so that figures cannot be below
    nil            why the whole city has nothing to report, if that is said already
    lines          table kind -> its lines; a table that is not here gets no sheet
    parks, statuses, contents, categories, states   what the drop-downs offer
    instructions   what to do, a sentence each
    rules          the most frequent kinds of finding
    remarks        remarks of the reviewer on the whole workbook, or on lines no longer in it
    """

    title: str
    reporter: str
    period: str
    stamp: str
    lines: dict[str, list[TemplateLine]]
    parks: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    rules: list[RuleText] = field(default_factory=list)
    in_year: bool = True
    nil: str = ""
    remarks: list[str] = field(default_factory=list)
    wording: TemplateWording = field(default_factory=TemplateWording)
