"""What each role does with the ledger of measures, task by task."""

from django.utils.translation import gettext_lazy as _

from config.web.help_texts.help_task import HelpTask

# What the two that answer for tasks do alike.
EVIDENCE = HelpTask(
    _("Give evidence that a task is done"),
    (
        _("Open the task from “Measures”; under “Evidence” choose the step."),
        _(
            "Name the document and its number, or choose a file of at most 2 MiB. All files of a "
            "year together may have 50 MiB."
        ),
        _(
            "It is kept as it came, under its SHA-256, and cannot be changed. The light turns "
            "green when a reviewer has checked it: until then “done” is only said."
        ),
    ),
)
LATER_DATE = HelpTask(
    _("Ask for a later date"),
    (
        _("Open the task; under “Deferrals” choose the step, the new date, and say why."),
        _(
            "Ask by the date that is in force. Asked for a day later it is refused at once, and "
            "the page counts it."
        ),
        _("A reviewer grants or refuses it. The first date stays beside the new one for good."),
    ),
)
OFFICIAL = (
    HelpTask(
        _("See which tasks are late, and whose they are"),
        (
            _(
                "Open “Measures”: on top stands what is red, who is late with it and since when; "
                "beneath it the measures by departments and cities."
            ),
            _(
                "Press a cell, or a light with its number: the list shows these tasks alone. Open "
                "one to see its steps, reports, evidence, and the targets it serves."
            ),
            _(
                "Nobody sets a light. It follows from dates, accepted reports and checked "
                "evidence, so that a forgotten task turns red by itself."
            ),
        ),
        "ledger",
        _("The ledger: what is red, who is late and since when, and the measures beneath"),
    ),
)
BUREAU = (EVIDENCE, LATER_DATE)
DEPARTMENT = (
    HelpTask(
        _("Report on your department's tasks"),
        (
            _("Open “Measures”, press “Report for” the quarter, and change what has changed."),
            _("“Done” needs its day and the document that shows it."),
            _("Page 2 shows what differs and what is wrong. Nothing typed is lost. Submit it."),
            _("A reviewer accepts it, or sends it back with a reason. The light follows."),
        ),
    ),
    EVIDENCE,
    LATER_DATE,
)
REVIEWER = (
    HelpTask(
        _("Decide on the ledger: reports, evidence, later dates"),
        (
            _(
                "The number beside “Measures” is what waits for you. Its page lists it under "
                "“Waiting for you”, the oldest on top."
            ),
            _("A department's report: accept it, or send it back with a reason."),
            _(
                "Evidence: open the file or look up the document, and press “I have checked it”. "
                "It cannot be taken back; nobody checks what they added themselves."
            ),
            _(
                "A later date: grant it, or refuse it with a reason. One that was asked for too "
                "late was refused already, and nobody can grant it."
            ),
        ),
    ),
)
ADMIN = (
    HelpTask(
        _("Keep the ledger of measures"),
        (
            _(
                "Enter a task with its measure, who answers for it, its standard of completion and "
                "its steps. Without a standard it is on record and cannot be judged."
            ),
            _(
                "Wording, standard, steps and dates change when a second person confirms it. The "
                "first date of a step never changes: a later one is asked for on the task's page."
            ),
            _(
                "A task is never deleted. Say why it has ended, and have it confirmed: from then "
                "on it has no light, and all that was reported stays."
            ),
            _(
                "Whoever reports for a department gets the role and the department in the form of "
                "accounts; a second person confirms both."
            ),
            _(
                "The ledger of another plan is entered the same way: the plan, its measures, its "
                "departments, its tasks. Each quarter shows the ledger of its own plan."
            ),
        ),
    ),
)
