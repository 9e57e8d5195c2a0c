from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.constraints import someone


class Batch(models.Model):
    """
    Many workbooks that one person brings at once, to back-fill a history.

    published_at is the declared moment of publication of all of them, None if each is published
    when it is accepted. stopped_at: nothing more is handed in until somebody goes on.
    """

    name = models.CharField(_("name"), max_length=200, editable=False)
    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(_("brought at"), default=timezone.now, editable=False)
    created_by = someone(_("brought by"))
    # Whose workbooks the person might bring then.
    cities = models.ManyToManyField("clusters.City", related_name="+", editable=False)
    published_at = models.DateTimeField(_("declared publication"), null=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, editable=False)

    class Meta:
        verbose_name = _("batch of workbooks")
        verbose_name_plural = _("batches of workbooks")
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("submissions:batch", kwargs={"pk": self.pk})


class BatchFile(models.Model):
    """
    One file of a batch: what was recognised in it, from where, and what became of it.

    A file that a confirmed layout reads has parts, each of one city and period: rows of this table
    too, so that they are decided about, handed in and reported as files are.

    evidence   every place that names a city or a period: what, source, where, written, value
    rank       the place among the files of one city and period that a person put in order
    reason     why it goes no further, for the reader; blank otherwise
    decided_by who said which city and period it is for, or what is to become of it
    part_of    the file that this is a part of; None for a file as it came
    layout     the layout that reads it; None for our own workbook
    read_at    when it was read last: a layout confirmed later may fit it
    """

    class FileState(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file", "not read yet")
        RECOGNISED = "recognised", pgettext_lazy("file", "recognised")
        ASKED = "asked", pgettext_lazy("file", "to be decided")
        LAYOUT = "layout", pgettext_lazy("file", "layout needed")
        BY_LAYOUT = "by_layout", pgettext_lazy("file", "read by a layout")
        NOT_RECOGNISED = "unknown", pgettext_lazy("file", "not recognised")
        UNREADABLE = "unreadable", pgettext_lazy("file", "unreadable")
        LEFT_OUT = "left_out", pgettext_lazy("file", "left out")
        REFUSED = "refused", pgettext_lazy("file", "refused")
        TAKEN = "taken", pgettext_lazy("file", "received")

    class Source(models.TextChoices):
        STAMP = "stamp", _("the template's stamp")
        HEADER = "header", _("the cells above a table")
        SHEET = "sheet", _("the name of a sheet")
        COLUMN = "column", _("a column of the layout")
        FILE = "file", _("the name of the file")
        PERSON = "person", _("a person's decision")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files", editable=False)
    # With the folders of an archive.
    name = models.CharField(_("file name"), max_length=255, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    # Later than the batch where it was added to it.
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now, editable=False)

    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    city = models.ForeignKey("clusters.City", models.PROTECT, related_name="+", null=True)
    period = models.ForeignKey(
        "clusters.ReportingPeriod", models.PROTECT, related_name="+", null=True
    )
    city_from = models.CharField(max_length=6, choices=Source, blank=True)
    period_from = models.CharField(max_length=6, choices=Source, blank=True)
    evidence = models.JSONField(default=list)
    rank = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    decided_by = someone(_("decided by"), null=True)
    submission = models.ForeignKey(
        "submissions.Submission", models.PROTECT, related_name="batch_files", null=True
    )

    part_of = models.ForeignKey("self", models.CASCADE, related_name="parts", null=True)
    layout = models.ForeignKey(
        "submissions.Layout", models.PROTECT, related_name="+", null=True, verbose_name=_("layout")
    )
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("file of a batch")
        verbose_name_plural = _("files of a batch")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "name", "sha256"],
                condition=Q(part_of__isnull=True),
                name="batch_file_once",
            ),
            models.UniqueConstraint(
                fields=["part_of", "city", "period"],
                condition=Q(part_of__isnull=False),
                name="batch_part_once",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True)
                | Q(layout__isnull=False, city__isnull=False, period__isnull=False),
                name="batch_part_by_a_layout",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken")
                | Q(submission__isnull=False, city__isnull=False, period__isnull=False),
                name="batch_file_taken_as_a_submission",
            ),
        ]

    def __str__(self):
        return self.name


class BatchContent(models.Model):
    """A file of a batch as it came; a table of its own, so that no list loads the bytes."""

    file = models.OneToOneField(
        BatchFile, models.PROTECT, primary_key=True, related_name="content", editable=False
    )
    content = models.BinaryField()

    def __str__(self):
        return str(self.file)
