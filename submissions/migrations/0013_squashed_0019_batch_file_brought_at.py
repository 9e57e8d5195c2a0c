import datetime
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """
    What 0013 to 0019 made, at once; also where submissions are there already.

    Left out, as no file of a batch is there yet: the moment at which each was brought (0019).
    """

    replaces = [
        ("submissions", "0013_explanation_not_too_long"),
        ("submissions", "0014_withdrawn"),
        ("submissions", "0015_tasks_are_staged"),
        ("submissions", "0016_batches"),
        ("submissions", "0017_foreign_layouts"),
        ("submissions", "0018_parts_of_files"),
        ("submissions", "0019_batch_file_brought_at"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0009_every_publication_is_linked"),
        ("submissions", "0012_link_publications"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Length("text"), 1000
                    ),
                    (
                        "given_at__lt",
                        datetime.datetime(2026, 12, 1, 0, 0, tzinfo=datetime.UTC),
                    ),
                    _connector="OR",
                ),
                name="explanation_not_too_long",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_published_if_accepted",
        ),
        migrations.AlterField(
            model_name="submission",
            name="reason",
            field=models.TextField(
                blank=True, editable=False, verbose_name="reason for sending back or withdrawing"
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("submitted", "Submitted"),
                    ("sent_back", "Sent back"),
                    ("accepted", "Accepted"),
                    ("superseded", "Superseded"),
                    ("withdrawn", "Withdrawn"),
                    ("discarded", "Discarded"),
                ],
                default="uploaded",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("status__in", ["accepted", "superseded", "withdrawn"]),
                    ),
                    models.Q(
                        ("published_at__isnull", True),
                        ("status__in", ["uploaded", "submitted", "sent_back", "discarded"]),
                    ),
                    _connector="OR",
                ),
                name="submission_published_if_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(
                        models.Q(("reason", ""), _negated=True), ("superseded_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="submission_withdrawn_with_a_reason",
            ),
        ),
        migrations.AlterField(
            model_name="stagedrow",
            name="kind",
            field=models.CharField(
                choices=[
                    ("city", "City"),
                    ("enterprises", "Enterprises"),
                    ("parks", "Parks"),
                    ("blocks", "Blocks"),
                    ("tasks", "Tasks"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="stagedrow",
            name="sources",
            field=models.JSONField(null=True),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(editable=False, max_length=200, verbose_name="name"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="brought at",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="declared publication"
                            ),
                        ),
                        (
                            "stopped_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="stopped at"
                            ),
                        ),
                        (
                            "cities",
                            models.ManyToManyField(
                                editable=False, related_name="+", to="clusters.city"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="brought by",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "batch of workbooks",
                        "verbose_name_plural": "batches of workbooks",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Layout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "fingerprint",
                            models.CharField(
                                db_index=True,
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the headings",
                            ),
                        ),
                        ("spec", models.JSONField(editable=False)),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="confirmed at",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "layout",
                        "verbose_name_plural": "layouts",
                        "ordering": ["name", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name", "version"), name="layout_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="layout_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                editable=False, max_length=255, verbose_name="file name"
                            ),
                        ),
                        (
                            "size",
                            models.PositiveIntegerField(
                                editable=False, verbose_name="size in bytes"
                            ),
                        ),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "not read yet"),
                                    ("recognised", "recognised"),
                                    ("asked", "to be decided"),
                                    ("layout", "layout needed"),
                                    ("by_layout", "read by a layout"),
                                    ("unknown", "not recognised"),
                                    ("unreadable", "unreadable"),
                                    ("left_out", "left out"),
                                    ("refused", "refused"),
                                    ("taken", "received"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "city_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("stamp", "the template's stamp"),
                                    ("header", "the cells above a table"),
                                    ("sheet", "the name of a sheet"),
                                    ("column", "a column of the layout"),
                                    ("file", "the name of the file"),
                                    ("person", "a person's decision"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "period_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("stamp", "the template's stamp"),
                                    ("header", "the cells above a table"),
                                    ("sheet", "the name of a sheet"),
                                    ("column", "a column of the layout"),
                                    ("file", "the name of the file"),
                                    ("person", "a person's decision"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("evidence", models.JSONField(default=list)),
                        ("rank", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="submissions.batch",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.city",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.reportingperiod",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batch_files",
                                to="submissions.submission",
                            ),
                        ),
                        (
                            "layout",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="submissions.layout",
                                verbose_name="layout",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="submissions.batchfile",
                            ),
                        ),
                        ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                        (
                            "brought_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="brought at",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a batch",
                        "verbose_name_plural": "files of a batch",
                        "ordering": ["batch", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "taken"), _negated=True),
                                    models.Q(
                                        ("city__isnull", False),
                                        ("period__isnull", False),
                                        ("submission__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_file_taken_as_a_submission",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("part_of__isnull", True)),
                                fields=("batch", "name", "sha256"),
                                name="batch_file_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("part_of__isnull", False)),
                                fields=("part_of", "city", "period"),
                                name="batch_part_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("part_of__isnull", True),
                                    models.Q(
                                        ("city__isnull", False),
                                        ("layout__isnull", False),
                                        ("period__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_part_by_a_layout",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchContent",
                    fields=[
                        (
                            "file",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="content",
                                serialize=False,
                                to="submissions.batchfile",
                            ),
                        ),
                        ("content", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="LayoutUse",
                    fields=[
                        (
                            "submission",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="layout_use",
                                serialize=False,
                                to="submissions.submission",
                            ),
                        ),
                        ("given_city", models.CharField(blank=True, editable=False, max_length=6)),
                        ("given_year", models.PositiveSmallIntegerField(editable=False, null=True)),
                        (
                            "given_quarter",
                            models.PositiveSmallIntegerField(editable=False, null=True),
                        ),
                        (
                            "layout",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="submissions.layout",
                                verbose_name="layout",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FirmChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name in the file")),
                        (
                            "credit_code",
                            models.CharField(blank=True, max_length=18, verbose_name="credit code"),
                        ),
                        (
                            "chosen_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="chosen at",
                            ),
                        ),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="chosen by",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="firm_choices",
                                to="submissions.submission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chosen firm",
                        "verbose_name_plural": "chosen firms",
                        "ordering": ["submission", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="firm_choice_has_a_name",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
