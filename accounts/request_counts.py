"""How often a user has asked for something costly within this hour, over all processes."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import RequestCount, User


def count(user: User, what: str) -> int:
    """Count one more request of a user; return how many those are within this hour."""
    hour = beginning_of_hour()
    counted = RequestCount.objects.filter(user=user, what=what, hour=hour)
    if not counted.update(requests=F("requests") + 1):
        RequestCount.objects.filter(user=user, hour__lt=hour).delete()
        first = RequestCount(user=user, what=what, hour=hour)
        RequestCount.objects.bulk_create([first], ignore_conflicts=True)
        counted.update(requests=F("requests") + 1)
    return counted.values_list("requests", flat=True).get()


def beginning_of_hour() -> datetime:
    """Return when this hour began."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def seconds_to_next_hour() -> int:
    """Return after how many seconds the counts begin anew."""
    return int((beginning_of_hour() + timedelta(hours=1) - timezone.now()).total_seconds()) + 1
