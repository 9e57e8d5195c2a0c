"""What proposals are made of in tests: an admin's form, sent as a browser sends it."""

from django.urls import reverse

from audit.models import ProposedChange

REASON = {"reason": "鲁环发〔2025〕1号"}


def address(model, act, *args):
    """Return the address of a page of the admin site."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def shown_form(page):
    """Return what a browser would send back of an admin page's form and its tables."""
    bound = list(page.context["adminform"].form)
    for inline in page.context["inline_admin_formsets"]:
        bound += inline.formset.management_form
        bound += [field for form in inline.formset.initial_forms for field in form]
    values = {field.html_name: field.value() for field in bound}
    return {n: "" if value is None or value is False else value for n, value in values.items()}


def send(client, obj, **changed):
    """Send an object's form with some fields changed; return the answer."""
    page = address(type(obj), "change", obj.pk)
    return client.post(page, shown_form(client.get(page)) | REASON | changed)


def newest():
    """Return the newest proposal."""
    return ProposedChange.objects.first()


def decide(client, proposal, act="confirm", **given):
    """Press a button of a proposal's page; return the answer."""
    return client.post(reverse(f"proposals:{act}", args=[proposal.pk]), given)
