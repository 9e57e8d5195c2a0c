"""Records of the admin site: whatever stores a version of one, an event stands beside it."""

from django.db import models

from audit.acts import Act
from audit.recording import record
from audit.request import in_command
from foundation.record_admin import COMMAND_MARK, REASON_LENGTH

ACTS = {"+": Act.RECORD_ADDED, "~": Act.RECORD_CHANGED, "-": Act.RECORD_DELETED}


def marked(reason: str | None) -> str | None:
    """Return the reason that a history keeps: with the mark of the command line in a command."""
    if not in_command.get() or (reason or "").startswith(COMMAND_MARK):
        return reason
    return f"{COMMAND_MARK} {reason or ''}".strip()[:REASON_LENGTH]


def mark_command(sender, history_instance, **_given) -> None:
    """Mark a version that a command of the operator writes (simple_history's signal)."""
    history_instance.history_change_reason = marked(history_instance.history_change_reason)


def record_version(
    sender, instance, history_instance, history_user, history_change_reason, **_given
) -> None:
    """
    Record that a record was added, changed or deleted (simple_history's signal).

    What nobody's hand has written has no event of its own: it is of the command that was run.
    """
    if history_user is None:
        return
    act = ACTS[history_instance.history_type]
    now = values(history_instance, instance)
    before, after = None, now
    if act is Act.RECORD_DELETED:
        before, after = now, None
    elif act is Act.RECORD_CHANGED and (earlier := history_instance.prev_record):
        before, after = difference(values(earlier, instance), now)
        if not after:
            return
    record(
        act,
        instance,
        by=history_user,
        before=before,
        after=after,
        why=history_change_reason or "",
    )


def values(version: models.Model, instance: models.Model) -> dict:
    """Return the fields of a version, related records as their names."""
    return {
        field.name: value(version, field)
        for field in instance._meta.concrete_fields
        if not field.primary_key
    }


def value(version: models.Model, field: models.Field):
    """Return the value of a field; the name of a related record, which may be gone by now."""
    key = getattr(version, field.attname)
    if not field.is_relation or key is None:
        return key
    related = field.related_model._base_manager.filter(pk=key).first()
    return str(related) if related else key


def difference(before: dict, after: dict) -> tuple[dict, dict]:
    """Return what differs, as it was and as it is."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
