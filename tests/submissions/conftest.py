import io
import subprocess
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.intake.originals import content_of
from submissions.models import Submission
from submissions.workbook import limits
from submissions.workbook.layout import INDEX_SHEET
from tests.factories import make_enterprise, make_park, make_period
from tests.programs import program
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness import memory

# How LibreOffice calls an .xlsx.
FILTER = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture
def period(db):
    """The third quarter of 2025: nine months, and long over."""
    return make_period("2025Q3")


@pytest.fixture
def registered(city):
    """The firms and the park of forge.workbook() are those of Jinan: it has no findings."""
    park = make_park(city, name="示例园区")
    for number in (1, 2, 3):
        firm = forge.enterprise(number)
        make_enterprise(city, credit_code=firm["credit_code"], name=firm["name"], park=park)


@pytest.fixture
def hand_in(registered, hand_in_any):
    """Return a function that uploads a file, with firms 1 to 3 registered."""
    return hand_in_any


@pytest.fixture
def hand_in_any(client, officer, period, monkeypatch, caplog):
    """
    Return a function: hand a file in as the officer does, and return the submission.

    Asserts for any file: it is stored, checked, shown and returned annotated; the child stayed
    within its memory, this process within 50 MB, and no error was logged.
    """
    peaks = memory.peaks_of_children(monkeypatch)
    client.force_login(officer)

    def act(content: bytes, name: str = "报表.xlsx") -> Submission:
        before = memory.reset_peak()
        sent = {"file": SimpleUploadedFile(name, content), "period": "2025Q3"}
        answer = client.post("/submissions/new/", sent)
        grown = memory.peak() - before
        assert answer.status_code == 302, answer.context["form"].errors
        submission = Submission.objects.latest("pk")
        assert submission.checked_at, "stuck"
        assert content_of(submission) == content
        page = client.get(submission.get_absolute_url())
        assert page.status_code == 200
        assert "Traceback" not in page.content.decode()
        answer = client.get(f"{submission.get_absolute_url()}marked/")
        if answer.status_code == 302:
            # A large one is made by a worker, and fetched from a page of its own.
            answer = client.get(f"{answer['Location']}?file")
        marked = b"".join(answer)
        with zipfile.ZipFile(io.BytesIO(marked)) as archive:
            assert INDEX_SHEET in archive.read("xl/workbook.xml").decode()
        assert grown < 50 * limits.MIB
        assert max(peaks, default=0) < limits.CHILD_MEMORY
        assert not [each for each in caplog.records if each.levelname in ("ERROR", "CRITICAL")]
        return submission

    return act


@pytest.fixture
def calc(tmp_path):
    """Return a function: the workbook as LibreOffice opens and saves it."""
    soffice = program("soffice", "libreoffice-calc-nogui")

    def save(content, form=FILTER):
        path = forge.saved(content, tmp_path, "in.xlsx")
        done = subprocess.run(
            [
                soffice,
                f"-env:UserInstallation=file://{tmp_path}/profile",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(tmp_path / "out"),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        assert b"rror" not in done.stdout
        return (tmp_path / "out" / f"in.{form.partition(':')[0]}").read_bytes()

    return save
