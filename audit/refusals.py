"""What was refused: recorded outside of the transaction that a refusal undoes."""

import logging
from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError, models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from audit.acts import Act
from audit.models import ActOutcome
from audit.recording import record

logger = logging.getLogger(__name__)

# What a refused act says of what it would have made.
TOLD = ("city", "period", "filename")


def record_refusal(act: Act, obj: models.Model | None = None, **told) -> None:
    """
    Store that somebody was refused something.

    Nothing was done and nothing left, so where it cannot be stored it is logged, and the answer
    stays what it was.
    """
    try:
        with transaction.atomic():
            record(act, obj, outcome=ActOutcome.REFUSED, **told)
    except DatabaseError:
        logger.exception("a refusal could not be recorded: %s", act)


def refusals_recorded(act: Act, refused: type[Exception], *, of: str = ""):
    """
    Decorate an act: what it raises of `refused` is recorded as the reason, and raised.

    The act takes what it is done to as its only positional argument, and who does it as `by`;
    `of` names the attribute of what it belongs to, where that is the object of the event.
    """

    def decorate(function: Callable):
        @wraps(function)
        def attempt(*subject, by, **given):
            try:
                return function(*subject, by=by, **given)
            except refused as refusal:
                obj = next((one for one in subject if isinstance(one, models.Model)), None)
                after = {name: str(given[name]) for name in TOLD if name in given} or None
                whole = getattr(obj, of) if obj and of else obj
                record_refusal(act, whole, by=by, after=after, why=str(refusal))
                raise

        return attempt

    return decorate


def found_or_404(request, scoped, everything: models.Manager, **lookup):
    """
    Return the record of `scoped` that the lookup finds, and name it in what is recorded of a file.

    Raises Http404 as if there were none where it lies outside of the user's scope; then the
    refusal is recorded with the record of `everything` (audit.middleware).
    """
    try:
        request.audit_object = get_object_or_404(scoped, **lookup)
    except Http404:
        request.out_of_scope = everything.filter(**lookup).first()
        raise
    return request.audit_object
