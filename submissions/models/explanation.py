from datetime import UTC, datetime

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.models import Nil
from submissions.models.constraints import someone

# Characters of an explanation; those given before there was a limit stay as they are.
LONGEST = 1000
LIMITED_SINCE = datetime(2026, 12, 1, tzinfo=UTC)


class ExplanationQuerySet(models.QuerySet):
    def in_force(self):
        """Return the explanations that hold now."""
        return self.filter(superseded_at__isnull=True)

    def supersede(self):
        """End those in force."""
        self.in_force().update(superseded_at=timezone.now())


class Explanation(models.Model):
    """
    A bureau's explanation of one advisory finding, given on the page.

    Append-only (audit.append_only): another text is another row, and this one is superseded; so is
    one that was taken back.
    """

    finding = models.ForeignKey(
        "submissions.Finding", models.PROTECT, related_name="explanations", editable=False
    )
    text = models.TextField(_("explanation"))
    # Why a missing enterprise has no figures; it becomes a return without figures.
    nil = models.CharField(max_length=7, choices=Nil, blank=True)
    # The earlier version it was given in: rule, cell and value are unchanged since.
    carried_from = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="+", null=True, editable=False
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = someone(_("given by"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, editable=False)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="explanation_not_empty"),
            models.UniqueConstraint(
                fields=["finding"],
                condition=models.Q(superseded_at__isnull=True),
                name="explanation_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(LessThanOrEqual(Length("text"), LONGEST))
                | models.Q(given_at__lt=LIMITED_SINCE),
                name="explanation_not_too_long",
            ),
        ]

    def __str__(self):
        return self.text
