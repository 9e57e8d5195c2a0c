from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone


def limit_passwords_that_were_handed_over(apps, schema_editor):
    """Whoever was given one before has 72 hours from now."""
    user = apps.get_model("accounts", "User")
    until = timezone.now() + timedelta(hours=72)
    user.objects.filter(must_change_password=True).update(one_time_until=until)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_stock_sessions")]

    operations = [
        migrations.AddField(
            "user",
            "one_time_until",
            models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="one-time password good until",
            ),
        ),
        migrations.RunPython(limit_passwords_that_were_handed_over, migrations.RunPython.noop),
    ]
