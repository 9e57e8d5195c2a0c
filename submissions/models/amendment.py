from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Amendment(models.Model):
    """
    One cell in which a version differs from the one it was made of, corrected on the page.

    By whom and when is the version's own: uploaded_by and uploaded_at. Old and new are texts, as
    the cell has them.
    """

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="amendments", editable=False
    )
    amends = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="+", editable=False
    )
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    cell = models.CharField(_("cell"), max_length=12)
    subject = models.CharField(_("what it is of"), max_length=200, blank=True)
    old = models.CharField(_("before"), max_length=200, blank=True)
    new = models.CharField(_("now"), max_length=200)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["submission", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sheet", "cell"], name="amendment_cell_once"
            ),
            models.CheckConstraint(
                condition=~Q(new="") & ~Q(new=F("old")), name="amendment_changes_something"
            ),
            models.CheckConstraint(
                condition=~Q(submission=F("amends")), name="amendment_of_another_version"
            ),
        ]

    def __str__(self):
        return f"{self.sheet}!{self.cell}: {self.old} → {self.new}"
