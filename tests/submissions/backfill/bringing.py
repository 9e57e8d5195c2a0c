"""Files that are brought as a batch, and what became of them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import BatchFile


def archive(files: dict[str, bytes], name="history.zip"):
    """An upload of a ZIP of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for inner, content in files.items():
            packed.writestr(inner, content)
    return SimpleUploadedFile(name, made.getvalue())


def states():
    """The state of every file, by its name."""
    return {one.name: one.state for one in BatchFile.objects.all()}
