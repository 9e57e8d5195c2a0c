"""Choosing many files: listed with their sizes, refused before they are sent, added to later."""

import base64
import re

import pytest

from submissions.models import BatchFile
from submissions.workbook import limits
from tests.config.test_submit_returns import file_of
from tests.factories import make_period

pytestmark = pytest.mark.browser
NEW, BATCH = "/submissions/batches/", re.compile(r"/batches/\d+/$")
ZONE, SEND, REFUSED = "[data-drop-zone]", "form[data-workbook-form] [type=submit]", "[data-refused]"

MAKE_TRANSFER = """([files, blank]) => {
    const transfer = new DataTransfer();
    for (const [name, content] of Object.entries(files)) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    for (const [name, size] of Object.entries(blank)) {
        transfer.items.add(new File([new Uint8Array(size)], name));
    }
    return transfer;
}"""


def drop(page, files, blank=()):
    """Drop files on the frame; blank ones are name -> size."""
    texts = {name: base64.b64encode(content).decode() for name, content in files.items()}
    transfer = page.evaluate_handle(MAKE_TRANSFER, [texts, dict(blank)])
    page.dispatch_event(ZONE, "dragover", {"dataTransfer": transfer})
    page.dispatch_event(ZONE, "drop", {"dataTransfer": transfer})


@pytest.fixture
def three(officer):
    codes = ("2024Q1", "2024Q2", "2024Q3")
    for code in codes:
        make_period(code)
    return {f"{at}.xlsx": file_of(code) for at, code in enumerate(codes)}


def states():
    return dict(BatchFile.objects.values_list("name", "state"))


def test_files_are_listed_refused_before_they_are_sent_brought_and_added_to(
    browse, signed_in, three
):
    page = browse("narrow").page
    signed_in(page, "officer")
    page.goto(NEW)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    drop(page, three, {"大.xlsx": limits.FILE_SIZE + 1})
    assert "大.xlsx" in page.inner_text(REFUSED)
    assert page.locator("[data-list] [data-wrong]").count() == 1
    page.click(SEND)
    many = {f"{at}.xlsx": 7 * limits.MIB for at in range(9)}
    drop(page, {}, many)
    assert f"{limits.ARCHIVE_SIZE // limits.MIB} MiB" in page.inner_text(REFUSED)
    page.click(SEND)
    assert not sent

    last = {"2.xlsx": three.pop("2.xlsx")}
    drop(page, three)
    assert page.is_hidden(REFUSED)
    assert page.locator("[data-list] li").count() == 2
    assert "KiB" in page.inner_text("[data-chosen]")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.click(SEND)
    page.wait_for_url(BATCH)
    assert states() == dict.fromkeys(("0.xlsx", "1.xlsx"), "taken")

    page.click("details:has([data-drop-zone]) > summary")
    drop(page, last)
    page.click(SEND)
    page.wait_for_selector("section[aria-labelledby=report] a:has-text('2.xlsx')")
    assert states()["2.xlsx"] == "taken"


def test_without_scripts_the_files_are_chosen_and_sent_all_the_same(browse, signed_in, three):
    page = browse("narrow", java_script_enabled=False).page
    signed_in(page, "officer")
    page.goto(NEW)
    given = [{"name": n, "mimeType": "application/octet-stream", "buffer": c}
             for n, c in three.items()]  # fmt: skip
    page.set_input_files("[name=files]", given)
    page.click(SEND)
    page.wait_for_url(BATCH)

    assert set(states().values()) == {"taken"}
