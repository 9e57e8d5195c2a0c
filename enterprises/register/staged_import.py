"""
Storage of an uploaded register between its preview and its confirmation.

In the data folder, which every worker sees. Its name is signed for one user: otherwise
django-import-export would import, and then delete, the file of another user.
"""

import re
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core import signing
from import_export.tmp_storages import BaseStorage

KEPT_FOR = 24 * 60 * 60
SALT = "enterprises.staged_import"


def sign(name: str, user) -> str:
    """Return a staged file's name, signed for this user."""
    return signing.dumps([user.pk, name], salt=SALT)


def unsign(text: str, user) -> str:
    """Return the staged file's name. Raises LookupError if it is not this user's, or gone."""
    try:
        owner, name = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise LookupError(text) from None
    if owner != user.pk or not StagedImport(name=name).path.exists():
        raise LookupError(text)
    return name


class StagedImport(BaseStorage):
    """One uploaded register that is not confirmed yet."""

    @property
    def path(self) -> Path:
        """Return its path. Raises LookupError for a name of another form."""
        if not re.fullmatch(r"[0-9a-f]{32}", self.name or ""):
            raise LookupError(self.name)
        return settings.DATA_DIR / "imports" / self.name

    def save(self, data: bytes) -> None:
        self.name = uuid.uuid4().hex
        self.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._sweep()
        self.path.write_bytes(data)

    def read(self) -> bytes:
        return self.path.read_bytes()

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _sweep(self) -> None:
        # Files that were never confirmed.
        for left in self.path.parent.iterdir():
            if left.stat().st_mtime < time.time() - KEPT_FOR:
                left.unlink(missing_ok=True)
