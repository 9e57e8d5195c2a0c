from django.db import migrations


class Migration(migrations.Migration):
    """A register that is to be imported now waits in its background job."""

    dependencies = [
        ("enterprises", "0006_staged_registers"),
    ]

    operations = [
        migrations.DeleteModel(name="StagedRegister"),
    ]
