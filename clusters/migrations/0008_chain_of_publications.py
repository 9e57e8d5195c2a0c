from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty at first: submissions.0012 computes them."""

    dependencies = [("clusters", "0007_plans_do_not_overlap")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="chain_hash",
            field=models.CharField(
                editable=False, max_length=64, null=True, verbose_name="hash in the chain"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="figures_hash",
            field=models.CharField(
                editable=False, max_length=64, null=True, verbose_name="hash of its figures"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="previous_hash",
            field=models.CharField(
                editable=False, max_length=64, null=True, verbose_name="hash of the one before"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="recorded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="recorded at"),
        ),
        migrations.AddField(
            model_name="publication",
            name="sequence",
            field=models.PositiveIntegerField(
                editable=False, null=True, unique=True, verbose_name="number in the chain"
            ),
        ),
    ]
