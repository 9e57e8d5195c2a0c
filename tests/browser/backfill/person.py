"""Somebody at a page, whose clicks, typed texts, decisions and pages are counted."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

# How long a person takes, in seconds. A decision is a proposal that is compared with the file.
A_CLICK, A_TEXT, A_DECISION, A_PAGE = 3, 20, 10, 10


@dataclass
class Person:
    """
    Somebody at a page.

    pages  the addresses that were opened, one after the other
    """

    page: object
    clicks: int = 0
    texts: int = 0
    decisions: int = 0
    pages: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("framenavigated", self._note)

    def _note(self, frame):
        if frame == self.page.main_frame:
            self.pages.append(urlsplit(frame.url).path)

    @property
    def seconds(self) -> int:
        """How long it took, without the time in which the program works."""
        return (
            A_CLICK * self.clicks
            + A_TEXT * self.texts
            + A_DECISION * self.decisions
            + A_PAGE * len(self.pages)
        )

    def took_at_most(self, *, clicks: int, pages: int) -> bool:
        """Return whether it took no more clicks and pages."""
        return self.clicks <= clicks and len(self.pages) <= pages

    def open(self, address):
        """Go to an address, as by a bookmark."""
        self.clicks += 1
        self.page.goto(address)

    def click(self, selector):
        """Click the first of what is found, and wait for the page that it leads to."""
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def send(self, selector, lands):
        """Click what sends a form, and wait for the address where it ends."""
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_url(lands, timeout=120_000)

    def choose_files(self, files: dict[str, bytes], selector="[name=files]"):
        """Choose files: the button, the folder, all of it, open."""
        self.clicks += 4
        kind = "application/octet-stream"
        given = [{"name": n, "mimeType": kind, "buffer": c} for n, c in files.items()]
        self.page.set_input_files(selector, given)

    def type(self, selector, text):
        """Write a text."""
        self.texts += 1
        self.page.locator(selector).first.fill(text)

    def decide(self, number=1):
        """Compare so many proposals with what is before one's eyes."""
        self.decisions += number
