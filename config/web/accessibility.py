"""The accessibility statement."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def accessibility(request):
    """Show the accessibility statement; no sign-in needed."""
    return render(request, "config/accessibility.html")
