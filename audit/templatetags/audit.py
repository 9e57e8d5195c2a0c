"""The link to all that is recorded about a record."""

from django import template
from django.urls import reverse

from audit.views.trail import READ

register = template.Library()


@register.inclusion_tag("audit/_all_about.html", takes_context=True)
def all_about(context, record):
    """Show a reader of the audit trail the way to what was done to a record."""
    user = context["request"].user
    return {"address": address_of(record) if user.has_perm(READ) else ""}


def address_of(record) -> str:
    """Return the address of all that is recorded about a record."""
    return f"{reverse('audit')}?object={record._meta.label_lower}:{record.pk}"
