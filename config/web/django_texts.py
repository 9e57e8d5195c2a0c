"""Texts of Django's own pages that its Chinese catalogue lacks; named here, ours collects them."""

from django.utils.translation import gettext_noop

# The first three are column headings for screen readers.
ADMIN_SITE = [
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
]
