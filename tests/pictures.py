"""
`make pictures`: the pictures of the help pages and of the README, taken anew.

A demonstration is loaded into a directory of its own and served; a real Chromium reads it in
Chinese as each role, uploads and submits a workbook on the way, and keeps a part of a page as
static/pictures/<name>.webp.
"""

import base64
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, sync_playwright

from submissions.workbook.template.columns import FIRST_ROW
from tests.benchmarks.web import serving

PICTURES = Path(__file__).resolve().parent.parent / "static" / "pictures"
PASSWORD = "only-for-the-Pictures-311"  # noqa: S105
QUARTER = "2025Q4"
# Of WebP: text is still sharp, and no picture weighs more than 80 KB.
QUALITY = 60
MOST_BYTES = 80_000
MARGIN = 16


@dataclass(frozen=True)
class Picture:
    """
    One picture: its name, who sees it, at which address, and which part of the page it keeps.

    part   a CSS selector; empty for the top of the page
    first  what the reader does there before, ending on the page that is kept
    """

    name: str
    reader: str
    address: str
    part: str = ""
    first: Callable[[Page], None] | None = None
    size: tuple[int, int] = (1000, 640)


def section(heading: str) -> str:
    """Return the selector of the section with this heading."""
    return f"section[aria-labelledby={heading}]"


def follow(selector: str) -> Callable[[Page], None]:
    """Return the act of following the first such link."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return act


def upload(page: Page, file: bytes) -> None:
    """Upload a workbook, and go on to what was found in it."""
    page.goto(f"/submissions/new/?period={QUARTER}")
    workbook = {"name": "报表.xlsx", "mimeType": "application/octet-stream", "buffer": file}
    page.set_input_files("input[type=file]", workbook)
    page.click("main form button[type=submit]:not([name])")
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    # The worker reads it; the page is fetched anew when it has.
    page.wait_for_selector("[data-job]", state="detached", timeout=120_000)
    page.wait_for_load_state()


def with_value(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    """Return a workbook with another value in one cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload_unfinished(page: Page) -> None:
    """Upload the template with one total: every other figure of this quarter is wanting."""
    template = page.request.get(f"/submissions/template/?period={QUARTER}").body()
    upload(page, with_value(template, "城市汇总", f"C{FIRST_ROW}", 50_000))


def submit_again(page: Page) -> None:
    """Upload the workbook that was sent back with what was asked for, and submit it."""
    follow("a[href^='/submissions/']:has-text('退回原因')")(page)
    original = page.locator("a[href$='/original/']").first.get_attribute("href")
    content = page.request.get(original).body()
    upload(page, with_value(content, "企业明细", "J4", "新增业务收入的合同和发票已核对"))
    page.click("[formaction$='/submit/'], form[action$='/submit/'] button")
    page.wait_for_load_state()


def decide(page: Page) -> None:
    """Open what waits for a decision."""
    follow(f"{section('waiting')} td a")(page)


def look_ahead(page: Page) -> None:
    """Open what the targets would say if it were accepted."""
    decide(page)
    follow("a[href$='/preview/']")(page)


# In the order in which they are taken: what is submitted in one waits in the next.
EVERY = [
    Picture("overview", "official", "/", size=(1100, 760)),
    Picture("attention", "official", "/", section("attention")),
    Picture("silent", "official", "/indicators/cluster-output-share/", section("silent")),
    Picture("as-of", "official", "/?period=2025Q4&as_of=2026-01-20"),
    Picture("cell", "official", "/cities/jinan/?period=2025Q3", first=follow("a[href*='/cell/']")),
    Picture("ledger", "official", f"/measures/?period={QUARTER}", size=(1100, 760)),
    Picture("inbox", "liaocheng", "/submissions/"),
    Picture("upload", "yantai", f"/submissions/new/?period={QUARTER}"),
    Picture("findings", "yantai", "/submissions/", section("findings"), upload_unfinished),
    Picture("submitted", "liaocheng", "/submissions/", first=submit_again),
    Picture("waiting", "reviewer", "/submissions/", section("waiting")),
    Picture("decision", "reviewer", "/submissions/", section("next-step"), decide),
    Picture("preview", "reviewer", "/submissions/", first=look_ahead),
    Picture("target", "admin", "/admin/indicators/target/1/change/"),
    Picture("account", "admin", "/admin/accounts/user/add/"),
    Picture("register", "admin", "/admin/enterprises/enterprise/import/"),
]


def sign_in(browser: Browser, base: str, name: str, size: tuple[int, int]) -> Page:
    """Return a page of somebody who has signed in."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="light",
        reduced_motion="reduce",
        base_url=base,
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    return page


def taken(browser: Browser, base: str, picture: Picture) -> bytes:
    """Return a picture as WebP, which Playwright itself does not write."""
    page = sign_in(browser, base, picture.reader, picture.size)
    page.goto(picture.address)
    if picture.first:
        picture.first(page)
    page.wait_for_load_state("networkidle")
    width, height = picture.size
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    if picture.part:
        box = page.locator(picture.part).bounding_box()
        assert box, f"{picture.name}: nothing is {picture.part}"
        clip |= {"y": box["y"] - MARGIN, "height": min(box["height"] + 2 * MARGIN, height)}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True}
    session = page.context.new_cdp_session(page)
    answer = session.send("Page.captureScreenshot", asked | {"clip": clip | {"scale": 1}})
    page.context.close()
    return base64.b64decode(answer["data"])


def take_all(base: str) -> None:
    """Take every picture of a demonstration that is served, and keep it."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in EVERY:
            content = taken(browser, base, picture)
            assert len(content) <= MOST_BYTES, f"{picture.name} weighs {len(content)} bytes"
            (PICTURES / f"{picture.name}.webp").write_bytes(content)
            print(f"{picture.name}: {len(content) // 1000} KB")
        browser.close()


def main() -> None:
    """Load a demonstration that nobody else uses, and take its pictures."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as data_dir:
        environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only for the pictures",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATA_DIR": data_dir,
            "DATABASE_URL": f"sqlite:///{data_dir}/tracker.sqlite3",
            "DEMO_PASSWORD": PASSWORD,
        }
        for command in (["setup"], ["load_demo"], ["collectstatic", "--no-input"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        with serving(environment) as server, worker(environment):
            take_all(server.base)


@contextlib.contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    """Run a worker for what the pages hand over, and end it."""
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


if __name__ == "__main__":
    main()
