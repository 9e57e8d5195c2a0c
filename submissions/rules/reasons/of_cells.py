"""Rationale and example of each rule on cells."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "E120",
    _("A page pasted into a cell is a mistake, and nobody could read it there."),
    _("A whole report in 说明."),
)
rationale(
    "E141",
    _("A spreadsheet keeps fifteen digits of a number; the rest of a code is lost for good."),
    _("9.137E+17 in 统一社会信用代码."),
)
rationale(
    "E144",
    _("Without a stored result nobody knows what the cell showed."),
    _("A workbook made by a script, never opened in Excel."),
)
rationale(
    "E145",
    _("An error value is neither a figure nor silence."),
    _("#REF! after a sheet was deleted."),
)
rationale(
    "E146",
    _("Only one reading is safe; words and ranges have several."),
    _("约12, 12万, 10-15, 12.5 percent."),
)
rationale(
    "E147",
    _("One endless number would spoil every sum it enters."),
    _("1E+99."),
)
rationale(
    "E148",
    _("03/04/26 is three different days, depending on who reads it."),
    _("03/04/26 in 计划完成."),
)
rationale(
    "E149",
    _("TRUE would otherwise count as 1, and a date as forty-five thousand."),
    _("A date typed into 研发经费."),
)
rationale(
    "E150",
    _("Blank means not reported, and these columns must be reported."),
    _("An enterprise without output value."),
)
rationale(
    "W191",
    _("Amounts are kept to the fen; what is smaller shows that a formula was not rounded."),
    _("0.123456789 万元."),
)
rationale(
    "E198",
    _("There is no half enterprise, and no half person."),
    _("12.5 in 从业人员."),
)
rationale(
    "E220",
    _("One cell that lost its content must not cost the whole file, nor pass for a blank one."),
    _("A cell that refers to a shared text the file does not have."),
)
rationale(
    "E226",
    _("Whoever signs a workbook has seen what the cells show, not what is stored in them."),
    _("0.2146 in a sheet of 万元, in a format that shows 0.2146亿元."),
)
rationale(
    "W227",
    _("Whoever signs a workbook has seen what the cells show, not what is stored in them."),
    _("8500.01 in a format that shows 未报."),
)
