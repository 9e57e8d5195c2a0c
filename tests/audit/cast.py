"""What the tests of the audit trail share."""

from audit.models import ActOutcome, AuditEvent


def only(act, outcome=ActOutcome.DONE) -> AuditEvent:
    """Return the one event of an act with this outcome."""
    return AuditEvent.objects.get(act=act, outcome=outcome)
