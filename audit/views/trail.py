from django.contrib.auth.decorators import permission_required
from django.shortcuts import render

from audit.filters import AuditFilter
from audit.models import AuditEvent
from audit.tables import AuditTable
from foundation.tables import A_PAGE

READ = "audit.view_auditevent"
EXPORT = "audit.export_auditevent"
# The parameter that says beneath which event a page begins.
BENEATH = "before"


@permission_required(READ, raise_exception=True)
def trail(request, role_names):
    """
    Show who did what, when, why; the newest first, a page at a time.

    A page begins beneath the event that ended the one before it: it costs the same however many
    there are, and stays what it is while others are recorded.
    """
    found = AuditFilter(request.GET, queryset=AuditEvent.objects.order_by("-pk"))
    is_valid = found.is_valid()
    events = found.qs if is_valid else AuditEvent.objects.none()
    before = request.GET.get(BENEATH, "")
    has_newer = before.isdecimal() and len(before) < 19
    page = events.filter(pk__lt=int(before)) if has_newer else events
    rows = list(page[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    request.filtered_by = found.words
    may_export = request.user.has_perm(EXPORT)
    context = {
        "filter": found,
        "table": AuditTable(
            shown, every=events, role_names=role_names, **({} if may_export else {"key": ""})
        ),
        "about": about(found, shown),
        "has_newer": has_newer,
        "older_than": shown[-1].pk if len(rows) > A_PAGE else None,
    }
    return render(request, "audit/trail.html", context, status=200 if is_valid else 422)


def about(found: AuditFilter, shown: list[AuditEvent]) -> str:
    """Return the name of the record that the page is all about; "" for a page of all."""
    asked = found.form.cleaned_data.get("object") if found.form.is_valid() else ""
    if not asked:
        return ""
    names = (e.object_name for e in shown if f"{e.object_type}:{e.object_id}" == asked)
    return next(names, asked)
