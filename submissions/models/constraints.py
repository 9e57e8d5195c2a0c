"""Constraints and fields that several models share."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def both_or_neither(act: str) -> models.CheckConstraint:
    """Return the constraint that an act has both a time and a person, or neither."""
    at, by = f"{act}_at", f"{act}_by"
    return models.CheckConstraint(
        condition=Q((f"{at}__isnull", True), (f"{by}__isnull", True))
        | Q((f"{at}__isnull", False), (f"{by}__isnull", False)),
        name=f"submission_{act}_at_and_by",
    )


def someone(verbose_name, *, null: bool = False) -> models.ForeignKey:
    """Return a foreign key to the user of an act: protected, without a reverse relation."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=null,
        blank=null,
        editable=False,
        verbose_name=verbose_name,
    )
