from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TaskEvidence(models.Model):
    """
    What shows that a step is done: a document's number, or a file that is kept as it came.

    Never changed but for one thing: that somebody has checked it, once.
    """

    node = models.ForeignKey("measures.Node", models.PROTECT, related_name="evidence")
    city = models.ForeignKey("clusters.City", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(
        "measures.Department", models.PROTECT, null=True, related_name="+"
    )
    document = models.CharField(_("document and its number"), max_length=300, blank=True)
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(department__isnull=True),
                name="evidence_of_a_city_or_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(document="") | ~Q(sha256=""), name="evidence_is_something"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | (
                    Q(checked_by__isnull=False, checked_at__isnull=False)
                    & ~Q(checked_by=models.F("added_by"))
                ),
                name="evidence_checked_by_another",
            ),
        ]

    def __str__(self):
        return self.document or self.filename


class EvidenceFile(models.Model):
    """The bytes of a file of evidence, in a table of its own so that no list loads them."""

    evidence = models.OneToOneField(
        "measures.TaskEvidence", models.PROTECT, primary_key=True, related_name="file"
    )
    content = models.BinaryField()

    def __str__(self):
        return str(self.evidence_id)
