from datetime import datetime

from django.db import models
from django.db.models import Case, Exists, F, Q, When
from django.utils.translation import gettext_lazy as _

from clusters.models.recorded import SeenFrom, recorded_after, recorded_at


class PublishedQuerySet(models.QuerySet):
    def as_of(self, moment: datetime):
        """
        Return the figures that were in force at a moment: one for each entity and period.

        Everything that adds figures up starts here. Without it a restated figure counts twice.
        """
        return self.filter(published_at__lte=moment).exclude(superseded_at__lte=moment)

    def in_force(self):
        """Return the figures that are in force now."""
        return self.filter(superseded_at__isnull=True)

    def seen_from(self, seen: SeenFrom):
        """Return what was in force at a viewpoint's moment, as its reading has it: see as_of."""
        if seen.recorded_by is None:
            return self.as_of(seen.moment)
        ended = Q(superseded_at__lte=seen.moment) & ~self.ended_after(seen.recorded_by)
        return self.published_by(seen).exclude(ended)

    def published_by(self, seen: SeenFrom):
        """
        Return what was published up to a viewpoint's moment, replaced figures too.

        Each has `ended_at`: superseded_at; None where that was recorded only later.
        """
        found = self.filter(published_at__lte=seen.moment)
        if seen.recorded_by is None:
            return found.annotate(ended_at=F("superseded_at"))
        known = found.exclude(recorded_after(seen.recorded_by, self.model.city_path))
        later = When(self.ended_after(seen.recorded_by), then=None)
        return known.annotate(ended_at=Case(later, default=F("superseded_at")))

    def ended_after(self, moment: datetime) -> Exists | Q:
        """Return the condition that what ended a figure was recorded after a moment."""
        return recorded_after(moment, self.model.city_path, "superseded_at")

    def with_recorded_at(self):
        """Add recorded_at: when each was stored; None where no publication brought it."""
        return self.annotate(recorded_at=recorded_at(self.model.city_path))


class Published(models.Model):
    """
    A figure that was put in force, and perhaps superseded later.

    Figures are added and never overwritten; the only thing that ever changes in one is that
    superseded_at is set, once. Only submissions.review.publishing writes them. A blank measure
    means that it was not reported, which is not the same as 0.
    """

    # The path to the city whose publication brings it.
    city_path = "city"
    # Of published_by() and with_recorded_at() alone.
    ended_at: datetime | None
    recorded_at: datetime | None

    published_at = models.DateTimeField(_("published at"), editable=False)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, editable=False)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("published_at")),
                name="%(class)s_superseded_after_published",
            )
        ]

    @classmethod
    def figures(cls) -> list[str]:
        """Return the names of the fields that hold amounts and counts, in the model's order."""
        return [f.name for f in cls._meta.local_fields if isinstance(f, AMOUNT | COUNT)]

    @classmethod
    def reported(cls) -> list[str]:
        """Return the same without those that say what a year earlier was."""
        return [name for name in cls.figures() if not name.endswith("_last_year")]

    @classmethod
    def amounts(cls) -> list[str]:
        """Return the names of the amounts that are reported, without the counts."""
        return [one for one in cls.reported() if isinstance(cls._meta.get_field(one), AMOUNT)]


AMOUNT, COUNT = models.DecimalField, models.PositiveIntegerField


def amount(verbose_name):
    """Return the field of an amount of money: yuan, two places, None if not reported."""
    return AMOUNT(
        verbose_name, max_digits=20, decimal_places=2, null=True, blank=True, help_text=_("yuan")
    )


def count(verbose_name):
    """Return the field of a number of things at the period's end; None if not reported."""
    return COUNT(verbose_name, null=True, blank=True)


def one_in_force(*fields, name):
    """Return the constraint that one figure at most is in force for these fields."""
    return models.UniqueConstraint(
        fields=fields, condition=Q(superseded_at__isnull=True), name=name
    )
