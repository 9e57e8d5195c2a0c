from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from submissions.models.constraints import someone
from submissions.workbook.foreign.layout_spec import LayoutSpec


class Layout(models.Model):
    """
    One version of how a file with other headings is read, as a person confirmed it.

    Never changed: what is described anew is another version. fingerprint is of the headings; a
    file with others is never read by it.
    """

    name = models.CharField(_("name"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    fingerprint = models.CharField(
        _("fingerprint of the headings"), max_length=64, editable=False, db_index=True
    )
    # A LayoutSpec as JSON.
    spec = models.JSONField(editable=False)
    confirmed_by = someone(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="layout_version_once"),
            models.CheckConstraint(condition=~Q(name=""), name="layout_has_a_name"),
        ]

    def __str__(self):
        return gettext("%(name)s, version %(version)s") % {
            "name": self.name,
            "version": self.version,
        }

    def get_absolute_url(self):
        return reverse("submissions:layout", kwargs={"pk": self.pk})

    def as_spec(self) -> LayoutSpec:
        """Return what it says, for the reader."""
        return LayoutSpec.of_json(self.spec)


class LayoutUse(models.Model):
    """
    That a submission is read by a layout, and what a person gave that the file does not say.

    Stored with the submission and never changed. A submission without one is our own workbook.
    """

    submission = models.OneToOneField(
        "submissions.Submission",
        models.CASCADE,
        primary_key=True,
        related_name="layout_use",
        editable=False,
    )
    layout = models.ForeignKey(
        Layout, models.PROTECT, related_name="uses", editable=False, verbose_name=_("layout")
    )
    # The code of a city, a year and the number of a quarter, as they were chosen on the page.
    given_city = models.CharField(max_length=6, blank=True, editable=False)
    given_year = models.PositiveSmallIntegerField(null=True, editable=False)
    given_quarter = models.PositiveSmallIntegerField(null=True, editable=False)

    def __str__(self):
        return str(self.layout)


class FirmChoice(models.Model):
    """
    The firm that a person chose for a name without a credit code, or that it stays open.

    For one submission. The newest of a name counts; none is changed.
    """

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="firm_choices", editable=False
    )
    # As firm_names.plain_firm_name() has it.
    name = models.CharField(_("name in the file"), max_length=120)
    # "" if it stays open.
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    chosen_by = someone(_("chosen by"))
    chosen_at = models.DateTimeField(_("chosen at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("chosen firm")
        verbose_name_plural = _("chosen firms")
        ordering = ["submission", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="firm_choice_has_a_name"),
        ]

    def __str__(self):
        return f"{self.name} → {self.credit_code or '–'}"
