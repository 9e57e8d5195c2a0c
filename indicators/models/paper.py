import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.frozen_data import sha256


class Paper(models.Model):
    """
    A paper as the province issued it: numbered, dated, and never changed.

    content is the canonical JSON (foundation.frozen_data) of everything that the paper shows, and
    sha256 the hash of its bytes in UTF-8: pages, prints and files are made of it and of nothing
    else. The serial runs within a plan and a year of issue, without a gap. The database itself
    refuses to change or delete one (audit.append_only).
    """

    number = models.CharField(_("number"), max_length=80, unique=True, editable=False)
    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="+", verbose_name=_("plan"), editable=False
    )
    year = models.PositiveSmallIntegerField(_("year of issue"), editable=False)
    serial = models.PositiveSmallIntegerField(_("serial number"), editable=False)

    as_of = models.DateTimeField(_("as known at"), editable=False)
    # The newest publication of that moment: the identity of what it was made from.
    publication = models.PositiveBigIntegerField(_("newest publication"), null=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("issued by"),
        editable=False,
    )

    content = models.TextField(_("content"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True
        ordering = ["-issued_at", "-pk"]
        # Nobody adds, changes or deletes one by a form: it is issued.
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "serial"], name="%(class)s_serial_once"
            ),
            models.CheckConstraint(
                condition=Q(serial__gte=1), name="%(class)s_serials_begin_at_one"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="%(class)s_has_a_hash"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def data(self) -> dict[str, Any]:
        """What it shows, as it was frozen: texts, lists and None."""
        return json.loads(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether its content still has the hash under which it was issued."""
        return sha256(self.content) == self.sha256
