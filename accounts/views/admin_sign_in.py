from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


@login_not_required
def admin_sign_in(request, extra_context=None):
    """
    Redirect the admin site's sign-in page to the one sign-in page.

    A second page would be a second strength of signing in. Who is signed in and still comes
    here may not enter: sent on, they would go round in circles.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    asked = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return redirect_to_login(asked if safe else reverse("admin:index"))
