import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """What 0001 and 0002 made, at once. Nothing of theirs changed rows."""

    replaces = [("parks", "0001_initial"), ("parks", "0002_established")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0001_squashed_0007_plans_do_not_overlap"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="HistoricalPark",
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
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=200, verbose_name="theme"),
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
                            "city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.city",
                                verbose_name="city",
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
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "established_evidence",
                            models.CharField(
                                blank=True,
                                help_text="Which document says so.",
                                max_length=200,
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "established_on",
                            models.DateField(
                                blank=True,
                                help_text="Blank while no document says so.",
                                null=True,
                                verbose_name="established on",
                            ),
                        ),
                        (
                            "not_established_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day on which it was verified that it is not established yet.",
                                null=True,
                                verbose_name="found not established on",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical park",
                        "verbose_name_plural": "historical parks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Park",
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
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=200, verbose_name="theme"),
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
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parks",
                                to="clusters.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parks",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "established_evidence",
                            models.CharField(
                                blank=True,
                                help_text="Which document says so.",
                                max_length=200,
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "established_on",
                            models.DateField(
                                blank=True,
                                help_text="Blank while no document says so.",
                                null=True,
                                verbose_name="established on",
                            ),
                        ),
                        (
                            "not_established_on",
                            models.DateField(
                                blank=True,
                                help_text="The last day on which it was verified that it is not established yet.",
                                null=True,
                                verbose_name="found not established on",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "park",
                        "verbose_name_plural": "parks",
                        "ordering": ["city__code", "name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("established_on__isnull", True),
                                    models.Q(("established_evidence", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="park_established_with_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("not_established_on__isnull", True),
                                    ("established_on__isnull", True),
                                    ("not_established_on__lt", models.F("established_on")),
                                    _connector="OR",
                                ),
                                name="park_established_after_found_not",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParkReturn",
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
                            "firms",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="firms in the park"
                            ),
                        ),
                        (
                            "output_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="output value",
                            ),
                        ),
                        (
                            "revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="revenue",
                            ),
                        ),
                        (
                            "investment",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="investment completed",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="progress")),
                        (
                            "park",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="parks.park",
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
                    ],
                    options={
                        "verbose_name": "park return",
                        "verbose_name_plural": "park returns",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_at__isnull", True),
                                    ("superseded_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="parkreturn_superseded_after_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("park", "period"),
                                name="park_return_one_in_force",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
