import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """
    What 0001 to 0008 made, at once.

    Left out, as there is nothing yet that they could change: the kinds of targets recorded before
    there were kinds (0004), and the drop of triggers once made by 0007 (0008).
    """

    replaces = [
        ("indicators", "0001_initial"),
        ("indicators", "0002_note"),
        ("indicators", "0003_targets_define_indicators"),
        ("indicators", "0004_kinds_of_the_contract_codes"),
        ("indicators", "0005_keep_forecasts"),
        ("indicators", "0006_briefings_and_assessments"),
        ("indicators", "0007_papers_are_never_changed"),
        ("indicators", "0008_guards_are_made_of_a_list"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0001_squashed_0007_plans_do_not_overlap"),
        ("enterprises", "0001_squashed_0007_no_staged_registers"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="HistoricalTarget",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "indicator",
                            models.SlugField(
                                help_text="Its code, as addresses and the API write it.",
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "comparator",
                            models.CharField(
                                choices=[
                                    (">=", "at least (≥)"),
                                    (">", "over (>)"),
                                    ("<=", "at most (≤)"),
                                    ("<", "under (<)"),
                                    ("about", "about (within a band)"),
                                ],
                                default=">=",
                                max_length=5,
                                verbose_name="comparator",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="target value"
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="deadline",
                            ),
                        ),
                        (
                            "baseline_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="baseline value",
                            ),
                        ),
                        (
                            "baseline_period",
                            models.CharField(
                                blank=True,
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="baseline quarter",
                            ),
                        ),
                        (
                            "baseline_source",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="baseline source"
                            ),
                        ),
                        (
                            "behind_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("10"),
                                max_digits=5,
                                verbose_name="behind from (points)",
                            ),
                        ),
                        (
                            "seriously_behind_over",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("30"),
                                max_digits=5,
                                verbose_name="seriously behind over (points)",
                            ),
                        ),
                        (
                            "wording",
                            models.TextField(blank=True, verbose_name="wording of the plan"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
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
                            "band_high",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="band to",
                            ),
                        ),
                        (
                            "band_low",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="band from",
                            ),
                        ),
                        (
                            "band_source",
                            models.CharField(
                                blank=True,
                                help_text="Who says how far “about” reaches; if nobody does, that it is assumed.",
                                max_length=200,
                                verbose_name="source of the band",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("share", "Share of the province's total"),
                                    ("count", "Number of enterprises over a threshold"),
                                    ("established", "Number of established things"),
                                    ("level", "Total of the province"),
                                ],
                                default="share",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("output_value", "Environmental output value"),
                                    ("revenue", "Environmental revenue"),
                                    ("rd_expenditure", "R&D expenditure"),
                                    ("employees", "Employees"),
                                    ("enterprises", "Environmental enterprises"),
                                ],
                                help_text="Of a share, a total, or a number of enterprises over a threshold.",
                                max_length=16,
                                verbose_name="measure",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="English name"
                            ),
                        ),
                        (
                            "numerator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "cluster_cities",
                                        "the cities that build a cluster under the plan",
                                    ),
                                    (
                                        "park_cities",
                                        "the cities that have a characteristic park under the plan",
                                    ),
                                ],
                                max_length=16,
                                verbose_name="whose share",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=30, verbose_name="short name"),
                        ),
                        (
                            "short_name_en",
                            models.CharField(
                                blank=True, max_length=50, verbose_name="short English name"
                            ),
                        ),
                        (
                            "strict",
                            models.BooleanField(
                                default=True,
                                help_text="过1亿元 leaves 100 million itself out; 1亿元以上 counts it in.",
                                verbose_name="the threshold must be exceeded",
                            ),
                        ),
                        (
                            "things",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clusters", "The plan's clusters"),
                                    ("parks", "The plan's parks"),
                                    ("title", "Enterprises that hold a title"),
                                ],
                                max_length=10,
                                verbose_name="things counted",
                            ),
                        ),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="threshold",
                            ),
                        ),
                        (
                            "tier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.tier",
                                verbose_name="title",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("ratio", "fraction (0.5 is 50%)"),
                                    ("percent", "percent"),
                                    ("count", "number"),
                                    ("yuan", "yuan"),
                                    ("wan", "ten thousand yuan"),
                                    ("yi", "hundred million yuan"),
                                ],
                                default="ratio",
                                max_length=7,
                                verbose_name="unit of the values",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical target",
                        "verbose_name_plural": "historical targets",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Target",
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
                            "indicator",
                            models.SlugField(
                                help_text="Its code, as addresses and the API write it.",
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "comparator",
                            models.CharField(
                                choices=[
                                    (">=", "at least (≥)"),
                                    (">", "over (>)"),
                                    ("<=", "at most (≤)"),
                                    ("<", "under (<)"),
                                    ("about", "about (within a band)"),
                                ],
                                default=">=",
                                max_length=5,
                                verbose_name="comparator",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="target value"
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="deadline",
                            ),
                        ),
                        (
                            "baseline_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="baseline value",
                            ),
                        ),
                        (
                            "baseline_period",
                            models.CharField(
                                blank=True,
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="baseline quarter",
                            ),
                        ),
                        (
                            "baseline_source",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="baseline source"
                            ),
                        ),
                        (
                            "behind_from",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("10"),
                                max_digits=5,
                                verbose_name="behind from (points)",
                            ),
                        ),
                        (
                            "seriously_behind_over",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("30"),
                                max_digits=5,
                                verbose_name="seriously behind over (points)",
                            ),
                        ),
                        (
                            "wording",
                            models.TextField(blank=True, verbose_name="wording of the plan"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "band_high",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="band to",
                            ),
                        ),
                        (
                            "band_low",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="band from",
                            ),
                        ),
                        (
                            "band_source",
                            models.CharField(
                                blank=True,
                                help_text="Who says how far “about” reaches; if nobody does, that it is assumed.",
                                max_length=200,
                                verbose_name="source of the band",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("share", "Share of the province's total"),
                                    ("count", "Number of enterprises over a threshold"),
                                    ("established", "Number of established things"),
                                    ("level", "Total of the province"),
                                ],
                                default="share",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("output_value", "Environmental output value"),
                                    ("revenue", "Environmental revenue"),
                                    ("rd_expenditure", "R&D expenditure"),
                                    ("employees", "Employees"),
                                    ("enterprises", "Environmental enterprises"),
                                ],
                                help_text="Of a share, a total, or a number of enterprises over a threshold.",
                                max_length=16,
                                verbose_name="measure",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="English name"
                            ),
                        ),
                        (
                            "numerator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "cluster_cities",
                                        "the cities that build a cluster under the plan",
                                    ),
                                    (
                                        "park_cities",
                                        "the cities that have a characteristic park under the plan",
                                    ),
                                ],
                                max_length=16,
                                verbose_name="whose share",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=30, verbose_name="short name"),
                        ),
                        (
                            "short_name_en",
                            models.CharField(
                                blank=True, max_length=50, verbose_name="short English name"
                            ),
                        ),
                        (
                            "strict",
                            models.BooleanField(
                                default=True,
                                help_text="过1亿元 leaves 100 million itself out; 1亿元以上 counts it in.",
                                verbose_name="the threshold must be exceeded",
                            ),
                        ),
                        (
                            "things",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clusters", "The plan's clusters"),
                                    ("parks", "The plan's parks"),
                                    ("title", "Enterprises that hold a title"),
                                ],
                                max_length=10,
                                verbose_name="things counted",
                            ),
                        ),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="threshold",
                            ),
                        ),
                        (
                            "tier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.tier",
                                verbose_name="title",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("ratio", "fraction (0.5 is 50%)"),
                                    ("percent", "percent"),
                                    ("count", "number"),
                                    ("yuan", "yuan"),
                                    ("wan", "ten thousand yuan"),
                                    ("yi", "hundred million yuan"),
                                ],
                                default="ratio",
                                max_length=7,
                                verbose_name="unit of the values",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "target",
                        "verbose_name_plural": "targets",
                        "ordering": ["plan", "position", "indicator"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "indicator"), name="target_once_per_plan"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("baseline_period", ""), ("baseline_value__isnull", True)
                                    ),
                                    models.Q(
                                        ("baseline_value__isnull", False),
                                        models.Q(("baseline_period", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_baseline_value_with_its_quarter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("behind_from__gt", 0),
                                    ("seriously_behind_over__gte", models.F("behind_from")),
                                ),
                                name="target_bands_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "count"), ("threshold__gt", 0)),
                                    models.Q(
                                        models.Q(("kind", "count"), _negated=True),
                                        ("threshold__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_threshold_with_count",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "established"),
                                        models.Q(("things", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "established"), _negated=True),
                                        ("things", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_things_with_established",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("things", "title"), ("tier__isnull", False)),
                                    models.Q(
                                        models.Q(("things", "title"), _negated=True),
                                        ("tier__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_title_with_things",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("band_high__gte", models.F("value")),
                                        ("band_low__lte", models.F("value")),
                                        ("comparator", "about"),
                                    ),
                                    models.Q(
                                        models.Q(("comparator", "about"), _negated=True),
                                        ("band_high__isnull", True),
                                        ("band_low__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="target_band_with_about",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("about", models.CharField(max_length=120, verbose_name="about")),
                        ("text", models.TextField(max_length=1000, verbose_name="note")),
                        (
                            "written_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="written at"
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="withdrawn at"
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
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note",
                        "verbose_name_plural": "notes",
                        "ordering": ["written_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="note_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="note_withdrawn_at_a_time_by_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalInterimPoint",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="quarter",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="value due"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
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
                            "target",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="indicators.target",
                                verbose_name="target",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical interim point",
                        "verbose_name_plural": "historical interim points",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InterimPoint",
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
                            "period",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="quarter",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="value due"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="source"),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interim_points",
                                to="indicators.target",
                                verbose_name="target",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interim point",
                        "verbose_name_plural": "interim points",
                        "ordering": ["target", "period"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("target", "period"), name="interim_point_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptForecast",
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
                        ("indicator", models.SlugField(verbose_name="indicator")),
                        (
                            "made_at",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="made at",
                            ),
                        ),
                        (
                            "of",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="quarter it is for",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="as known on")),
                        (
                            "low",
                            models.DecimalField(
                                decimal_places=10, max_digits=30, verbose_name="at least"
                            ),
                        ),
                        (
                            "middle",
                            models.DecimalField(
                                decimal_places=10, max_digits=30, verbose_name="most likely"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                decimal_places=10, max_digits=30, verbose_name="at most"
                            ),
                        ),
                        ("method", models.CharField(max_length=20, verbose_name="method")),
                        (
                            "base",
                            models.CharField(
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}Q[1-4]$", "Write the quarter as 2025Q3."
                                    )
                                ],
                                verbose_name="carried forward from",
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(verbose_name="times")),
                        ("changes", models.JSONField(verbose_name="changes")),
                        (
                            "kept_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="kept at"),
                        ),
                    ],
                    options={
                        "verbose_name": "kept forecast",
                        "verbose_name_plural": "kept forecasts",
                        "ordering": ["indicator", "of", "made_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "made_at", "of"), name="forecast_kept_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__lte", models.F("middle")),
                                    ("middle__lte", models.F("high")),
                                ),
                                name="forecast_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                                editable=False, max_length=80, unique=True, verbose_name="number"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="year of issue"
                            ),
                        ),
                        (
                            "serial",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="serial number"
                            ),
                        ),
                        ("as_of", models.DateTimeField(editable=False, verbose_name="as known at")),
                        (
                            "publication",
                            models.PositiveBigIntegerField(
                                editable=False, null=True, verbose_name="newest publication"
                            ),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(editable=False, verbose_name="issued at"),
                        ),
                        ("content", models.TextField(editable=False, verbose_name="content")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closing assessment",
                        "verbose_name_plural": "closing assessments",
                        "ordering": ["-issued_at", "-pk"],
                        "permissions": [("issue_assessment", "Can issue a closing assessment")],
                        "abstract": False,
                        "default_permissions": ("view",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "year", "serial"), name="assessment_serial_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial__gte", 1)),
                                name="assessment_serials_begin_at_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                                name="assessment_has_a_hash",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Briefing",
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
                                editable=False, max_length=80, unique=True, verbose_name="number"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="year of issue"
                            ),
                        ),
                        (
                            "serial",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="serial number"
                            ),
                        ),
                        ("as_of", models.DateTimeField(editable=False, verbose_name="as known at")),
                        (
                            "publication",
                            models.PositiveBigIntegerField(
                                editable=False, null=True, verbose_name="newest publication"
                            ),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(editable=False, verbose_name="issued at"),
                        ),
                        ("content", models.TextField(editable=False, verbose_name="content")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.reportingperiod",
                                verbose_name="period",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.plan",
                                verbose_name="plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "briefing",
                        "verbose_name_plural": "briefings",
                        "ordering": ["-issued_at", "-pk"],
                        "permissions": [("issue_briefing", "Can issue a briefing")],
                        "abstract": False,
                        "default_permissions": ("view",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "year", "serial"), name="briefing_serial_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial__gte", 1)),
                                name="briefing_serials_begin_at_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                                name="briefing_has_a_hash",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
