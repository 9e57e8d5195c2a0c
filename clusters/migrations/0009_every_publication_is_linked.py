from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0008_chain_of_publications"),
        ("submissions", "0012_link_publications"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publication",
            name="chain_hash",
            field=models.CharField(editable=False, max_length=64, verbose_name="hash in the chain"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="figures_hash",
            field=models.CharField(
                editable=False, max_length=64, verbose_name="hash of its figures"
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="previous_hash",
            field=models.CharField(
                editable=False, max_length=64, verbose_name="hash of the one before"
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="recorded_at",
            field=models.DateTimeField(editable=False, verbose_name="recorded at"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="sequence",
            field=models.PositiveIntegerField(
                editable=False, unique=True, verbose_name="number in the chain"
            ),
        ),
    ]
