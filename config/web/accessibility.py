"""What the product does so that everybody can use it, and what it does not do yet."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def accessibility(request):
    """Show the accessibility statement. Open to everybody: whoever cannot sign in may need it."""
    return render(request, "config/accessibility.html")
