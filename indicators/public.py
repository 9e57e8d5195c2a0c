"""Pages that the setting PUBLIC_DASHBOARD opens to everybody."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login


def open_if_public(view):
    """
    Require a sign-in unless PUBLIC_DASHBOARD is on.

    Only for pages that show the province's and the cities' totals: without a sign-in
    request.cities is empty, so no enterprise is shown.
    """

    @login_not_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.PUBLIC_DASHBOARD and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
