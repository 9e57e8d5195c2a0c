from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import ENDED
from accounts.one_time_password import has_expired
from accounts.roles import OVERVIEW, ROLES
from accounts.signing_in import known_browsers
from audit.acts import Act
from audit.recording import record
from foundation import kept_form


class SignInForm(AuthenticationForm):
    """Name and password. A one-time password that is too old is refused like a wrong one."""

    def confirm_login_allowed(self, user):
        """Raise ValidationError for an account or a password that is no longer in use."""
        if has_expired(user, timezone.now()):
            wrong = self.get_invalid_login_error()
            raise ValidationError(wrong.message, code="expired", params=wrong.params)
        super().confirm_login_allowed(user)


class SignIn(LoginView):
    """
    The one sign-in page. It leads on to what was asked for, else to the role's own page.

    A form that arrived after its session had ended is carried in the field `kept`.
    """

    redirect_authenticated_user = True
    form_class = SignInForm
    extra_context = {"roles": list(ROLES.values())}

    def form_valid(self, form):
        """Sign in; store the form that was carried for the page it stands on."""
        answer = super().form_valid(form)
        record(Act.SIGNED_IN, self.request.user)
        known_browsers.remember(self.request, answer)
        kept_form.keep(self.request, self.get_redirect_url(), self.request.POST.get("kept", ""))
        return answer

    def form_invalid(self, form):
        """Record the failure, and that it has locked the name here; axes then answers."""
        if name := known_browsers.typed_name(self.request):
            record_failure(self.request, name, form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        """Return the context, with the form that is carried after a wrong password too."""
        context = {"kept": self.request.POST.get("kept", ""), "ended": ENDED in self.request.GET}
        return super().get_context_data(**context | kwargs)

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


def record_failure(request, name: str, form) -> None:
    """Record a sign-in that failed, why, and whether it was the last of those allowed."""
    codes = {error.code for error in form.non_field_errors().as_data()}
    why = _("one-time password too old") if "expired" in codes else _("wrong name or password")
    record(Act.SIGN_IN_FAILED, username=name, why=why)
    if getattr(request, "axes_locked_out", False):
        words = {"count": settings.AXES_FAILURE_LIMIT}
        why = _("%(count)s wrong passwords under one name from one address") % words
        record(Act.LOCKED_OUT, username=name, why=why)


def landing(user) -> str:
    """Return the name of the page that a user begins at: their role's; the overview for several."""
    names = user.groups.values_list("name", flat=True)
    pages = {ROLES[name].landing for name in names if name in ROLES}
    return pages.pop() if len(pages) == 1 else OVERVIEW
