"""How sure we are of a name that came from a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    """
    Where a name stands: in the final text, only in the consultation draft, or nowhere yet.

    A name that no source gives is left blank and marked to be verified, never invented.
    """

    FINAL = "final", _("Final text")
    DRAFT = "draft", _("Consultation draft")
    UNVERIFIED = "unverified", _("To be verified")
