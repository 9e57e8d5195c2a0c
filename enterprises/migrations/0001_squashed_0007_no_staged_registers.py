import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation.migrating.creating_models import CreateModels


class Migration(migrations.Migration):
    """
    What 0001 to 0007 made, at once.

    Left out: the table that 0006 made and 0007 dropped.
    """

    replaces = [
        ("enterprises", "0001_initial"),
        ("enterprises", "0002_history_of_tiers_and_fields"),
        ("enterprises", "0003_enterprise_return_nil"),
        ("enterprises", "0004_former_names_moves_award_source"),
        ("enterprises", "0005_returns_of_an_enterprise"),
        ("enterprises", "0006_staged_registers"),
        ("enterprises", "0007_no_staged_registers"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("clusters", "0001_squashed_0007_plans_do_not_overlap"),
        ("parks", "0001_squashed_0002_established"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="IndustryField",
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
                        ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "industry field",
                        "verbose_name_plural": "industry fields",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Tier",
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
                        ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "tier",
                        "verbose_name_plural": "tiers",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Enterprise",
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
                            "credit_code",
                            models.CharField(
                                max_length=18,
                                unique=True,
                                verbose_name="unified social credit code",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("pending", "To be verified"),
                                    ("closed", "Closed"),
                                ],
                                default="confirmed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "is_demonstration",
                            models.BooleanField(default=False, verbose_name="demonstration data"),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enterprises",
                                to="clusters.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "park",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enterprises",
                                to="parks.park",
                                verbose_name="park",
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enterprises",
                                to="enterprises.industryfield",
                                verbose_name="industry field",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enterprise",
                        "verbose_name_plural": "enterprises",
                        "ordering": ["credit_code"],
                        "permissions": [
                            ("import_enterprise", "Can import the register"),
                            ("export_enterprise", "Can export the register"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credit_code__regex", "^[0-9A-HJ-NP-RTUWXY]{18}$")
                                ),
                                name="enterprise_credit_code_of_18_characters",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEnterprise",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "credit_code",
                            models.CharField(
                                db_index=True,
                                max_length=18,
                                verbose_name="unified social credit code",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("confirmed", "Confirmed"),
                                    ("pending", "To be verified"),
                                    ("closed", "Closed"),
                                ],
                                default="confirmed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "is_demonstration",
                            models.BooleanField(default=False, verbose_name="demonstration data"),
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
                            "park",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="parks.park",
                                verbose_name="park",
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.industryfield",
                                verbose_name="industry field",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical enterprise",
                        "verbose_name_plural": "historical enterprises",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTierAward",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("awarded_on", models.DateField(verbose_name="awarded on")),
                        (
                            "expires_on",
                            models.DateField(
                                blank=True,
                                help_text="Blank while it has no end.",
                                null=True,
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
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
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
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
                            "tier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.tier",
                                verbose_name="tier",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="Who published it, and where.",
                                max_length=200,
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical tier award",
                        "verbose_name_plural": "historical tier awards",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TierAward",
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
                        ("awarded_on", models.DateField(verbose_name="awarded on")),
                        (
                            "expires_on",
                            models.DateField(
                                blank=True,
                                help_text="Blank while it has no end.",
                                null=True,
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="awards",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
                            ),
                        ),
                        (
                            "tier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="awards",
                                to="enterprises.tier",
                                verbose_name="tier",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                help_text="Who published it, and where.",
                                max_length=200,
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tier award",
                        "verbose_name_plural": "tier awards",
                        "ordering": ["enterprise", "tier", "awarded_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enterprise", "tier", "awarded_on"), name="tier_award_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__isnull", True),
                                    ("expires_on__gte", models.F("awarded_on")),
                                    _connector="OR",
                                ),
                                name="tier_award_expires_after_award",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseReturn",
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
                            "total_revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="total revenue",
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
                            "revenue_last_year",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="yuan",
                                max_digits=20,
                                null=True,
                                verbose_name="environmental revenue a year earlier",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.city",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="enterprises.enterprise",
                            ),
                        ),
                        (
                            "park",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                verbose_name="without figures because",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enterprise return",
                        "verbose_name_plural": "enterprise returns",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["period", "city"], name="enterprises_period__915674_idx"
                            ),
                            models.Index(
                                fields=["enterprise", "period"],
                                name="enterprises_enterpr_09bd24_idx",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_at__isnull", True),
                                    ("superseded_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="enterprisereturn_superseded_after_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("enterprise", "period"),
                                name="enterprise_return_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalIndustryField",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(verbose_name="code")),
                        (
                            "name",
                            models.CharField(db_index=True, max_length=50, verbose_name="name"),
                        ),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
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
                        "verbose_name": "historical industry field",
                        "verbose_name_plural": "historical industry fields",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTier",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(verbose_name="code")),
                        (
                            "name",
                            models.CharField(db_index=True, max_length=50, verbose_name="name"),
                        ),
                        ("name_en", models.CharField(max_length=50, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
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
                        "verbose_name": "historical tier",
                        "verbose_name_plural": "historical tiers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="FormerName",
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
                        ("name", models.CharField(max_length=120, verbose_name="former name")),
                        (
                            "credit_code",
                            models.CharField(
                                blank=True,
                                help_text="If it was another then.",
                                max_length=18,
                                verbose_name="former code",
                            ),
                        ),
                        (
                            "used_until",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_names",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former name",
                        "verbose_name_plural": "former names",
                        "ordering": ["enterprise", "used_until"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCityMove",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("moved_on", models.DateField(verbose_name="moved on")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
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
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
                            ),
                        ),
                        (
                            "from_city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.city",
                                verbose_name="from city",
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
                            "to_city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clusters.city",
                                verbose_name="to city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical move between cities",
                        "verbose_name_plural": "historical moves between cities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFormerName",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="former name")),
                        (
                            "credit_code",
                            models.CharField(
                                blank=True,
                                help_text="If it was another then.",
                                max_length=18,
                                verbose_name="former code",
                            ),
                        ),
                        (
                            "used_until",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
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
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
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
                        "verbose_name": "historical former name",
                        "verbose_name_plural": "historical former names",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CityMove",
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
                        ("moved_on", models.DateField(verbose_name="moved on")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=200, verbose_name="document"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
                            ),
                        ),
                        (
                            "from_city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.city",
                                verbose_name="from city",
                            ),
                        ),
                        (
                            "to_city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clusters.city",
                                verbose_name="to city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move between cities",
                        "verbose_name_plural": "moves between cities",
                        "ordering": ["enterprise", "moved_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enterprise", "moved_on"), name="city_move_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_city", models.F("to_city")), _negated=True
                                ),
                                name="city_move_goes_elsewhere",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
