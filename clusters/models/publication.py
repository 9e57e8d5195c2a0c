import hashlib
from datetime import UTC, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What the first publication has in place of the hash of one before.
FIRST = "0" * 64


def sha256_field(verbose_name):
    """Return the field of a SHA-256 in hexadecimal."""
    return models.CharField(verbose_name, max_length=64, editable=False)


def moment(at: datetime) -> str:
    """Return a moment as hashed texts write it: 2025-10-20T08:00:00.000000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def link_text(publication) -> str:
    """Return the seven lines that link a publication to the one before, each with a line feed."""
    lines = (
        str(publication.sequence),
        publication.city.code,
        publication.period.code,
        moment(publication.published_at),
        moment(publication.recorded_at),
        publication.figures_hash,
        publication.previous_hash,
    )
    return "".join(f"{line}\n" for line in lines)


def link_hash(publication) -> str:
    """Return what its chain_hash must be: the SHA-256 of link_text()."""
    return hashlib.sha256(link_text(publication).encode()).hexdigest()


class PublicationQuerySet(models.QuerySet):
    def append(self, *, recorded_at: datetime | None = None, figures_hash: str = FIRST, **slot):
        """
        Store a publication that is linked to the newest one, and return it.

        slot is city, period and published_at; recorded_at the clock of the server. Only under the
        lock of the province (submissions.locks), or two would follow the same one.
        """
        last = self.model.objects.order_by("sequence").last()
        now = recorded_at or timezone.now()
        new = self.model(
            **slot,
            sequence=last.sequence + 1 if last else 1,
            # By the chain, also where the clock was set back.
            recorded_at=max(last.recorded_at, now) if last else now,
            figures_hash=figures_hash,
            previous_hash=last.chain_hash if last else FIRST,
        )
        new.chain_hash = link_hash(new)
        new.save(force_insert=True)
        return new

    def seen_from(self, seen):
        """Return those up to a viewpoint's moment, as its reading has them (SeenFrom)."""
        found = self.filter(published_at__lte=seen.moment)
        return found.filter(recorded_at__lte=seen.recorded_by) if seen.recorded_by else found

    def known_later(self, moment: datetime):
        """
        Return those that count at a moment and were not known then.

        They are back-filled: declared for a day up to the moment, and recorded after it.
        """
        return self.filter(published_at__lte=moment, recorded_at__gt=moment)


class Publication(models.Model):
    """
    The act of putting one city's figures for one period in force.

    Its number only grows, so the newest number is the identity of everything the dashboard
    shows: what was computed under it stays right until there is a newer one.

    Each carries the hash of its figures (submissions.lineage.canonical_figures) and of the
    publication before it, so that nothing earlier can change without every later hash changing.

    sequence      1, 2, 3 …, without a gap
    published_at  the declared day from which its figures count
    recorded_at   when it was stored, never before that of the one before; later than published_at
                  only in a back-filled history
    """

    city = models.ForeignKey("clusters.City", models.PROTECT, related_name="+")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"))
    sequence = models.PositiveIntegerField(_("number in the chain"), unique=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    figures_hash = sha256_field(_("hash of its figures"))
    previous_hash = sha256_field(_("hash of the one before"))
    chain_hash = sha256_field(_("hash in the chain"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.city_id} {self.period_id} {self.published_at:%Y-%m-%d}"

    @property
    def is_backfilled(self) -> bool:
        """Return whether it was declared for a day before it was stored."""
        return self.published_at < self.recorded_at
