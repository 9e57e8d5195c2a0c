"""Texts of Django's own pages that its Chinese catalogue lacks; named here, ours has them."""

from django.utils.translation import gettext_noop

# Column heads of the admin site's list of records, which only screen readers say.
ADMIN_SITE = [
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
]
