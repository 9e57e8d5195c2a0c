"""The fields of one step on a department's report."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.statuses import STATUSES
from measures.models import TaskReport
from measures.reporting.department_report import ReportedStep
from measures.reporting.report_rules import FIELD_OF, LONGEST, ReportFault, StepReport

FAULTS = {
    ReportFault.NO_STATE: _("Choose how the step stands."),
    ReportFault.NO_TEXT: _("Say what was done in this quarter."),
    ReportFault.REPEATED: _(
        "This is last quarter's sentence word for word: say what has happened since."
    ),
    ReportFault.NO_DATE: _("Give the day on which it was done."),
    ReportFault.WRONG_DATE: _("Write the day as 2026-01-31."),
    ReportFault.DATE_AFTER_PERIOD: _(
        "This day is after the quarter: report it as done for the quarter in which it is."
    ),
    ReportFault.DATE_AHEAD: _("This day is still to come."),
    ReportFault.DATE_NOT_DONE: _(
        "A day of completion belongs only to a step that is done: choose “done” or take it away."
    ),
    ReportFault.NO_EVIDENCE: _(
        "Name the document and its number that show it, or add a file on the task's page first."
    ),
    ReportFault.NO_REASON: _(
        "It was reported as done last quarter: say in a sentence why it no longer is."
    ),
    ReportFault.NO_HELP_WANTED: _("Say what is needed, and from whom."),
    ReportFault.TOO_LONG: _(
        "Too long: at most 2,000 characters of text and 300 of a document's number."
    ),
}

# In the words in which every page says how a step stands.
STATES = [("", "–"), *((one, STATUSES[one][0]) for one in TaskReport.ReportState.values)]


class StepForm(forms.Form):
    """What is said of a step. Whatever is typed is kept; what is wrong stands at its field."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=STATES,
    )
    text = forms.CharField(
        label=_("Progress in this quarter"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST["text"]}),
    )
    done_on = forms.CharField(
        label=_("Done on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    evidence = forms.CharField(
        label=pgettext_lazy("ledger", "Evidence"),
        help_text=_("The document and its number. A file is added on the task's page."),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST["evidence"]}),
    )
    help_wanted = forms.CharField(
        label=_("Matter that needs coordination"),
        help_text=_("What is needed, and from whom."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST["help_wanted"]}),
    )

    @classmethod
    def of(cls, step: ReportedStep, *, checked: bool):
        """Return the form of a step as it was typed; checked: with what is wrong at its fields."""
        prefix = str(step.row.node.pk)
        said = step.said.as_json()
        if not checked:
            return cls(prefix=prefix, initial=said)
        form = cls({f"{prefix}-{name}": value for name, value in said.items()}, prefix=prefix)
        # The rules say in our words what is wrong with it.
        form.errors.pop("state", None)
        for fault in step.faults:
            form.add_error(FIELD_OF.get(fault, "done_on"), FAULTS[fault])
        return form


def typed_in(steps: list[ReportedStep], sent) -> dict[str, dict[str, str]]:
    """Return what a request says of each step that it has fields for, by the step's key."""
    found = {}
    for step in steps:
        prefix = f"{step.row.node.pk}-"
        fields = {
            name: sent[prefix + name]
            for name in StepReport.__dataclass_fields__
            if prefix + name in sent
        }
        if fields:
            found[step.key] = StepReport.of(fields).as_json()
    return found
