import hashlib
import logging

from django.conf import settings
from django.db import migrations

NOTE = "MOVED.txt"
SAYS = (
    "These originals were copied into the database by migration submissions.0010. Nothing reads "
    "this folder any more. Delete it after `manage.py verify` finds nothing and a backup is made.\n"
)

log = logging.getLogger(__name__)


def copy_into_database(apps, schema_editor):
    """
    Copy each submission's file from DATA_DIR/originals into the database; files stay in place.

    May run again. A changed file is copied as it is, under its real hash, and a missing one is
    left out: `manage.py verify` names both, and nothing is made up.
    """
    originals = apps.get_model("submissions", "Original").objects
    submissions = apps.get_model("submissions", "Submission").objects
    folder = settings.DATA_DIR / "originals"
    wanted = submissions.filter(stored_as__isnull=False, original__isnull=True)
    for submission in wanted.order_by("pk").iterator(chunk_size=100):
        try:
            content = (folder / str(submission.stored_as)).read_bytes()
        except FileNotFoundError:
            log.error("The original of submission %s is lost.", submission.pk)
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 != submission.sha256:
            log.error("The original of submission %s was changed on disk.", submission.pk)
        originals.create(submission=submission, sha256=sha256, size=len(content), content=content)
    if folder.is_dir():
        (folder / NOTE).write_text(SAYS)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0009_originals")]

    operations = [migrations.RunPython(copy_into_database, migrations.RunPython.noop)]
