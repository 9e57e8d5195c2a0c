"""What each role does, task by task. Pictures are taken by `make pictures` (tests/pictures.py)."""

from django.utils.translation import gettext_lazy as _

from config.web.help_texts import history, ledger
from config.web.help_texts.help_task import HelpTask

TASKS: dict[str, tuple[HelpTask, ...]] = {
    "official": (
        HelpTask(
            _("See where the targets stand"),
            (
                _(
                    "Open the overview: each target has its number, a word for how it stands, and "
                    "the sentence that says why."
                ),
                _(
                    "One number means that every city has reported. “Estimate” means that a city "
                    "is silent; the figure is then expected between the two ends."
                ),
                _(
                    "Beneath it stand what is certain, and what would turn the verdict; the "
                    "sentence names the silent cities."
                ),
                _("Press “Mark as seen”: from then on the page shows you what has changed since."),
            ),
            "overview",
            _("The overview: two targets, each with its number, its standing and its sentence"),
        ),
        HelpTask(
            _("See what needs attention"),
            (
                _(
                    "On the overview, what could move a target farthest comes first: overdue and "
                    "waiting workbooks, enterprises just short, building blocks that are late."
                ),
                _(
                    "Follow the line to where something can be done, or the target's name to its "
                    "page."
                ),
            ),
            "attention",
            _("The list of what needs attention: silent cities, each with its part of last year"),
        ),
        HelpTask(
            _("See what the silent cities could change"),
            (
                _(
                    "Open the target's page. “Estimate” is what the silent cities have likely "
                    "made, by last year's figure and their own growth so far; beside it stands "
                    "how often such estimates held."
                ),
                _(
                    "“At most” and “at least” are certain: they follow from accepted figures "
                    "alone, as long as none is corrected. An estimate can miss."
                ),
                _(
                    "“Cannot judge” means that the silent cities can still change the verdict. "
                    "“Expected to be achieved” is what the estimate suggests, and no verdict."
                ),
                _(
                    "“What would turn it” is how much these cities must still make for the verdict "
                    "to change. Beside it stands how fast they have grown so far, and the fastest "
                    "of the others."
                ),
                _(
                    "If too little has been reported there is no estimate, and the page says so. A "
                    "change on the year is that of the same cities in the same months, or —."
                ),
            ),
            "silent",
            _("The estimate, what is certain, what would turn it, and a line for each silent city"),
        ),
        HelpTask(
            _("Ask where a number comes from"),
            (
                _(
                    "From a target go to a city, and from its figure to the cell of the workbook; "
                    "the city's original file can be downloaded there."
                ),
                _(
                    "“What moved it” splits the change on the year, or since an earlier day, by "
                    "city and cause, between the same months and the same cities."
                ),
                _(
                    "“Proof (JSON)” lists every accepted figure that the target rests on, with its "
                    "cell and the hash of the city's file."
                ),
                _("“How it is calculated” leads to the formula and to the rules for all targets."),
            ),
            "cell",
            _("A cell of Jinan's workbook with its value and the figures that rest on it"),
        ),
        HelpTask(
            _("See what was known on an earlier day"),
            (
                _("Choose a quarter and a day at the top of any page, and press “Show”."),
                _("What was published after that day is left out, and links keep the choice."),
            ),
            "as-of",
            _("The overview as known on 20 January 2026, with a notice that says so"),
        ),
        HelpTask(
            _("Take it along"),
            (
                _("Beneath a table are its files: CSV, XLSX and JSON, with the same rows."),
                _(
                    "The briefing of the quarter, linked on the overview, prints on A4. "
                    "Once it is issued it has a number and never changes."
                ),
            ),
        ),
        *ledger.OFFICIAL,
    ),
    "bureau": (
        HelpTask(
            _("Fetch the pre-filled workbook"),
            (
                _(
                    "Open “Submissions”: every quarter that you owe, with its due day, its state "
                    "and the next step. A quarter outside every plan is marked “Not owed”."
                ),
                _(
                    "Download the template of the quarter: your enterprises and last quarter's "
                    "figures are in it, and in 任务进展 the open steps of your city's tasks."
                ),
                _("In 任务进展 choose a state for each step; 已完成 needs its day and a document."),
                _(
                    "Write all amounts cumulative from 1 January. A blank cell means not reported; "
                    "0 means zero."
                ),
            ),
            "inbox",
            _("What a city owes: a line for each quarter with its state and the next step"),
        ),
        HelpTask(
            _("Upload it"),
            (
                _("Choose “Upload a workbook”, take the file, and wait until it is checked."),
                _("To try it first, use “Only check a workbook” there: nothing is stored."),
            ),
            "upload",
            _("The upload page with quarter and file"),
        ),
        HelpTask(
            _("Correct and explain"),
            (
                _("Correct what must be corrected, in the workbook or on the page."),
                _(
                    "What is merely odd must be explained, in the row's 说明 cell or on the page. "
                    "Give the real reason: stock phrases are refused."
                ),
                _("The marked workbook has every finding in its cell."),
            ),
            "findings",
            _("What was found in a workbook, by rule, with the cell of each"),
        ),
        HelpTask(
            _("Submit, and follow it"),
            (
                _(
                    "When nothing is in the way, press “Submit”. The province decides, and nobody "
                    "there can change a number."
                ),
                _("If it is sent back, its page says why: correct it and upload it again."),
                _("To correct what was accepted, upload another version of that quarter."),
                _(
                    "Until it is accepted your city is silent: the province's figures are "
                    "estimates, and your figures are never taken for zero."
                ),
            ),
            "submitted",
            _("A submitted workbook, which waits for the province"),
        ),
        HelpTask(
            _("Say that there is nothing to report"),
            (
                _(
                    "Write “本期无数据：” and the reason above the tables of the sheet. Silence is "
                    "never taken for it, and never for zero."
                ),
            ),
        ),
        *history.BUREAU,
        *ledger.BUREAU,
    ),
    "reviewer": (
        HelpTask(
            _("Find what waits"),
            (
                _(
                    "Open “Submissions”: what waits for a decision comes first, the oldest on top; "
                    "beneath it stand all cities and quarters."
                ),
            ),
            "waiting",
            _("The list of what waits for a decision: one workbook of Liaocheng"),
        ),
        HelpTask(
            _("Look before you decide"),
            (
                _(
                    "The page of a submission has the findings with the city's explanations, and "
                    "what changes against the version in force, cell by cell."
                ),
                _(
                    "It leads to what the targets would say if it were accepted: while other "
                    "cities are silent, the estimate and what is certain."
                ),
            ),
            "preview",
            _("A target now, and as it would be if the workbook were accepted"),
        ),
        HelpTask(
            _("Accept, or send back"),
            (
                _("Accepting puts the figures in force at once, on every page."),
                _("To send back, write what has to be corrected: the city reads it on its page."),
                _(
                    "If you accepted one by mistake, ask on its page for the acceptance to be "
                    "withdrawn; another reviewer confirms. The city may ask too, and you confirm."
                ),
            ),
            "decision",
            _("The two decisions: accept, or send back with a reason"),
        ),
        HelpTask(
            _("Issue a briefing"),
            (
                _("Open the briefing of the quarter from the overview, and look at it."),
                _(
                    "Issuing gives it a number and freezes it; what changes later is listed beside "
                    "it and never in it."
                ),
            ),
        ),
        *history.REVIEWER,
        *ledger.REVIEWER,
    ),
    "admin": (
        HelpTask(
            _("Give somebody an account"),
            (
                _(
                    "Under “Administration”, add a user and choose the role; for a bureau, then "
                    "its city."
                ),
                _(
                    "An account with a role is there once another administrator has confirmed it: "
                    "they get a link, shown once, with which its owner sets the password."
                ),
                _(
                    "Who forgot the password gets such a link: “Link to set a password” on the "
                    "account's page. Nobody but its owner ever knows a password."
                ),
                _("Who leaves is deactivated, by one of you at once. No account is ever deleted."),
            ),
            "account",
            _("The form of a new user, with name and role"),
        ),
        HelpTask(
            _("Confirm what a colleague proposes"),
            (
                _(
                    "Targets, plans, clusters, past deadlines, roles and new passwords of the "
                    "province's staff need two of you: saving the form makes a proposal, and "
                    "nothing changes yet."
                ),
                _(
                    "“Confirm” in the navigation lists what waits. Each has what stands and "
                    "what would, the reason, and which verdicts would turn."
                ),
                _(
                    "Confirm it, or reject it with a reason. You cannot confirm what you proposed "
                    "or what gives you rights."
                ),
                _(
                    "If somebody changed the record meanwhile it cannot be confirmed: reject it, "
                    "and propose it again on what stands now."
                ),
            ),
        ),
        HelpTask(
            _("Keep the register of enterprises"),
            (
                _(
                    "Import a CSV or XLSX file: the preview shows what is new, changed or refused, "
                    "and nothing is kept until you confirm it."
                ),
                _("Give the reason of the change: it stands in the history of each enterprise."),
                _("Enterprises that joined by a workbook are marked to be verified: confirm them."),
            ),
            "register",
            _("The import of the register, with file and reason"),
        ),
        HelpTask(
            _("Change a target, or enter another plan"),
            (
                _(
                    "A target is a record: what is calculated, what is wanted, from where and by "
                    "when."
                ),
                _(
                    "Each change needs a reason and a second administrator, and makes a version; "
                    "the target's page shows all of them."
                ),
                _(
                    "A target that is changed after a quarter was first shown is marked beside the "
                    "verdict of that quarter."
                ),
                _(
                    "Another plan is entered likewise and shows on every page of its years. One of "
                    "its fields says how much must be reported before silent cities are estimated."
                ),
            ),
            "target",
            _("The form of a target"),
        ),
        HelpTask(
            _("Record what is established"),
            (
                _(
                    "Enter the day on which a cluster or a park was established, with the document "
                    "that says so. Without one it is neither counted nor ruled out."
                ),
            ),
        ),
        HelpTask(
            _("See who did what"),
            (
                _("The audit trail lists every act, download and refusal, the newest first."),
                _(
                    "An enterprise's, a workbook's and an account's page lead to what was done to "
                    "them."
                ),
            ),
        ),
        *history.ADMIN,
        *ledger.ADMIN,
    ),
    "department": ledger.DEPARTMENT,
    "auditor": (
        HelpTask(
            _("See who did what, when and why"),
            (
                _(
                    "The audit trail has a line for each act: who, in which role, from which "
                    "address, what it was before and after, and the reason."
                ),
                _(
                    "Filter it by act, outcome, way, user and days, or write part of a name, a "
                    "reason or a request number."
                ),
                _(
                    "“Refused” marks what somebody tried and might not do. “Command line” marks "
                    "what the operator did on the server."
                ),
                _("Follow the name of an object to all that was ever done to it."),
            ),
        ),
        HelpTask(
            _("Take it with you"),
            (
                _(
                    "The links beneath the table give the filter's events as a file. That you took "
                    "it, and by which filter, is itself recorded."
                ),
            ),
        ),
        HelpTask(
            _("See the histories and the state of the system"),
            (
                _(
                    "Under “Administration” each record has its history: every version with its "
                    "reason. You see all of them and change none."
                ),
                _("The status page says when a backup was made and the data were last verified."),
            ),
        ),
    ),
}
