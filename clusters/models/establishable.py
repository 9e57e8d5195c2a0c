from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Establishable(models.Model):
    """
    Something that a plan counts once it is established (建成), and what shows that it is.

    No document says what makes a cluster or a park established. So a person enters it, with
    the document that says so: the date from which it is, or the last day on which it was
    found not to be yet. Blank both means that nobody has said anything: neither yes nor no.
    """

    established_on = models.DateField(
        _("established on"), null=True, blank=True, help_text=_("Blank while no document says so.")
    )
    established_evidence = models.CharField(
        _("evidence"), max_length=200, blank=True, help_text=_("Which document says so.")
    )
    not_established_on = models.DateField(
        _("found not established on"),
        null=True,
        blank=True,
        help_text=_("The last day on which it was verified that it is not established yet."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(established_on__isnull=True) | ~Q(established_evidence=""),
                name="%(class)s_established_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(not_established_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(not_established_on__lt=models.F("established_on")),
                name="%(class)s_established_after_found_not",
            ),
        ]

    def standing_on(self, day):
        """Return the status that a page shows of it at the end of a day."""
        word = {True: "established", False: "not_established", None: "not_known"}
        return word[self.established_by(day)]

    def established_by(self, day):
        """Return whether it was established by the end of a day; None if nothing says."""
        if self.established_on is not None:
            return self.established_on <= day
        if self.not_established_on is not None and self.not_established_on >= day:
            return False
        return None
