from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from enterprises.tiering import holds


class TierAwardQuerySet(models.QuerySet):
    def held_on(self, day):
        """Return the titles held on a day: a figure of 2023 uses the membership of 2023."""
        return self.filter(awarded_on__lte=day).exclude(expires_on__lt=day)


class TierAward(models.Model):
    """Which enterprise held which title, from when to when, by what document."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        models.CASCADE,
        related_name="awards",
        verbose_name=_("enterprise"),
    )
    tier = models.ForeignKey(
        "enterprises.Tier", models.PROTECT, related_name="awards", verbose_name=_("tier")
    )
    awarded_on = models.DateField(_("awarded on"))
    expires_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Blank while it has no end.")
    )
    document = models.CharField(_("document"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Who published it, and where.")
    )

    objects = TierAwardQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tier award")
        verbose_name_plural = _("tier awards")
        ordering = ["enterprise", "tier", "awarded_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "tier", "awarded_on"], name="tier_award_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("awarded_on")),
                name="tier_award_expires_after_award",
            ),
        ]

    def __str__(self):
        return f"{self.enterprise_id} {self.tier_id} {self.awarded_on}"

    def held(self, day):
        """Return whether the title was held on a day."""
        return holds(day, self.awarded_on, self.expires_on)
