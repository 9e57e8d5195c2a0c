"""Rationale and example of each rule on 任务进展."""

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale

rationale(
    "E250",
    _("A report counts for one step of the ledger; of none it would count nowhere."),
    _("A row that was added by hand, with a task that the ledger does not have."),
)
rationale(
    "E251",
    _("Each city answers for its own part, and its light follows from its own reports."),
    _("A row copied from the workbook of a neighbour."),
)
rationale(
    "E252",
    _("What is to be done by when is decided by the province; a report cannot change it."),
    _("原定完成 moved from June to December."),
)
rationale(
    "E253",
    _("Of two reports on one step one must be wrong."),
    _("A row copied beneath itself."),
)
rationale(
    "E254",
    _("The light follows from 状态; an unknown word gives none."),
    _("“顺利” in 状态."),
)
rationale(
    "E255",
    _("A sentence alone does not say whether a step is done."),
    _("进展说明 filled in, 状态 blank."),
)
rationale(
    "E256",
    _("A word of state alone says nothing of what was done."),
    _("推进中, and nothing else."),
)
rationale(
    "E257",
    _("A sentence that never changes hides that nothing moves."),
    _("“按计划推进。” for the third time."),
)
rationale(
    "E258",
    _("A step that was done and no longer is needs a reason for those who relied on it."),
    _("已完成 in June, 推进中 in September."),
)
rationale(
    "E259",
    _("Whether a step was done in time is seen from the day."),
    _("已完成 with a blank 完成日期."),
)
rationale(
    "E260",
    _("What is yet to happen is no progress of the quarter."),
    _("20 October in the workbook of the third quarter."),
)
rationale(
    "E261",
    _("A day of completion and a state that is not done contradict each other."),
    _("推进中 with 完成日期 2025-08-01."),
)
rationale(
    "E262",
    _("Done counts with papers that somebody has checked."),
    _("已完成 without the number of a document."),
)
rationale(
    "E263",
    _("Nobody can help with what is not said."),
    _("需协调 with a blank 需协调事项."),
)
rationale(
    "E264",
    _("The ledger keeps every text whole, and pages show it."),
    _("The minutes of a meeting in 进展说明."),
)
rationale(
    "W265",
    _("An open step of which nothing is said turns yellow, and later red."),
    _("The row was deleted, or left as the template had it."),
)
rationale(
    "W266",
    _("A later version replaces all that an earlier one put in force."),
    _("A correction made in last year's template, which has no such sheet."),
)
