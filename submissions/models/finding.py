from django.db import models
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from submissions.rules.answers import RefusalReason, refusal_message
from submissions.rules.catalogue import CATALOGUE, FillIns, Severity


class FindingQuerySet(models.QuerySet):
    def mandatory(self):
        """Return the findings that must be corrected."""
        return self.filter(severity=Severity.MANDATORY)

    def advisory(self):
        """Return the findings that must be explained."""
        return self.filter(severity=Severity.ADVISORY)

    def unanswered(self):
        """
        Return the advisory findings explained neither in the workbook nor on the page.

        Without those of rules on trial, which need no answer.
        """
        to_explain = self.advisory().filter(trial=False, explained_in_cell="")
        return to_explain.with_explanation().filter(explanation__pk__isnull=True)

    def with_explanation(self):
        """Return the findings, each with `explanation`, the one in force, if there is one."""
        in_force = FilteredRelation(
            "explanations", condition=Q(explanations__superseded_at__isnull=True)
        )
        return self.annotate(explanation=in_force).select_related("explanation")

    def answers(self):
        """Return (code, enterprise's credit code, text) of every finding that is answered."""
        text = Coalesce("explanation__text", "explained_in_cell")
        given = self.advisory().filter(trial=False).with_explanation()
        answered = given.annotate(answer=text).exclude(answer="")
        return answered.order_by().values_list("code", "firm", "answer")


class FindingManager(models.Manager.from_queryset(FindingQuerySet)):
    def get_queryset(self):
        """Return the findings of each version's newest check."""
        return super().get_queryset().filter(dropped_at__isnull=True)


class Finding(models.Model):
    """
    A violation of a rule at a cell of the user's own file.

    Code and parameters are stored; the text is made from the catalogue when it is shown, in the
    reader's language. sheet and cell are blank for the whole file, cell for a whole sheet.
    """

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="findings", editable=False
    )
    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=8)
    severity = models.CharField(_("severity"), max_length=9, choices=Severity)
    # The rule was on trial then; it may have become a full rule since.
    trial = models.BooleanField(_("on trial"), default=False, editable=False)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    cell = models.CharField(_("cell"), max_length=12, blank=True)
    value = models.CharField(_("value"), max_length=64, blank=True)
    params = models.JSONField(default=dict)
    # The explanation in the row's 说明, for an advisory finding.
    explained_in_cell = models.TextField(blank=True)
    # The text of 说明 if it is no explanation, and why not; answer_cell is its address.
    refused_in_cell = models.TextField(blank=True)
    refused_why = models.CharField(max_length=6, choices=RefusalReason, blank=True)
    answer_cell = models.CharField(max_length=12, blank=True)
    # Identify it next quarter: table, key and field of the line; the credit code.
    about = models.CharField(max_length=200, blank=True)
    firm = models.CharField(max_length=18, blank=True)

    # When the version was checked again; only what had been explained is kept then, for that.
    dropped_at = models.DateTimeField(null=True, editable=False)

    objects = FindingManager()
    every = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                condition=Q(dropped_at__isnull=True),
                name="finding_position_once",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.sheet}!{self.cell}"

    @property
    def message(self) -> str:
        """Return the message in the active language."""
        return str(CATALOGUE[self.code].message) % FillIns(self.params)

    @property
    def refusal(self) -> str:
        """Return why the row's 说明 is no explanation; "" if it is one, or is blank."""
        return refusal_message(self.refused_why) if self.refused_why else ""

    @property
    def remedy(self) -> str:
        """Return the remedy in the active language."""
        return str(CATALOGUE[self.code].remedy) % FillIns(self.params)
