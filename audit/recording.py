"""Stores what was done, in the transaction of the act: neither is there without the other."""

import getpass

from django.db import models
from django.http import HttpRequest

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from audit.request import current, in_command
from foundation.addresses import client_address

API = "/api/"


def record(
    act: Act,
    obj: models.Model | None = None,
    *,
    by=None,
    username: str = "",
    outcome: ActOutcome = ActOutcome.DONE,
    before: object = None,
    after: object = None,
    why: str = "",
) -> AuditEvent:
    """
    Store that somebody did something, or was refused it; return the event.

    obj            what it was done to
    by             who; without it whoever sent the request that is being answered
    username       the name tried, where nobody is signed in
    before, after  what changed, as JSON

    Without a request it was a command on the server, or a job if `by` is given and none runs.
    """
    request = current.get()
    user = by or _user_of(request)
    return AuditEvent.objects.create(
        act=act,
        outcome=outcome,
        channel=channel_of(user),
        user=user,
        username=(user.get_username() if user else username or _server_account(request))[:150],
        roles=role_keys(user),
        address=client_address(request) if request else "",
        request_number=getattr(request, "number", ""),
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        object_name=str(obj)[:300] if obj else "",
        before=before,
        after=after,
        why=why,
    )


def role_keys(user) -> str:
    """Return the keys of a user's roles, with commas; a superuser's begin with superuser."""
    if user is None:
        return ""
    groups = sorted(user.groups.values_list("name", flat=True))
    return ",".join(["superuser"] * user.is_superuser + groups)[:200]


def _user_of(request: HttpRequest | None):
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def channel_of(user) -> Channel:
    """Return by which way an act comes that a user does, None for nobody who is signed in."""
    request = current.get()
    if request is None:
        return Channel.COMMAND if in_command.get() or not user else Channel.JOB
    return Channel.API if request.path_info.startswith(API) else Channel.PAGE


def _server_account(request: HttpRequest | None) -> str:
    """Return the account of the server that runs a command; empty in a request."""
    return "" if request else getpass.getuser()
