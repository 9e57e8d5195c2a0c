"""The link that sets a password once: used by its owner, made by an administrator."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.account_keeper import link_for, state_of
from accounts.roles_in_database import is_of_the_province
from accounts.sessions import end_sessions_of
from audit.acts import Act
from audit.models import ProposedAct
from audit.proposals import deciding
from audit.recording import record
from foundation.record_admin import reason_field


class LinkedPasswordForm(SetPasswordForm):
    """One's own password, set by a link: nobody else knows it, so it need not be changed."""

    def save(self, commit=True):
        """Save it and end the account's open sessions."""
        self.user.must_change_password = False
        self.user.one_time_until = None
        user = super().save(commit)
        end_sessions_of(user)
        record(Act.PASSWORD_CHANGED, user, by=user, why=str(_("set by a link")))
        return user


class PasswordByLink(PasswordResetConfirmView):
    """Set one's own password by a link that works once, within PASSWORD_RESET_TIMEOUT."""

    form_class = LinkedPasswordForm
    template_name = "registration/password_link.html"
    success_url = reverse_lazy("login")

    def form_invalid(self, form):
        """Return the page with what is wrong."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class LinkForm(forms.Form):
    """Why somebody needs a new password."""

    reason = reason_field(
        label=_("Reason"), help_text=_("Who asked for it, and how you know them.")
    )


@never_cache
def make_link(request, account):
    """
    Make a link that sets an account's password: at once for a bureau, else propose it.

    The admin site has checked that the reader may change the account.
    """
    if account.pk == request.user.pk:
        raise PermissionDenied
    form = LinkForm(request.POST or None)
    two_people = is_of_the_province(account)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "account": account, "two_people": two_people}
        status = 422 if request.method == "POST" else 200
        return render(request, "registration/make_password_link.html", context, status=status)
    reason = form.cleaned_data["reason"]
    if two_people:
        state = state_of(account)
        proposal = deciding.propose(
            account, state, state, by=request.user, reason=reason, act=ProposedAct.PASSWORD_LINK
        )
        return redirect("proposals:proposal", pk=proposal.pk)
    address = link_for(account, by=request.user, why=reason)
    shown = {"link": request.build_absolute_uri(address), "name": account.get_username()}
    return render(request, "audit/link_to_hand_over.html", shown)
