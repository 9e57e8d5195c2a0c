"""Help: what each role does, step by step. The words are in config/web/help_texts/."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from accounts.roles import ROLES
from config.web.help_texts.roles import TASKS


@login_not_required
def roles(request):
    """Show the roles that have help; no sign-in needed."""
    mine = set(request.user.groups.values_list("name", flat=True))
    return render(request, "config/help.html", {"roles": ROLES.values(), "mine": mine})


@login_not_required
def role(request, key):
    """Show the tasks of one role."""
    if key not in ROLES:
        raise Http404
    return render(request, "config/help_role.html", {"role": ROLES[key], "tasks": TASKS[key]})
