"""A bureau that brings a file with other headings, as it does in the browser."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from jobs.models import Job
from submissions.layouts import looking
from submissions.layouts.confirming import confirm as confirm_layout
from submissions.models import Layout, LayoutUse
from submissions.workbook.foreign.applying import AppliedLayout
from submissions.workbook.foreign.foreign_file import read_file
from submissions.workbook.foreign.layout_spec import (
    ColumnSpec,
    HeadingLines,
    LayoutSpec,
    Sheets,
    TableSpec,
)
from submissions.workbook.foreign.sample import contents, sample
from tests.jobs.cast import make_job
from tests.submissions.workbook.foreign.forge_foreign import CITIES

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
    return {name: (value or "").lstrip("\n") for name, value in form.form_values()}


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


def make_layout(by, name="宽表", spec: LayoutSpec | None = None) -> Layout:
    """A confirmed layout; without a spec of one sheet with names and revenue."""
    spec = spec or LayoutSpec(
        (
            TableSpec(
                "enterprises",
                Sheets.ONE,
                (ColumnSpec("A", "name"), ColumnSpec("B", "revenue", "万元")),
                HeadingLines((2,), {"A": ("企业",), "B": ("收入",)}, ("万元",)),
            ),
        )
    )
    return confirm_layout(spec, name, by=by)


def make_use(submission, layout) -> LayoutUse:
    """That a submission is read by a layout."""
    return LayoutUse.objects.create(submission=submission, layout=layout)


def make_look(by, result, **given) -> Job:
    """A look into a file that has ended."""
    return make_job(looking.look_at_file, by=by, state="done", result=result, **given)


def make_contents(by, look, result, *, layout=None, spec=None) -> Job:
    """What a layout found in a file."""
    arguments = {
        "look": str(look.pk),
        "spec": (spec or layout.as_spec()).as_json(),
        "given": ["", None, None],
        "layout": layout.pk if layout else None,
        "cities": [],
    }
    return make_job(looking.find_contents, by=by, state="done", result=result, arguments=arguments)


def make_look_into(by, path) -> Job:
    """A look into a file, read here and not in a child process."""
    result = sample(read_file(path, path.name))
    return make_look(by, result, file=path.read_bytes(), filename=path.name)


def make_contents_of(by, look, path, spec, *, layout=None, cities=None, firms=None) -> Job:
    """What a layout finds in a file, read here and not in a child process."""
    file = read_file(path, path.name)
    found = contents(AppliedLayout(spec, file, path.name, cities or CITIES))
    found["firms"] = firms or []
    return make_contents(by, look, found, layout=layout, spec=spec)
