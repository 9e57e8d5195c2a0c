"""Messages and remedies of the faults that the reader reports of single cells."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity, register

MANDATORY = Severity.MANDATORY
ADVISORY = Severity.ADVISORY

register(
    "E120",
    MANDATORY,
    _("The text in “%(column)s” has more than 2,000 characters."),
    _("Shorten it."),
)
register(
    "E141",
    MANDATORY,
    _(
        "The credit code was stored as a number, and its last digits are lost. They "
        "cannot be restored."
    ),
    _("Format the column as text and type the code again."),
)
register(
    "E144",
    MANDATORY,
    _("“%(column)s” holds a formula whose result was not saved."),
    _("Open the file in Excel or WPS, let it calculate, and save it; or type the value."),
)
register(
    "E145",
    MANDATORY,
    _("“%(column)s” holds an error value."),
    _("Correct the formula, or type the value."),
)
register(
    "E146",
    MANDATORY,
    _("“%(column)s” does not hold a plain number."),
    _(
        "Write 1234.5 or 1,234.5, without unit, percent sign, range or words. Leave it "
        "blank if it is not reported."
    ),
)
register(
    "E147",
    MANDATORY,
    _("“%(column)s” holds no finite number, or one far too large."),
    _("Check the figure and its unit."),
)
register(
    "E148",
    MANDATORY,
    _("“%(column)s” does not hold a date that can be understood."),
    _("Write 2025-06-30, 2025年6月30日 or, for the end of a month, 2025年6月."),
)
register(
    "E149",
    MANDATORY,
    _(
        "“%(column)s” holds something of another kind (%(seen)s): TRUE or FALSE, a picture, or "
        "a date where a number belongs."
    ),
    _("Set the format of the cell to general and type the value or the text."),
)
register(
    "E150",
    MANDATORY,
    _("“%(column)s” is required and is blank."),
    _(
        "Fill it in. If the amount is zero, write 0. If the enterprise has no business, has closed "
        "or moved away, leave all its figures blank and write 本季度无业务, 停业 or 迁出 in 说明."
    ),
)
register(
    "E220",
    MANDATORY,
    _("The content of “%(column)s” is lost: the file is damaged at this cell."),
    _("Type the value again and save the file."),
)
register(
    "E226",
    MANDATORY,
    _(
        "“%(column)s” shows %(shown)s, but the number stored is %(stored)s: its number format "
        "says another unit or a percentage (%(found)s cells: %(cells)s)."
    ),
    _("Set the format of these cells to general, and correct the figures or 计量单位."),
)
register(
    "W227",
    ADVISORY,
    _(
        "“%(column)s” shows “%(shown)s”, but the number stored is %(stored)s, which was read "
        "(%(found)s cells: %(cells)s)."
    ),
    _("Set the format of these cells to general and check the figures; clear cells not reported."),
)
