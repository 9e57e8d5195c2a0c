"""
Storage of an uploaded register between its preview and its confirmation.

In the database, which every host sees. Its name is signed for one user: otherwise
django-import-export would import, and then delete, the file of another user.
"""

import uuid
from datetime import timedelta

from django.core import signing
from django.utils import timezone
from import_export.tmp_storages import BaseStorage

from enterprises.models import StagedRegister

KEPT_FOR = timedelta(days=1)
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
    if owner != user.pk or not StagedRegister.objects.filter(pk=name).exists():
        raise LookupError(text)
    return name


class StagedImport(BaseStorage):
    """One uploaded register that is not confirmed yet."""

    def save(self, data: bytes) -> None:
        self.name = uuid.uuid4().hex
        # Files that were never confirmed.
        StagedRegister.objects.filter(staged_at__lt=timezone.now() - KEPT_FOR).delete()
        StagedRegister.objects.create(name=self.name, content=data)

    def read(self) -> bytes:
        return bytes(StagedRegister.objects.get(pk=self.name).content)

    def remove(self) -> None:
        StagedRegister.objects.filter(pk=self.name).delete()
