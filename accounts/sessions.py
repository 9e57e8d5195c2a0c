"""The open sessions of a user."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions_of(user) -> int:
    """End every open session of a user; return how many there were."""
    open_ones = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [one.pk for one in open_ones if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
