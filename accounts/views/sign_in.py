from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView
from django.urls import reverse

from accounts.roles import OVERVIEW, ROLES
from foundation import kept_form


class SignIn(LoginView):
    """
    The one sign-in page. It leads on to what was asked for, else to the role's own page.

    A form that arrived after its session had ended is carried in the field `kept`.
    """

    redirect_authenticated_user = True
    extra_context = {"roles": list(ROLES.values())}

    def form_valid(self, form):
        """Sign in; store the form that was carried for the page it stands on."""
        answer = super().form_valid(form)
        kept_form.keep(self.request, self.get_redirect_url(), self.request.POST.get("kept", ""))
        return answer

    def get_context_data(self, **kwargs):
        """Return the context, with the form that is carried after a wrong password too."""
        return super().get_context_data(**{"kept": self.request.POST.get("kept", "")} | kwargs)

    def get_success_url(self):
        """Return the next address; asking for "/" or to sign out is asking for nothing."""
        asked = self.get_redirect_url()
        nothing = ("", "/", reverse("logout"))
        return reverse(landing(self.request.user)) if asked in nothing else asked


class SignInFirst(LoginRequiredMiddleware):
    """
    Leads to the sign-in page; a form that somebody signed out has sent is carried there.

    A file cannot be carried, and a program gets the redirect.
    """

    def handle_no_permission(self, request, view_func):
        """Return the sign-in page with the form's fields, or a redirect to it."""
        kept = kept_form.as_json(request.POST) if request.method == "POST" else ""
        if not kept or request.FILES or not request.accepts("text/html"):
            return super().handle_no_permission(request, view_func)
        page = SignIn()
        page.setup(request)
        context = page.get_context_data(form=page.get_form_class()(request), kept=kept)
        context["next"] = request.get_full_path()
        return page.render_to_response(context, status=403)


def landing(user) -> str:
    """Return the name of the page that a user begins at: their role's; the overview for several."""
    names = user.groups.values_list("name", flat=True)
    pages = {ROLES[name].landing for name in names if name in ROLES}
    return pages.pop() if len(pages) == 1 else OVERVIEW
