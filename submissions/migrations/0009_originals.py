import django.db.models.deletion
from django.db import migrations, models

from submissions.migrations._originals import store_as_it_is


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_words_of_severity")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="stored_as",
            field=models.UUIDField(editable=False, null=True, unique=True),
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
        migrations.RunPython(store_as_it_is, migrations.RunPython.noop),
    ]
