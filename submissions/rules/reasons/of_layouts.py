"""Rationale and example of each finding on files that are read by a layout of their own."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "W291",
    _("What a file does not have is not reported, which is not zero."),
    _("A survey that asks for revenue only."),
)
rationale(
    "W292",
    _("Single quarters add up to the year's only if none is missing; half a year is not split."),
    _("A firm that stands in the sheets of the first and the third quarter only."),
)
rationale(
    "W293",
    _("What was not kept in 2023 cannot be made up; it is said so instead."),
    _("A firm with revenue and without output value."),
)
rationale(
    "W294",
    _("Two firms may have almost the same name, so that nothing but a person decides."),
    _("A list of names without credit codes."),
)
rationale(
    "E295",
    _("A layout is for the very same headings: one word, or a column moved, is another meaning."),
    _("本季收入 in place of 累计收入."),
)
rationale(
    "E296",
    _("A figure without its city and quarter means nothing."),
    _("A sheet named Sheet1 without a title."),
)
rationale(
    "E297",
    _("Nobody but a person knows which of the two is meant."),
    _("A sheet named 2024Q1 with 2023年 in its title."),
)
rationale(
    "E298",
    _("A figure stands once; which of two sheets is meant, nobody can say."),
    _("一季度 and 第一季度 in one file."),
)
rationale(
    "E299",
    _("A row of no city and quarter would be missing in one of them, and nobody would see it."),
    _("A blank cell in the column of quarters, beside a firm with revenue."),
)
