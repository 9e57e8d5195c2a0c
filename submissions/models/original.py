from django.db import models


class Original(models.Model):
    """
    A submission's file as it came, in a table of its own so that no list loads the bytes.

    Stored in one transaction with its submission. The database refuses to change or delete it
    (audit.append_only). A submission without one has lost its original; `manage.py verify` tells.
    """

    submission = models.OneToOneField(
        "submissions.Submission",
        models.PROTECT,
        primary_key=True,
        related_name="original",
        editable=False,
    )
    # Of the bytes in hexadecimal, and their number.
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    content = models.BinaryField()

    def __str__(self):
        return str(self.submission)
