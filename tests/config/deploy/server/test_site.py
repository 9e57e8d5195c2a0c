"""The tracker itself behind nginx, as deployed: TLS, an upload, the address of the reader."""

import re
import zipfile
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from submissions.models import Original
from submissions.workbook import limits
from tests.config.deploy.server.nginx import nginx, trusting
from tests.config.deploy.server.serving import HALF_A_BODY, HALF_A_HEADER, ask, slow_clients
from tests.factories import make_period
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import production_server, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The tracker behind nginx; its log is in a file."""
    monkeypatch.setenv("TLS", "on")
    monkeypatch.setenv("BEHIND_PROXY", "on")
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    folder = tmp_path / "state"
    folder.mkdir()
    with (
        (tmp_path / "log").open("w") as log,
        production_server(folder, log.fileno()) as (_process, port),
        nginx(tmp_path / "nginx", port) as site,
    ):
        yield site


@pytest.fixture
def as_officer(site, client, officer):
    """Return a function: ask as the signed-in officer, from an address of their own."""
    make_period()
    client.force_login(officer)
    client.get("/submissions/new/")
    # As they are named behind TLS.
    cookies = "; ".join(f"__Host-{name}={one.value}" for name, one in client.cookies.items())
    headers = {"Cookie": cookies, "Referer": f"https://127.0.0.1:{site.port}/submissions/new/"}
    return partial(ask, site.port, tls=trusting(), source="127.0.5.1", **headers)


def large_workbook(size):
    """A workbook of about so many bytes, with a part that no reader opens."""
    file = BytesIO(forge.workbook())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("customXml/padding.bin", b"\0" * size)
    return file.getvalue()


def test_a_page_an_upload_and_the_readers_address(site, as_officer, client, tmp_path):
    assert ask(site.port, "/healthz", tls=trusting())[0] == 200
    status, page = as_officer("/submissions/new/")
    assert (status, b"</html>" in page) == (200, True)

    content = large_workbook(9 * limits.MIB)
    fields = {
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
        "period": "2025Q3",
        "file": SimpleUploadedFile("报表.xlsx", content),
    }
    body = encode_multipart(BOUNDARY, fields)
    assert as_officer("/submissions/new/", body, **{"Content-Type": MULTIPART_CONTENT})[0] == 302
    assert Original.objects.get().size == len(content)

    assert as_officer("/no/such/page/")[0] == 404
    # nginx writes its line once the answer is gone.
    wait_for(lambda: "/no/such/page/" in site.log())
    number = re.search(r'127\.0\.5\.1 .*"GET /no/such/page/ .* ([0-9a-f]{8})\n', site.log())[1]
    told = [line for line in (tmp_path / "log").read_text().splitlines() if number in line]
    assert '"address": "127.0.5.1"' in told[0]
    assert '"user": "officer"' in told[0]


def test_slow_clients_do_not_stop_the_server_of_make_run(tmp_path, db):
    with production_server(tmp_path) as (_process, port):
        for sent in (HALF_A_HEADER, HALF_A_BODY):
            with slow_clients(port, 20, sent):
                statuses = {ask(port, "/accounts/login/")[0] for _n in range(10)}
                assert statuses == {200}
