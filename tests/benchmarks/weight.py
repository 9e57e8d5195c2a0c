"""
What the overview weighs when it is opened for the first time, and when it can be read.

A real Chromium, its cache empty, on a line of 10 Mbit/s with a processor four times as slow.
"""

import shutil
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.intake import reached
from tests.benchmarks.web import Reader

ROUNDS = 5
KILOBYTE = 1_000
MEGABITS, LATENCY_MS, SLOWER = 10, 40, 4
BUNDLE = "plotly"
TARGET = "/indicators/cluster-output-share/"

# What the issue asks for.
PAGE_KB, BUNDLE_KB, PAINT_SECONDS = 250, 450, 1.5

PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    const all = list.getEntries(); done(all[all.length - 1].startTime);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""
BEGAN = """name => performance.getEntriesByType('resource')
    .filter(one => one.name.includes(name)).map(one => one.startTime)"""


@dataclass(frozen=True)
class Opening:
    """One opening: bytes as they came over the line, and moments in milliseconds."""

    page: int
    bundle: int
    painted: float
    bundle_began: float
    passing: list[str]


def opened(browser: Browser, base: str, cookies: list[dict]) -> Opening:
    """Open the overview with an empty cache, then a target's page and its first chart."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_cookies(cookies)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    bytes_a_second = MEGABITS * 1_000_000 / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": bytes_a_second}
        | {"uploadThroughput": bytes_a_second},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    passing: list[str] = []

    def note(event: dict) -> None:
        urls[event["requestId"]] = url = event["response"]["url"]
        kept = event["response"]["headers"].get("Cache-Control", "")
        if "/static/" in url and "immutable" not in kept:
            passing.append(url)

    line.on("Network.responseReceived", note)
    line.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(base + "/", wait_until="load")
    painted = page.evaluate(PAINT)
    # The overview has no chart of the library: what it costs is asked of a target's page.
    weighed = set(sizes)
    page.goto(base + TARGET, wait_until="load")
    chart = page.locator("figure[data-figure]").first
    chart.scroll_into_view_if_needed()
    chart.locator("svg.main-svg").first.wait_for(timeout=60_000)
    began = page.evaluate(BEGAN, BUNDLE)
    by_bundle = {True: 0, False: 0}
    for request, size in sizes.items():
        of_bundle = BUNDLE in urls.get(request, "")
        if of_bundle or request in weighed:
            by_bundle[of_bundle] += size
    context.close()
    return Opening(by_bundle[False], by_bundle[True], painted, min(began), passing)


def print_weight(base: str, password: str) -> None:
    """Print what the overview weighs and when it is painted, beside what was asked for."""
    reader = Reader(base).sign_in("official", password)
    cookies = [{"name": one.name, "value": one.value or "", "url": base} for one in reader.jar]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        openings = [opened(browser, base, cookies) for _round in range(ROUNDS)]
        browser.close()
    last = openings[-1]
    painted = median(one.painted for one in openings) / 1000
    began = median(one.bundle_began for one in openings) / 1000
    print(
        f"\nThe overview, opened cold at {MEGABITS} Mbit/s with a processor {SLOWER} times slower"
    )
    reached("without the charts' bundle, KB", last.page / KILOBYTE, at_most=PAGE_KB)
    reached("the charts' bundle, KB", last.bundle / KILOBYTE, at_most=BUNDLE_KB)
    reached("largest paint, seconds", painted, at_most=PAINT_SECONDS)
    print(f"on a target's page the bundle is asked for after {began:.2f} s")
    print(f"files that are not cached for ever: {', '.join(last.passing) or 'none'}")
