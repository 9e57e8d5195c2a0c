"""Rationale and example of each rule on sheets, labels and headings."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "E125",
    _("Cumulative figures mean nothing without the quarter they run to."),
    _("报告期：第三季度 without a year."),
)
rationale(
    "E126",
    _("Columns are found by their headings and never by their place."),
    _("The headings were deleted, or stand below row 30."),
)
rationale(
    "W127",
    _("Whoever signs a workbook has not seen what is hidden in it."),
    _("Last year's 企业明细, hidden."),
)
rationale(
    "E128",
    _("元 and 万元 differ ten thousand times, so a unit is never guessed."),
    _("A sheet without 计量单位."),
)
rationale(
    "W129",
    _("What stands beside the table may have slipped out of it."),
    _("A figure in the column next to 说明."),
)
rationale(
    "E130",
    _("Nobody can say which of two sheets is meant."),
    _("企业明细 and a copy named “企业明细 ”."),
)
rationale(
    "E131",
    _("A merged figure belongs to one line; the others would silently be blank."),
    _("One figure merged over five enterprises."),
)
rationale(
    "E132",
    _("A required column cannot be replaced by a guess."),
    _("环保业务产值 was renamed to 产值合计."),
)
rationale(
    "E133",
    _("Nobody can say which of two columns is meant."),
    _("Two columns 环保业务营业收入, one of them last year's."),
)
rationale(
    "W134",
    _("A column with a slip in its heading would otherwise be lost in silence."),
    _("从业人数 instead of 从业人员."),
)
rationale(
    "W135",
    _("A filter hides lines from you, not from the sum."),
    _("Rows 5–9 hidden by a filter."),
)
rationale(
    "E137",
    _("An empty form is not a report of nothing."),
    _("The template uploaded as it was downloaded."),
)
rationale(
    "E138",
    _("Sheets are found by their names and never by which was open last."),
    _("The sheet is named Sheet1."),
)
rationale(
    "W139",
    _("Without the city's totals the city stays silent in the share of output value."),
    _("A csv, which can hold the enterprise lines only."),
)
rationale(
    "W140",
    _("Whoever signs a workbook has not seen what is hidden in it."),
    _("The column 研发经费 is hidden."),
)
rationale(
    "E193",
    _("Two statements about one thing cannot both be right."),
    _("计量单位：万元 above, 计量单位：亿元 beside it."),
)
rationale(
    "W195",
    _("A row with a slip in its name would otherwise be lost in silence."),
    _("环保产值 instead of 环保业务产值."),
)
rationale(
    "E196",
    _("Nobody can say which of two figures is meant."),
    _("环保企业数 in rows 6 and 9."),
)
rationale(
    "E197",
    _("A unit that does not fit shows that figure and row do not belong together."),
    _("从业人员 in 万元."),
)
rationale(
    "E225",
    _("342 people and 342 times 10,000 people are told apart by the heading alone."),
    _("从业人员（万人）."),
)
rationale(
    "W229",
    _("A row of figures that is passed over must be named, or an enterprise is lost in silence."),
    _("其中：某公司 with figures, beneath the group it belongs to."),
)
rationale(
    "W230",
    _("Rows of zeros are no enterprises, and two hundred findings on them help nobody."),
    _("A formula filled down fifty rows too far."),
)
rationale(
    "E231",
    _("Figures of nobody cannot be counted, and may be the enterprise that is missing above."),
    _("A sum beneath the table without a word beside it."),
)
