"""Bringing a history in one go: the steps of who brings it and of who accepts it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from config.web.help_texts.help_task import HelpTask
from submissions.workbook import limits

LIMITS = format_lazy(
    _(
        "At most {files} files and {sent} MiB at once, {unpacked} MiB unpacked, {size} MiB a "
        "workbook. What is beyond them is said before it is sent."
    ),
    files=limits.ARCHIVE_FILES,
    sent=limits.ARCHIVE_SIZE // limits.MIB,
    unpacked=limits.ARCHIVE_UNPACKED // limits.MIB,
    size=limits.FILE_SIZE // limits.MIB,
)
CHOOSE = _(
    "At “Submissions” open “Many workbooks at once”. Choose or drop the workbooks of past "
    "quarters, or a ZIP of them, under any names, and press “Bring and read”."
)
READ = _(
    "City and quarter are read from each file: from its stamp, the cells above its tables, the "
    "name of a sheet, and last from its own name. You may close the page meanwhile."
)
DECIDE = _(
    "Decide what is put to you: a file that names no city or quarter, a second file of the same "
    "quarter, and one of a quarter that is here already."
)
DESCRIBE = _(
    "A file with other headings: “Describe what its columns hold”, compare the proposals with the "
    "file, give the layout a name, and press “Go on with the batch”: files with the very same "
    "headings are then read by it too."
)

BUREAU = (
    HelpTask(
        _("Bring a history in one go"),
        (
            CHOOSE,
            LIMITS,
            READ,
            DECIDE,
            DESCRIBE,
            _(
                "Under “What is next” open your city. Choose the firms without a code, once for "
                "all quarters."
            ),
            _(
                "What several quarters are asked alike is answered there once, and “Save the "
                "answers and submit” submits what is in order."
            ),
            _("“Add more files” brings what you find later into the same batch."),
            _(
                "The table at the end lists what the closing assessment still lacks, the most "
                "useful first."
            ),
        ),
    ),
)
ADMIN = (
    HelpTask(
        _("Bring a dated history"),
        (
            CHOOSE,
            _(
                "Give the day on which the figures were published: it is declared, and the history "
                "is marked with it wherever it is shown."
            ),
            LIMITS,
            READ,
            DECIDE,
            DESCRIBE,
            _(
                "The city's bureau answers the findings, on the page of each workbook; you answer "
                "none and accept none. A reviewer accepts the quarters city by city."
            ),
        ),
    ),
)
REVIEWER = (
    HelpTask(
        _("Accept a history city by city"),
        (
            _("At “Submissions” open “Many workbooks at once”, then the batch, then a city."),
            _(
                "Its page has every quarter, all findings with their answers, and what does not "
                "follow on from the quarter before: gaps, falling figures, firms that come and go."
            ),
            _(
                "The button accepts the quarters in their order, each by itself, and stops at the "
                "first that is refused. To send one back, open it."
            ),
        ),
    ),
)
