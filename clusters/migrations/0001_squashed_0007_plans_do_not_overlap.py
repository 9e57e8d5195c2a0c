import django.core.validators
import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from clusters.migrations._plans_apart import keep_apart, let_overlap
from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """What 0001 to 0007 made, at once. Nothing of theirs changed rows."""

    replaces = [
        ("clusters", "0001_initial"),
        ("clusters", "0002_history_of_categories_measures_periods"),
        ("clusters", "0003_established"),
        ("clusters", "0004_city_return_nil"),
        ("clusters", "0005_block_owner_date_evidence"),
        ("clusters", "0006_plan_least_weight"),
        ("clusters", "0007_plans_do_not_overlap"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="City",
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
                            "code",
                            models.CharField(
                                max_length=6,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("^[0-9]{6}$")],
                                verbose_name="GB/T 2260 code",
                            ),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="slug")),
                        ("name", models.CharField(max_length=20, unique=True, verbose_name="name")),
                        (
                            "short_name",
                            models.CharField(max_length=10, unique=True, verbose_name="short name"),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                max_length=20, unique=True, verbose_name="English name"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city",
                        "verbose_name_plural": "cities",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("first_year", models.PositiveSmallIntegerField(verbose_name="first year")),
                        ("last_year", models.PositiveSmallIntegerField(verbose_name="last year")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "least_weight",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.60"),
                                help_text="The reporting cities' part of last year's figure, from 0.01 to 1, below which the silent cities are not estimated.",
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.01")),
                                    django.core.validators.MaxValueValidator(Decimal("1")),
                                ],
                                verbose_name="least weight of coverage for an estimate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan",
                        "verbose_name_plural": "plans",
                        "ordering": ["first_year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="plan_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least_weight__gt", 0), ("least_weight__lte", 1)
                                ),
                                name="plan_least_weight_is_a_fraction",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cluster",
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
                        ("slug", models.SlugField(verbose_name="slug")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        (
                            "slogan",
                            models.CharField(blank=True, max_length=200, verbose_name="slogan"),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clusters",
                                to="clusters.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clusters",
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
                        "verbose_name": "cluster",
                        "verbose_name_plural": "clusters",
                        "ordering": ["plan", "city__code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "city"), name="cluster_one_per_city"
                            ),
                            models.UniqueConstraint(
                                fields=("plan", "slug"), name="cluster_slug_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("established_on__isnull", True),
                                    models.Q(("established_evidence", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="cluster_established_with_evidence",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("not_established_on__isnull", True),
                                    ("established_on__isnull", True),
                                    ("not_established_on__lt", models.F("established_on")),
                                    _connector="OR",
                                ),
                                name="cluster_established_after_found_not",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlockCategory",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("name", models.CharField(max_length=50, verbose_name="name")),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "planned_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Blank if the plan says N.",
                                null=True,
                                verbose_name="planned number",
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="categories",
                                to="clusters.cluster",
                                verbose_name="cluster",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "block category",
                        "verbose_name_plural": "block categories",
                        "ordering": ["cluster", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cluster", "name"), name="block_category_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BuildingBlock",
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
                        ("content", models.CharField(max_length=60, verbose_name="content")),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="Blank while no source names it.",
                                max_length=100,
                                verbose_name="name",
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
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blocks",
                                to="clusters.blockcategory",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "committed_on",
                            models.DateField(
                                blank=True,
                                help_text="By a document. Blank: the first date that its city planned it for.",
                                null=True,
                                verbose_name="date the province holds it to",
                            ),
                        ),
                        (
                            "evidence",
                            models.TextField(
                                blank=True,
                                help_text="Documents that were seen: title, number, and where they are kept.",
                                verbose_name="evidence on file",
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(
                                blank=True,
                                help_text="Blank while none is named.",
                                max_length=100,
                                verbose_name="unit in charge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "building block",
                        "verbose_name_plural": "building blocks",
                        "ordering": ["category", "content"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("category", "content"), name="building_block_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBuildingBlock",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("content", models.CharField(max_length=60, verbose_name="content")),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="Blank while no source names it.",
                                max_length=100,
                                verbose_name="name",
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
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.blockcategory",
                                verbose_name="category",
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
                            "committed_on",
                            models.DateField(
                                blank=True,
                                help_text="By a document. Blank: the first date that its city planned it for.",
                                null=True,
                                verbose_name="date the province holds it to",
                            ),
                        ),
                        (
                            "evidence",
                            models.TextField(
                                blank=True,
                                help_text="Documents that were seen: title, number, and where they are kept.",
                                verbose_name="evidence on file",
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(
                                blank=True,
                                help_text="Blank while none is named.",
                                max_length=100,
                                verbose_name="unit in charge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical building block",
                        "verbose_name_plural": "historical building blocks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPlan",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(verbose_name="code")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("first_year", models.PositiveSmallIntegerField(verbose_name="first year")),
                        ("last_year", models.PositiveSmallIntegerField(verbose_name="last year")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "least_weight",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.60"),
                                help_text="The reporting cities' part of last year's figure, from 0.01 to 1, below which the silent cities are not estimated.",
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.01")),
                                    django.core.validators.MaxValueValidator(Decimal("1")),
                                ],
                                verbose_name="least weight of coverage for an estimate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical plan",
                        "verbose_name_plural": "historical plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCluster",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(verbose_name="slug")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        (
                            "slogan",
                            models.CharField(blank=True, max_length=200, verbose_name="slogan"),
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
                        "verbose_name": "historical cluster",
                        "verbose_name_plural": "historical clusters",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PlanMeasure",
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
                                    ("support", "Support area"),
                                    ("organisation", "Organisational measure"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan measure",
                        "verbose_name_plural": "plan measures",
                        "ordering": ["plan", "kind", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "kind", "position"),
                                name="plan_measure_position_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportingPeriod",
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
                            "code",
                            models.CharField(
                                max_length=6,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="quarter",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                    ],
                    options={
                        "verbose_name": "reporting period",
                        "verbose_name_plural": "reporting periods",
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]{4}Q[1-4]$")),
                                name="reporting_period_is_a_quarter",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
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
                        ("published_at", models.DateTimeField(verbose_name="published at")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.city",
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
                        "verbose_name": "publication",
                        "verbose_name_plural": "publications",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CityReturn",
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
                            "output_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="environmental output value",
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
                                verbose_name="environmental revenue",
                            ),
                        ),
                        (
                            "enterprises",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="environmental enterprises"
                            ),
                        ),
                        (
                            "enterprises_over_100m",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="enterprises over 100 million yuan",
                            ),
                        ),
                        (
                            "rd_expenditure",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="R&D expenditure",
                            ),
                        ),
                        (
                            "employees",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="employees"
                            ),
                        ),
                        (
                            "output_value_last_year",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="output value a year earlier",
                            ),
                        ),
                        (
                            "revenue_last_year",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="revenue a year earlier",
                            ),
                        ),
                        (
                            "enterprises_last_year",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="enterprises a year earlier"
                            ),
                        ),
                        (
                            "enterprises_over_100m_last_year",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="enterprises over 100 million a year earlier",
                            ),
                        ),
                        (
                            "rd_expenditure_last_year",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="R&D expenditure a year earlier",
                            ),
                        ),
                        (
                            "employees_last_year",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="employees a year earlier"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="clusters.city",
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
                            "nil",
                            models.BooleanField(
                                default=False, verbose_name="declared that there is nothing"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city return",
                        "verbose_name_plural": "city returns",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["period", "published_at"],
                                name="clusters_ci_period__466d54_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_at__isnull", True),
                                    ("superseded_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="cityreturn_superseded_after_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("city", "period"),
                                name="city_return_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BlockReturn",
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
                            "name",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="name as reported"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_started", "Not started"),
                                    ("building", "Being built"),
                                    ("operating", "In operation"),
                                    ("stopped", "Stopped"),
                                ],
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "planned_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="planned completion"
                            ),
                        ),
                        (
                            "actual_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="actual completion"
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="progress")),
                        (
                            "block",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="clusters.buildingblock",
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
                        "verbose_name": "block return",
                        "verbose_name_plural": "block returns",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_at__isnull", True),
                                    ("superseded_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="blockreturn_superseded_after_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("block", "period"),
                                name="block_return_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBlockCategory",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("name", models.CharField(max_length=50, verbose_name="name")),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "planned_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Blank if the plan says N.",
                                null=True,
                                verbose_name="planned number",
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
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.cluster",
                                verbose_name="cluster",
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
                        "verbose_name": "historical block category",
                        "verbose_name_plural": "historical block categories",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPlanMeasure",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("support", "Support area"),
                                    ("organisation", "Organisational measure"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
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
                    ],
                    options={
                        "verbose_name": "historical plan measure",
                        "verbose_name_plural": "historical plan measures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReportingPeriod",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                db_index=True,
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="quarter",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
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
                        "verbose_name": "historical reporting period",
                        "verbose_name_plural": "historical reporting periods",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
        migrations.RunPython(keep_apart, let_overlap),
    ]
