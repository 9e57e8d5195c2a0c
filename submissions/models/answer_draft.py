from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.models import Nil
from submissions.models.constraints import someone


class AnswerDraft(models.Model):
    """
    What was typed as the answer to a finding and does not count yet, kept as it was typed.

    It becomes an Explanation when the bureau saves its answers and this one is accepted.
    """

    finding = models.OneToOneField(
        "submissions.Finding", models.CASCADE, related_name="draft", editable=False
    )
    text = models.TextField(_("explanation"), blank=True)
    nil = models.CharField(max_length=7, choices=Nil, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = someone(_("saved by"))

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="", nil=""), name="answer_draft_not_empty"
            )
        ]

    def __str__(self):
        return self.text
