"""Constraints that several models of the intake share."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def both_or_neither(act: str) -> models.CheckConstraint:
    """Return the constraint that an act has a time and a person, or neither."""
    at, by = f"{act}_at", f"{act}_by"
    return models.CheckConstraint(
        condition=Q((f"{at}__isnull", True), (f"{by}__isnull", True))
        | Q((f"{at}__isnull", False), (f"{by}__isnull", False)),
        name=f"submission_{act}_at_and_by",
    )


def someone(verbose_name, *, null: bool = False) -> models.ForeignKey:
    """Return the field of a person who did something: never deleted, never counted back."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=null,
        blank=null,
        editable=False,
        verbose_name=verbose_name,
    )
