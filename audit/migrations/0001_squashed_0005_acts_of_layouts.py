import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """What 0001 to 0005 made, at once. Nothing of theirs changed rows."""

    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_proposed_change"),
        ("audit", "0003_acts_of_the_ledger"),
        ("audit", "0004_acts_of_batches"),
        ("audit", "0005_acts_of_layouts"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AuditEvent",
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
                            "at",
                            models.DateTimeField(
                                db_index=True,
                                default=django.utils.timezone.now,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("signed-in", "signed in"),
                                    ("sign-in-failed", "failed to sign in"),
                                    ("locked-out", "locked after failed sign-ins"),
                                    ("unlocked", "unlocked"),
                                    ("signed-out", "signed out"),
                                    ("session-ended", "ended a session"),
                                    ("password-changed", "changed a password"),
                                    ("password-link-made", "made a link to set a password"),
                                    ("account-added", "added an account"),
                                    ("account-changed", "changed an account"),
                                    ("roles-changed", "changed roles or cities of an account"),
                                    ("proposed", "proposed a change"),
                                    ("confirmed", "confirmed a proposed change"),
                                    ("rejected", "rejected a proposed change"),
                                    ("uploaded", "uploaded a workbook"),
                                    ("layout-confirmed", "confirmed a layout"),
                                    ("firms-chosen", "chose firms for names without a code"),
                                    ("checked", "checked a workbook without handing it in"),
                                    ("explained", "explained a finding"),
                                    ("corrected", "corrected cells"),
                                    ("discarded", "discarded a version"),
                                    ("submitted", "submitted a workbook"),
                                    ("sent-back", "sent a workbook back"),
                                    ("accepted", "accepted a workbook"),
                                    ("batch-brought", "brought many workbooks at once"),
                                    ("batch-decided", "decided what a file of a batch is"),
                                    ("department-submitted", "submitted a department's report"),
                                    ("department-sent-back", "sent a department's report back"),
                                    ("department-accepted", "accepted a department's report"),
                                    ("evidence-added", "added evidence to a step"),
                                    ("evidence-checked", "checked evidence of a step"),
                                    ("deferral-asked", "asked for a later date"),
                                    ("deferral-decided", "decided on a later date"),
                                    ("paper-issued", "issued a paper"),
                                    ("note-added", "added a note"),
                                    ("note-withdrawn", "withdrew a note"),
                                    ("record-added", "added a record"),
                                    ("record-changed", "changed a record"),
                                    ("record-deleted", "deleted a record"),
                                    ("imported", "imported the register"),
                                    ("downloaded", "downloaded or exported"),
                                    ("access-refused", "was refused access"),
                                    ("task-run", "ran a task"),
                                    ("audit-deleted", "deleted old audit events"),
                                ],
                                db_index=True,
                                max_length=40,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("done", "done"), ("refused", "refused")],
                                default="done",
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("page", "page"),
                                    ("api", "API"),
                                    ("job", "background job"),
                                    ("command", "command line"),
                                ],
                                max_length=8,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                blank=True, db_index=True, max_length=150, verbose_name="user name"
                            ),
                        ),
                        (
                            "roles",
                            models.CharField(blank=True, max_length=200, verbose_name="roles"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=45, verbose_name="address"),
                        ),
                        (
                            "request_number",
                            models.CharField(
                                blank=True, max_length=16, verbose_name="request number"
                            ),
                        ),
                        (
                            "object_type",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="kind of object"
                            ),
                        ),
                        (
                            "object_id",
                            models.CharField(blank=True, max_length=64, verbose_name="object"),
                        ),
                        (
                            "object_name",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="name of the object"
                            ),
                        ),
                        (
                            "before",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                null=True,
                                verbose_name="before",
                            ),
                        ),
                        (
                            "after",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                null=True,
                                verbose_name="after",
                            ),
                        ),
                        ("why", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audit event",
                        "verbose_name_plural": "audit events",
                        "ordering": ["-pk"],
                        "permissions": [("export_auditevent", "Can export audit events")],
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id"], name="audit_by_object"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedChange",
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
                            "act",
                            models.CharField(
                                choices=[
                                    ("change", "add or change"),
                                    ("password-link", "make a link to set a password"),
                                ],
                                default="change",
                                max_length=16,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "object_type",
                            models.CharField(max_length=100, verbose_name="kind of object"),
                        ),
                        (
                            "object_id",
                            models.CharField(blank=True, max_length=64, verbose_name="object"),
                        ),
                        (
                            "object_name",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="name of the object"
                            ),
                        ),
                        ("before", models.JSONField(default=list, verbose_name="before")),
                        ("after", models.JSONField(default=list, verbose_name="after")),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        ("effect", models.JSONField(default=list, verbose_name="effect")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("page", "page"),
                                    ("api", "API"),
                                    ("job", "background job"),
                                    ("command", "command line"),
                                ],
                                max_length=8,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "proposed_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="proposed at"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "rejected_at",
                            models.DateTimeField(null=True, verbose_name="rejected at"),
                        ),
                        (
                            "why",
                            models.CharField(
                                max_length=200, null=True, verbose_name="why rejected"
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposed by",
                            ),
                        ),
                        (
                            "rejected_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="rejected by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed change",
                        "verbose_name_plural": "proposed changes",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id"],
                                name="proposed_change_by_object",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(
                                        ("confirmed_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="proposed_change_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("rejected_by__isnull", True),
                                    _connector="OR",
                                ),
                                name="proposed_change_decided_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposed_change_confirmed_with_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("rejected_at__isnull", True),
                                        ("rejected_by__isnull", True),
                                        ("why__isnull", True),
                                    ),
                                    models.Q(
                                        ("rejected_at__isnull", False),
                                        ("rejected_by__isnull", False),
                                        ("why__isnull", False),
                                        models.Q(("why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposed_change_rejected_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="proposed_change_has_a_reason",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
