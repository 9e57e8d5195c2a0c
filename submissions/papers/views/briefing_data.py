from django.contrib.auth.decorators import permission_required

from submissions import access
from submissions.attachments import as_frozen


@permission_required(access.READ_BRIEFING, raise_exception=True)
def briefing_data(request, period, number):
    """Give the very bytes that a briefing was frozen as: their SHA-256 is the one it bears."""
    return as_frozen(access.briefing_or_404(period, number))
