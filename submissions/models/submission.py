from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.models.recorded import recorded_at
from foundation.language import quarter_name
from submissions.models.constraints import both_or_neither, someone


class SubmissionQuerySet(models.QuerySet):
    def in_cities(self, cities):
        """Return the submissions of these cities."""
        return self.filter(city__in=cities)

    def in_force(self):
        """Return the submissions whose figures are in force."""
        return self.filter(status=Submission.Status.ACCEPTED)

    def kept(self):
        """Return the submissions that were not discarded."""
        return self.exclude(status=Submission.Status.DISCARDED)

    def with_recorded_at(self):
        """Add recorded_at: when the figures of each were stored; None of what was not accepted."""
        return self.annotate(recorded_at=recorded_at("city"))

    def waiting(self):
        """Return the submissions that wait for a decision."""
        return self.filter(status=Submission.Status.SUBMITTED)


class Submission(models.Model):
    """
    One version of a city's workbook for one reporting period, and its state.

    Never edited, never deleted: it is corrected by another version. If it was already accepted,
    that version is a restatement, which on acceptance supersedes this one. An acceptance that was
    a mistake is withdrawn by two people: superseded_at is when. One that was not submitted may be
    discarded: it stays, and stands in no other version's way.

    Its file is an Original, stored in the same transaction and before it is read; checked_at is
    None until the rules have run.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        SUBMITTED = "submitted", _("Submitted")
        SENT_BACK = "sent_back", _("Sent back")
        ACCEPTED = "accepted", _("Accepted")
        SUPERSEDED = "superseded", _("Superseded")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DISCARDED = "discarded", _("Discarded")

    city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="submissions", verbose_name=_("city")
    )
    period = models.ForeignKey(
        "clusters.ReportingPeriod", models.PROTECT, related_name="+", verbose_name=_("period")
    )
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.UPLOADED, editable=False
    )

    # Name of the file in DATA_DIR/originals, where originals were before migration 0010.
    stored_as = models.UUIDField(null=True, unique=True, editable=False)
    filename = models.CharField(_("file name"), max_length=255, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    # Key of the upload form: a double click or retry finds its first result.
    client_key = models.UUIDField(null=True, unique=True, editable=False)

    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = someone(_("uploaded by"))
    checked_at = models.DateTimeField(_("checked at"), null=True, editable=False)
    # The city's reason for having nothing to report, from above the table; blank otherwise.
    nil = models.TextField(_("declared that there is nothing"), blank=True, editable=False)
    lines = models.PositiveIntegerField(_("enterprise lines"), null=True, editable=False)
    discarded_at = models.DateTimeField(_("discarded at"), null=True, editable=False)
    discarded_by = someone(_("discarded by"), null=True)
    # The version in force when this one was submitted, and why its figures are restated.
    restates = models.ForeignKey(
        "submissions.Submission",
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("restates"),
    )
    restatement_reason = models.TextField(
        _("reason for the restatement"), blank=True, editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by = someone(_("submitted by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = someone(_("decided by"), null=True)
    # Why it was sent back, or its acceptance withdrawn.
    reason = models.TextField(
        _("reason for sending back or withdrawing"), blank=True, editable=False
    )

    # When its figures came into force; before decided_at only in a back-filled history.
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, editable=False)

    # Not stored: set by receiving.receive() on an existing submission.
    repeated = False

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-period__code", "city__code", "-version"]
        permissions = [
            ("upload_submission", _("Can upload and submit a city's workbook")),
            ("review_submission", _("Can accept a submission or send it back")),
            ("backfill_submission", _("Can date a back-filled history")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "period", "version"], name="submission_version_once"
            ),
            models.UniqueConstraint(
                fields=["city", "period"],
                condition=Q(status="accepted"),
                name="submission_one_in_force",
            ),
            both_or_neither("submitted"),
            both_or_neither("decided"),
            both_or_neither("discarded"),
            models.CheckConstraint(
                condition=Q(status="discarded", discarded_at__isnull=False)
                | Q(~Q(status="discarded"), discarded_at__isnull=True),
                name="submission_discarded_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["uploaded", "discarded"]) | Q(submitted_at__isnull=True),
                name="submission_discarded_before_it_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(restates__isnull=True, restatement_reason="")
                | Q(Q(restates__isnull=False), ~Q(restatement_reason="")),
                name="submission_restates_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="submission_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["accepted", "superseded", "withdrawn"], published_at__isnull=False
                )
                | Q(
                    status__in=["uploaded", "submitted", "sent_back", "discarded"],
                    published_at__isnull=True,
                ),
                name="submission_published_if_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent_back") | ~Q(reason=""),
                name="submission_sent_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(reason="") & Q(superseded_at__isnull=False),
                name="submission_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self):
        return gettext("%(city)s %(period)s, version %(version)s") % {
            "city": self.city,
            "period": quarter_name(self.period.quarter),
            "version": self.version,
        }

    def get_absolute_url(self):
        return reverse("submissions:submission", kwargs={"pk": self.pk})
