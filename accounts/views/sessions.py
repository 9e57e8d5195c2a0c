from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.sessions import end_session, end_sessions_of, open_sessions, seconds_left
from foundation.tables import Column, Fragment, Table


class SessionTable(Table):
    """A user's open sessions; own_key is that of the session in which it is shown."""

    signed_in_at = Column(gettext_lazy("Signed in"), "moment", css="nowrap")
    end = Column("", accessor="handle", css="nowrap")
    last_used = Column(gettext_lazy("Last used"), "moment", css="nowrap")
    address = Column(gettext_lazy("Address"))
    browser = Column(gettext_lazy("Browser"))

    title, css = gettext_lazy("Open sessions"), "data-table--stacked"
    own_key = ""

    def render_end(self, record):
        """Return the button that ends a session; of one's own that it is this one."""
        if record.key == self.own_key:
            return _("this one")
        return Fragment("registration/_end_session.html", {"handle": record.handle})


@require_safe
def sessions(request):
    """Show one's own open sessions."""
    own = request.session.session_key
    table = SessionTable(open_sessions(request.user), own_key=own)
    return render(request, "registration/sessions.html", {"table": table})


@require_POST
def end(request):
    """End one of one's own sessions, or all but this one."""
    own = request.session.session_key
    if handle := request.POST.get("session", ""):
        ended = end_session(request.user, handle)
    else:
        ended = end_sessions_of(request.user, but=own)
    told = ngettext("%(count)s session ended.", "%(count)s sessions ended.", ended)
    if ended:
        messages.success(request, told % {"count": ended})
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("sessions")


@login_not_required
@require_safe
def left(request):
    """Return for a script how many seconds the session lasts unused; 0 for whoever has none."""
    seconds = seconds_left(request.session) if request.user.is_authenticated else 0
    return JsonResponse({"seconds": seconds})


@require_safe
def stay(request):
    """Return the same after the session was used: by asking this."""
    return left(request)
