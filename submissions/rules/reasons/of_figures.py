"""Rationale and example of each rule on figures."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "W157",
    _("元 written under 万元 makes one firm larger than its city."),
    _("12,345,000 under 万元, where 1,234.5 was reported a quarter ago."),
)
rationale(
    "E158",
    _("If most lines slipped, it is the unit above the table that is wrong, and no single line."),
    _("The whole sheet in 元 beneath 计量单位：万元."),
)
rationale(
    "W178",
    _("A new firm has no history, but ten thousand times its neighbours is rarely true."),
    _("Revenue of 20 亿元 among firms of 2,000 万元, in its first report."),
)
rationale(
    "W159",
    _("Cumulative figures only grow within a year; a fall corrects an earlier report."),
    _("Revenue of 900 万元 to September after 1,000 万元 to June."),
)
rationale(
    "W160",
    _("A firm left out lowers the sum as if it had closed."),
    _("An enterprise of the second quarter has no line in the third."),
)
rationale(
    "W161",
    _("Last quarter's file under a new date reports nothing."),
    _("The old workbook with 报告期 changed."),
)
rationale(
    "W176",
    _("Growth is computed from last year's accepted figure, not from a new one."),
    _("上年同期 of 900 万元, where 910 万元 was accepted a year ago."),
)
rationale(
    "E180",
    _("Money earned and people employed are never below zero."),
    _("A minus sign left over from an accountant's table."),
)
rationale(
    "E181",
    _("A part cannot be larger than the whole."),
    _("环保业务营业收入 of 120, 营业总收入 of 100."),
)
rationale(
    "W182",
    _("Who spends more on research than it earns is rare, or has the figures in two units."),
    _("研发经费 of 500, 营业总收入 of 100."),
)
rationale(
    "E183",
    _("A part cannot be larger than the whole."),
    _("12 enterprises over 100 million yuan of 10 in all."),
)
rationale(
    "E184",
    _("The city's total contains all its enterprises, so it cannot be less than those listed."),
    _("A total of 5 亿元 above lines that add up to 6 亿元."),
)
rationale(
    "W185",
    _("A total that is not the sum shows a missing line or a formula that ends too early."),
    _("合计 leaves out the last three lines."),
)
rationale(
    "W186",
    _("The count of firms over 100 million yuan is a target; two answers cannot both be right."),
    _("5 in 城市汇总, 7 lines over it."),
)
rationale(
    "E187",
    _("Without the city's output value the province's share has no base."),
    _("The row 环保业务产值 is blank."),
)
rationale(
    "W188",
    _("A row left out stays not reported, and it should be so on purpose."),
    _("城市汇总 without 研发经费."),
)
rationale(
    "W201",
    _("Lines that stand still may not have been brought up to date."),
    _("40 of 60 enterprises with the amounts of June in September."),
)
rationale(
    "W202",
    _("A decimal point in the wrong place makes ten of one."),
    _("Revenue of 1,000 万元 after 95 万元 a year ago."),
)
rationale(
    "W203",
    _("Revenue per head differs between trades, but seldom a hundred times."),
    _("40,000 people in a firm of 40."),
)

rationale(
    "E206",
    _("A cumulative figure that is left out would take away what the firm has already made."),
    _("500 万元 to June; in September a blank line with 说明 停业."),
)
rationale(
    "E207",
    _("A table cannot be empty and hold figures."),
    _("本期无数据 above a table that was filled in after all."),
)
rationale(
    "E208",
    _("To declare that there is nothing counts as zero; silence does not. So it must be meant."),
    _("本期无数据：同上."),
)
rationale(
    "E209",
    _("A city that made something by June has made it by September."),
    _("Output value of 3 亿元 to June, 本期无数据 in September."),
)
