import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels
from submissions.migrations._originals import store_as_it_is


class Migration(migrations.Migration):
    """
    What 0001 to 0011 made, at once.

    Left out, as no submission is there yet: the originals copied from DATA_DIR (0010).
    """

    replaces = [
        ("submissions", "0001_initial"),
        ("submissions", "0002_finding_trial"),
        ("submissions", "0003_finding_answers_judged"),
        ("submissions", "0004_nil_declared"),
        ("submissions", "0005_answers_kept"),
        ("submissions", "0006_discarded_and_restated"),
        ("submissions", "0007_amendments"),
        ("submissions", "0008_words_of_severity"),
        ("submissions", "0009_originals"),
        ("submissions", "0010_originals_from_files"),
        ("submissions", "0011_explanations_are_superseded"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0001_squashed_0007_plans_do_not_overlap"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Submission",
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
                            "version",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("uploaded", "Uploaded"),
                                    ("submitted", "Submitted"),
                                    ("sent_back", "Sent back"),
                                    ("accepted", "Accepted"),
                                    ("superseded", "Superseded"),
                                    ("discarded", "Discarded"),
                                ],
                                default="uploaded",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("stored_as", models.UUIDField(editable=False, null=True, unique=True)),
                        (
                            "filename",
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
                        ("client_key", models.UUIDField(editable=False, null=True, unique=True)),
                        (
                            "uploaded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="uploaded at",
                            ),
                        ),
                        (
                            "checked_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="checked at"
                            ),
                        ),
                        (
                            "lines",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="enterprise lines"
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="submitted at"
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="decided at"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, editable=False, verbose_name="reason for sending back"
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="published at"
                            ),
                        ),
                        (
                            "superseded_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="superseded at"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="clusters.city",
                                verbose_name="city",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.reportingperiod",
                                verbose_name="period",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "nil",
                            models.TextField(
                                blank=True,
                                editable=False,
                                verbose_name="declared that there is nothing",
                            ),
                        ),
                        (
                            "discarded_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="discarded at"
                            ),
                        ),
                        (
                            "discarded_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="discarded by",
                            ),
                        ),
                        (
                            "restatement_reason",
                            models.TextField(
                                blank=True,
                                editable=False,
                                verbose_name="reason for the restatement",
                            ),
                        ),
                        (
                            "restates",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="submissions.submission",
                                verbose_name="restates",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "submission",
                        "verbose_name_plural": "submissions",
                        "ordering": ["-period__code", "city__code", "-version"],
                        "permissions": [
                            ("upload_submission", "Can upload and submit a city's workbook"),
                            ("review_submission", "Can accept a submission or send it back"),
                            ("backfill_submission", "Can date a back-filled history"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "period", "version"), name="submission_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "accepted")),
                                fields=("city", "period"),
                                name="submission_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("submitted_at__isnull", True),
                                        ("submitted_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_submitted_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("decided_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False), ("decided_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_decided_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(
                                        ("decided_by", models.F("submitted_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_four_eyes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent_back"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="submission_sent_back_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("discarded_at__isnull", True),
                                        ("discarded_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("discarded_at__isnull", False),
                                        ("discarded_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_discarded_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("discarded_at__isnull", False), ("status", "discarded")
                                    ),
                                    models.Q(
                                        models.Q(("status", "discarded"), _negated=True),
                                        ("discarded_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_discarded_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["uploaded", "discarded"]), _negated=True
                                    ),
                                    ("submitted_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="submission_discarded_before_it_was_submitted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("restatement_reason", ""), ("restates__isnull", True)
                                    ),
                                    models.Q(
                                        models.Q(("restates__isnull", False)),
                                        models.Q(("restatement_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_restates_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("status__in", ["accepted", "superseded"]),
                                    ),
                                    models.Q(
                                        ("published_at__isnull", True),
                                        (
                                            "status__in",
                                            ["uploaded", "submitted", "sent_back", "discarded"],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_published_if_accepted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StagedRow",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("city", "City"),
                                    ("enterprises", "Enterprises"),
                                    ("parks", "Parks"),
                                    ("blocks", "Blocks"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("sheet", models.CharField(max_length=100)),
                        ("row", models.PositiveIntegerField()),
                        ("key", models.CharField(max_length=120)),
                        ("values", models.JSONField()),
                        ("cells", models.JSONField()),
                        (
                            "submission",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="submissions.submission",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["submission", "kind", "row"],
                        "indexes": [
                            models.Index(
                                fields=["submission", "kind", "key"],
                                name="submissions_submiss_ecaa0f_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("submission", "kind", "row"), name="staged_row_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                        ("position", models.PositiveIntegerField()),
                        ("code", models.CharField(max_length=8, verbose_name="code")),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("mandatory", "Must be corrected"),
                                    ("advisory", "Must be explained"),
                                ],
                                max_length=9,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "sheet",
                            models.CharField(blank=True, max_length=100, verbose_name="sheet"),
                        ),
                        ("cell", models.CharField(blank=True, max_length=12, verbose_name="cell")),
                        (
                            "value",
                            models.CharField(blank=True, max_length=64, verbose_name="value"),
                        ),
                        ("params", models.JSONField(default=dict)),
                        ("explained_in_cell", models.TextField(blank=True)),
                        (
                            "submission",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="submissions.submission",
                            ),
                        ),
                        (
                            "trial",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="on trial"
                            ),
                        ),
                        ("about", models.CharField(blank=True, max_length=200)),
                        ("answer_cell", models.CharField(blank=True, max_length=12)),
                        ("firm", models.CharField(blank=True, max_length=18)),
                        ("refused_in_cell", models.TextField(blank=True)),
                        (
                            "refused_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("stock", "It gives no reason"),
                                    ("copied", "It is copied"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("dropped_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "finding",
                        "verbose_name_plural": "findings",
                        "ordering": ["submission", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("dropped_at__isnull", True)),
                                fields=("submission", "position"),
                                name="finding_position_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
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
                        ("text", models.TextField(verbose_name="explanation")),
                        (
                            "given_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="explanations",
                                to="submissions.finding",
                            ),
                        ),
                        (
                            "nil",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "No business"),
                                    ("closed", "Closed"),
                                    ("moved", "Moved away"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="submissions.submission",
                            ),
                        ),
                        (
                            "superseded_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="superseded at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "explanation",
                        "verbose_name_plural": "explanations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="explanation_not_empty",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("finding",),
                                name="explanation_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerDraft",
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
                        ("text", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "nil",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "No business"),
                                    ("closed", "Closed"),
                                    ("moved", "Moved away"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "saved_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "finding",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft",
                                to="submissions.finding",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saved by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of an answer",
                        "verbose_name_plural": "drafts of answers",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("nil", ""), ("text", ""), _negated=True),
                                name="answer_draft_not_empty",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
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
                            "sheet",
                            models.CharField(blank=True, max_length=100, verbose_name="sheet"),
                        ),
                        ("cell", models.CharField(max_length=12, verbose_name="cell")),
                        (
                            "subject",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what it is of"
                            ),
                        ),
                        (
                            "old",
                            models.CharField(blank=True, max_length=200, verbose_name="before"),
                        ),
                        ("new", models.CharField(max_length=200, verbose_name="now")),
                        (
                            "amends",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="submissions.submission",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amendments",
                                to="submissions.submission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "amendment",
                        "verbose_name_plural": "amendments",
                        "ordering": ["submission", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("submission", "sheet", "cell"), name="amendment_cell_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("new", ""), _negated=True),
                                    models.Q(("new", models.F("old")), _negated=True),
                                ),
                                name="amendment_changes_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("submission", models.F("amends")), _negated=True
                                ),
                                name="amendment_of_another_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Original",
                    fields=[
                        (
                            "submission",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="original",
                                serialize=False,
                                to="submissions.submission",
                            ),
                        ),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        ("size", models.PositiveIntegerField(editable=False)),
                        ("content", models.BinaryField()),
                    ],
                ),
            ]
        ),
        migrations.RunPython(store_as_it_is, migrations.RunPython.noop),
    ]
