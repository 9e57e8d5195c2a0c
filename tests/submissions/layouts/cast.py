"""A bureau that brings a file with other headings, as it does in the browser."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from jobs.models import Job
from submissions.models import Layout

NEW = "/submissions/layouts/new/"


def bring(client, path, name=None):
    """Upload a file; return the address of its page."""
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    answer = client.post(NEW, {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def fields_of(page) -> dict[str, str]:
    """Return the fields of the form that describes the columns, as the page proposes them."""
    tree = html.fromstring(page.content.decode())
    [form] = [one for one in tree.forms if "sheets" in one.fields]
    return {name: value or "" for name, value in form.form_values()}


def describe(client, address, *, heading="", **changed) -> str:
    """Say yes to the proposals but for what is changed; return the address of what is found."""
    page = client.get(address + heading)
    said = fields_of(page) | changed
    said.pop("csrfmiddlewaretoken", None)
    answer = client.post(address + heading, said)
    assert answer.status_code == 302, re.sub(r"\s+", " ", answer.content.decode())
    return answer["Location"]


def confirm(client, address, name) -> Layout:
    """Confirm the layout of what was found."""
    answer = client.post(address, {"name": name})
    assert answer.status_code == 302
    return Layout.objects.get(pk=job_at(address).arguments["layout"])


def job_at(address) -> Job:
    """Return the job of an address."""
    return Job.objects.get(pk=address.rstrip("/").rpartition("/")[2])


def parts_at(address) -> list[str]:
    """Return the cities and quarters of what was found, as the page posts them."""
    return [f"{one['city']}-{one['quarter']}" for one in job_at(address).result["parts"]]


def read_by(client, address, layout) -> str:
    """Have a file read by a layout that fits it; return the address of what is found."""
    answer = client.post(address, {"layout": layout.pk})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]
