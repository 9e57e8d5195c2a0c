from django.contrib.auth.views import LoginView
from django.urls import reverse

from accounts.roles import OVERVIEW, ROLES


class SignIn(LoginView):
    """The one sign-in page. It leads on to what was asked for, else to the role's own page."""

    redirect_authenticated_user = True
    extra_context = {"roles": list(ROLES.values())}

    def get_success_url(self):
        """Return the next address; asking for "/" is asking for nothing in particular."""
        asked = self.get_redirect_url()
        return asked if asked and asked != "/" else reverse(landing(self.request.user))


def landing(user) -> str:
    """Return the name of the page that a user begins at: their role's; the overview for several."""
    names = user.groups.values_list("name", flat=True)
    pages = {ROLES[name].landing for name in names if name in ROLES}
    return pages.pop() if len(pages) == 1 else OVERVIEW
