"""What is done on a task's page: evidence is added, a later date is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures.models import Node, Task
from measures.tables import slug_of


class StepChoice(forms.ModelChoiceField):
    """The steps of a task; the only one is chosen."""

    def __init__(self):
        """Begin without steps: each form takes its task's."""
        super().__init__(
            Node.objects.none(),
            label=pgettext_lazy("ledger", "Step"),
        )


class ActForm(forms.Form):
    """A form of one task, for those of who answers that the reader reports for."""

    def __init__(self, task: Task, units, data=None, files=None, kept=None):
        """Fill in the choices; kept: what was sent with prefixes before the session ended."""
        start = f"{self.prefix}-"
        found = {n.removeprefix(start): v for n, v in (kept or {}).items() if n.startswith(start)}
        super().__init__(data, files, initial=found)
        self.units = {slug_of(one): one for one in units}
        steps = self.fields["node"]
        steps.queryset = task.nodes.all()
        if len(steps.queryset) == 1:
            steps.empty_label = None


class EvidenceForm(ActForm):
    """A document's number, a file, or both."""

    prefix = "evidence"

    node = StepChoice()
    who = forms.ChoiceField(label=_("Who answers"))
    document = forms.CharField(label=_("Document and its number"), required=False, max_length=300)
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True, help_text=_("At most 2 MiB.")
    )

    def __init__(self, *args, **kwargs):
        """Offer those that the reader reports for."""
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(slug, str(one)) for slug, one in self.units.items()]


class DeferralForm(ActForm):
    """A later date, and why."""

    prefix = "deferral"

    node = StepChoice()
    due = forms.DateField(
        label=_("Date asked for"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
