"""Messages and remedies of the faults of files that are read by a layout of their own."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity, register

MANDATORY = Severity.MANDATORY
ADVISORY = Severity.ADVISORY

register(
    "W291",
    ADVISORY,
    _("The layout has no column for “%(heading)s”: it stays not reported."),
    _("Nothing need be done if the file has none; otherwise describe the layout anew."),
)
register(
    "W292",
    ADVISORY,
    _(
        "“%(column)s” is of a single quarter, and the year's earlier ones are not all there: "
        "%(missing)s. The cumulative figure stays not reported."
    ),
    _("Add the missing quarters to the file and hand it in again, or say why they are missing."),
)
register(
    "W293",
    ADVISORY,
    _("“%(column)s” is blank: it stays not reported."),
    _("Fill it in in the file and hand it in again, or say why it is not known."),
)
register(
    "W294",
    ADVISORY,
    _("“%(name)s” has no credit code, and nobody has chosen the firm: the line counts nowhere."),
    _("Choose the firm on the page of firms without a code, or say why it stays open."),
)
register(
    "E295",
    MANDATORY,
    _("The headings are not those of the layout, so the sheet was not read: %(differences)s."),
    _("Describe the file's own layout, or put the headings right in the file."),
)
register(
    "E296",
    MANDATORY,
    _("Nothing says of which city or quarter the figures are: %(missing)s."),
    _("Write it into the name of the sheet, the title or the file's name, or choose it."),
)
register(
    "E297",
    MANDATORY,
    _("The file names two cities or two periods: %(texts)s."),
    _("Put the wrong one right: the name of the sheet, the title, or the file's name."),
)
register(
    "E298",
    MANDATORY,
    _("Two sheets are of the same city and quarter; the first is “%(first)s”."),
    _("Delete or rename the sheet that is not to count."),
)
register(
    "E299",
    MANDATORY,
    _("“%(written)s” is no %(what)s that can be read, so the row was not read."),
    _("Write the city, the year or the quarter into the cell: 济南市, 2024, 三季度."),
)
