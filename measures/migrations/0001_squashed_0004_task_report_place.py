import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """What 0001 to 0004 made, at once. Nothing of theirs changed rows."""

    replaces = [
        ("measures", "0001_initial"),
        ("measures", "0002_department_return"),
        ("measures", "0003_ended_tasks"),
        ("measures", "0004_task_report_place"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0009_every_publication_is_linked"),
        ("indicators", "0001_squashed_0008_guards_are_made_of_a_list"),
        ("parks", "0001_squashed_0002_established"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Department",
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
                        ("slug", models.SlugField(unique=True, verbose_name="slug")),
                        (
                            "name",
                            models.CharField(max_length=100, unique=True, verbose_name="name"),
                        ),
                        ("name_en", models.CharField(max_length=150, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("final", "Final text"),
                                    ("draft", "Consultation draft"),
                                    ("unverified", "To be verified"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="provenance",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "is_demonstration",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="demonstration data"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "department",
                        "verbose_name_plural": "departments",
                        "ordering": ["position", "slug"],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                            "number",
                            models.CharField(
                                help_text="As addresses write it: 2-03.",
                                max_length=20,
                                unique=True,
                                verbose_name="number",
                            ),
                        ),
                        ("wording", models.TextField(verbose_name="wording")),
                        (
                            "wording_en",
                            models.TextField(blank=True, verbose_name="English wording"),
                        ),
                        (
                            "clause",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="clause of the document"
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("once", "once"),
                                    ("yearly", "every year"),
                                    ("standing", "standing"),
                                ],
                                default="once",
                                max_length=8,
                                verbose_name="rhythm",
                            ),
                        ),
                        (
                            "standard",
                            models.TextField(
                                blank=True,
                                help_text="What shows that it is done (办结标准). Blank: it cannot be judged.",
                                verbose_name="standard of completion",
                            ),
                        ),
                        (
                            "begins",
                            models.CharField(
                                help_text="Reports are owed from it on.",
                                max_length=6,
                                verbose_name="first quarter to report",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("final", "Final text"),
                                    ("draft", "Consultation draft"),
                                    ("unverified", "To be verified"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="provenance",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "is_demonstration",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="demonstration data"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="clusters.planmeasure",
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "assisting",
                            models.ManyToManyField(
                                blank=True,
                                related_name="assists",
                                to="measures.department",
                                verbose_name="assisting departments",
                            ),
                        ),
                        (
                            "cities",
                            models.ManyToManyField(
                                blank=True,
                                related_name="tasks",
                                to="clusters.city",
                                verbose_name="cities that answer",
                            ),
                        ),
                        (
                            "clusters",
                            models.ManyToManyField(
                                blank=True,
                                related_name="tasks",
                                to="clusters.cluster",
                                verbose_name="clusters served",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="measures.department",
                                verbose_name="lead department",
                            ),
                        ),
                        (
                            "parks",
                            models.ManyToManyField(
                                blank=True,
                                related_name="tasks",
                                to="parks.park",
                                verbose_name="parks served",
                            ),
                        ),
                        (
                            "targets",
                            models.ManyToManyField(
                                blank=True,
                                related_name="tasks",
                                to="indicators.target",
                                verbose_name="targets served",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="ended at"
                            ),
                        ),
                        (
                            "ended_because",
                            models.TextField(
                                blank=True,
                                help_text="Blank while it goes on. An ended task stays on record with all that was reported, and is judged no longer.",
                                verbose_name="why it has ended",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": ["area", "number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("wording", ""), _negated=True),
                                name="task_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("begins__regex", "^[0-9]{4}Q[1-4]$")),
                                name="task_begins_in_quarter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_ended_with_reason",
                            ),
                        ],
                        "permissions": [("report_task", "May report on the tasks of a department")],
                    },
                ),
                migrations.CreateModel(
                    name="Node",
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
                            "key",
                            models.CharField(
                                editable=False, max_length=30, unique=True, verbose_name="key"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="position"),
                        ),
                        (
                            "what",
                            models.CharField(max_length=300, verbose_name="what is to be done"),
                        ),
                        (
                            "what_en",
                            models.CharField(blank=True, max_length=300, verbose_name="in English"),
                        ),
                        (
                            "first_due",
                            models.DateField(blank=True, null=True, verbose_name="first due"),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="weight"),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nodes",
                                to="measures.task",
                                verbose_name="task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a task",
                        "verbose_name_plural": "steps of a task",
                        "ordering": ["task", "position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("what", ""), _negated=True),
                                name="node_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0)), name="node_weighs_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvidence",
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
                            "document",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="document and its number"
                            ),
                        ),
                        (
                            "filename",
                            models.CharField(blank=True, max_length=255, verbose_name="file name"),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("size", models.PositiveIntegerField(default=0)),
                        (
                            "added_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="added at"
                            ),
                        ),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "department",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.department",
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="measures.node",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ["added_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("city__isnull", True),
                                    ("department__isnull", True),
                                    _connector="XOR",
                                ),
                                name="evidence_of_a_city_or_a_department",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="evidence_is_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_at__isnull", True), ("checked_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        ("checked_by__isnull", False),
                                        models.Q(
                                            ("checked_by", models.F("added_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_checked_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartmentMember",
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
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="measures.department",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="membership",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "department of a user",
                        "verbose_name_plural": "departments of users",
                        "ordering": ["department", "user"],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceFile",
                    fields=[
                        (
                            "evidence",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="file",
                                serialize=False,
                                to="measures.taskevidence",
                            ),
                        ),
                        ("content", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalDepartment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(verbose_name="slug")),
                        (
                            "name",
                            models.CharField(db_index=True, max_length=100, verbose_name="name"),
                        ),
                        ("name_en", models.CharField(max_length=150, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("final", "Final text"),
                                    ("draft", "Consultation draft"),
                                    ("unverified", "To be verified"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="provenance",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "is_demonstration",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="demonstration data"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical department",
                        "verbose_name_plural": "historical departments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTask",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                db_index=True,
                                help_text="As addresses write it: 2-03.",
                                max_length=20,
                                verbose_name="number",
                            ),
                        ),
                        ("wording", models.TextField(verbose_name="wording")),
                        (
                            "wording_en",
                            models.TextField(blank=True, verbose_name="English wording"),
                        ),
                        (
                            "clause",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="clause of the document"
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("once", "once"),
                                    ("yearly", "every year"),
                                    ("standing", "standing"),
                                ],
                                default="once",
                                max_length=8,
                                verbose_name="rhythm",
                            ),
                        ),
                        (
                            "standard",
                            models.TextField(
                                blank=True,
                                help_text="What shows that it is done (办结标准). Blank: it cannot be judged.",
                                verbose_name="standard of completion",
                            ),
                        ),
                        (
                            "begins",
                            models.CharField(
                                help_text="Reports are owed from it on.",
                                max_length=6,
                                verbose_name="first quarter to report",
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("final", "Final text"),
                                    ("draft", "Consultation draft"),
                                    ("unverified", "To be verified"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="provenance",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "is_demonstration",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="demonstration data"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.planmeasure",
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.department",
                                verbose_name="lead department",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="ended at"
                            ),
                        ),
                        (
                            "ended_because",
                            models.TextField(
                                blank=True,
                                help_text="Blank while it goes on. An ended task stays on record with all that was reported, and is judged no longer.",
                                verbose_name="why it has ended",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical task",
                        "verbose_name_plural": "historical tasks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Deferral",
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
                            "due_before",
                            models.DateField(verbose_name="date in force when it was asked"),
                        ),
                        ("due", models.DateField(verbose_name="date asked for")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("asked_on", models.DateField(verbose_name="asked on")),
                        ("granted", models.BooleanField(null=True, verbose_name="granted")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decision",
                            models.TextField(blank=True, verbose_name="reason of the decision"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deferrals",
                                to="measures.node",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deferral",
                        "verbose_name_plural": "deferrals",
                        "ordering": ["asked_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due__gt", models.F("due_before"))),
                                name="deferral_is_to_a_later_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("granted", True), _negated=True),
                                    ("asked_on__lte", models.F("due_before")),
                                    _connector="OR",
                                ),
                                name="deferral_granted_if_asked_in_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("granted__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False), ("granted__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="deferral_decided_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("granted", True), _negated=True),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        models.Q(
                                            ("decided_by", models.F("asked_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="deferral_granted_by_another",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("granted__isnull", True)),
                                fields=("node",),
                                name="deferral_one_open_a_node",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTask_targets",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="measures.historicaltask",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="indicators.target",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalTask_targets",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTask_parks",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="measures.historicaltask",
                            ),
                        ),
                        (
                            "park",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="parks.park",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalTask_parks",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTask_clusters",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.cluster",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="measures.historicaltask",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalTask_clusters",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTask_cities",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.city",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="measures.historicaltask",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalTask_cities",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTask_assisting",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.department",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="measures.historicaltask",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalTask_assisting",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNode",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                db_index=True, editable=False, max_length=30, verbose_name="key"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="position"),
                        ),
                        (
                            "what",
                            models.CharField(max_length=300, verbose_name="what is to be done"),
                        ),
                        (
                            "what_en",
                            models.CharField(blank=True, max_length=300, verbose_name="in English"),
                        ),
                        (
                            "first_due",
                            models.DateField(blank=True, null=True, verbose_name="first due"),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="weight"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.task",
                                verbose_name="task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical step of a task",
                        "verbose_name_plural": "historical steps of a task",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TaskReport",
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
                            "published_at",
                            models.DateTimeField(editable=False, verbose_name="published at"),
                        ),
                        (
                            "superseded_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="superseded at"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not started"),
                                    ("under_way", "under way"),
                                    ("nearly_done", "nearly done"),
                                    ("done", "done"),
                                    ("needs_coordination", "needs coordination"),
                                ],
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="progress")),
                        (
                            "help_wanted",
                            models.TextField(
                                blank=True, verbose_name="matters that need coordination"
                            ),
                        ),
                        ("done_on", models.DateField(null=True, verbose_name="done on")),
                        (
                            "evidence_named",
                            models.CharField(blank=True, max_length=300, verbose_name="evidence"),
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
                            "department",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="measures.department",
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="measures.node",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.reportingperiod",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="cell"),
                        ),
                    ],
                    options={
                        "verbose_name": "progress report",
                        "verbose_name_plural": "progress reports",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_at__isnull", True),
                                    ("superseded_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="taskreport_superseded_after_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("city__isnull", True),
                                    ("department__isnull", True),
                                    _connector="XOR",
                                ),
                                name="task_report_of_a_city_or_a_department",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on__isnull", False), ("state", "done")),
                                    models.Q(
                                        models.Q(("state", "done"), _negated=True),
                                        ("done_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_report_done_on_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("node", "city", "period"),
                                name="task_report_of_city_in_force",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("node", "department", "period"),
                                name="task_report_of_dept_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartmentDraft",
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
                            "saved_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="saved at"
                            ),
                        ),
                        ("typed", models.JSONField()),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="measures.department",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clusters.reportingperiod",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of a department's report",
                        "verbose_name_plural": "drafts of departments' reports",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("department", "period", "saved_by"),
                                name="department_draft_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartmentReturn",
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
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("lines", models.JSONField(verbose_name="steps reported")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "waiting for review"),
                                    ("accepted", "accepted"),
                                    ("sent_back", "sent back"),
                                ],
                                default="submitted",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="submitted at"
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="measures.department",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.reportingperiod",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report of a department",
                        "verbose_name_plural": "reports of departments",
                        "ordering": ["-period__code", "department", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("department", "period", "version"),
                                name="department_return_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "submitted")),
                                fields=("department", "period"),
                                name="department_return_one_waiting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("status", "submitted"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("status__in", ["accepted", "sent_back"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="department_return_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(
                                        ("decided_by", models.F("submitted_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="department_return_decided_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent_back"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="department_return_sent_back_with_reason",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
