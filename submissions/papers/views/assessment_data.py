from django.contrib.auth.decorators import permission_required

from submissions import access
from submissions.attachments import as_frozen


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def assessment_data(request, code, number):
    """Give the very bytes that an assessment was frozen as: their SHA-256 is the one it bears."""
    return as_frozen(access.assessment_or_404(code, number))
