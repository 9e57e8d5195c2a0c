"""
2,000 attempts to sign in, from one address and from fifty, while an official reads pages.

    python -m tests.benchmarks.sign_in.flood

The site is ours as it is deployed: gunicorn with its settings (Argon2, two processes) behind nginx
with our site file and TLS, on a database that `setup` has made. What 95 of 100 of the official's
answers stay below is compared with the quiet server, in rounds of quiet, flood, flood: one round
has too few answers for a 95th percentile. A colleague behind the flooding address signs in
meanwhile. Exit 1 if a limit does not hold.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from tests.config.deploy.server.nginx import nginx, trusting
from tests.config.deploy.server.serving import ROOT, gunicorn

ATTEMPTS, CLIENTS = 2_000, 8
PASSWORD = "umbrella kite 88"
OFFICE = "127.10.{}.7"
NICENESS = 15
SECONDS_APART, QUIET_SECONDS = 0.05, 10
ROUNDS = 5
MOST_TIMES_QUIET = 2.0


class Browser:
    """A client that keeps its cookies and its connection, at an address of loopback."""

    def __init__(self, port: int, address: str) -> None:
        """Take the token of the sign-in page."""
        self.site, self.cookies = f"https://127.0.0.1:{port}", {}
        self.connection = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=60, context=trusting(), source_address=(address, 0)
        )
        self.ask("GET", "/accounts/login/")

    def ask(self, method: str, path: str, form: dict | None = None) -> int:
        """Return the status of an answer."""
        headers = {"Referer": self.site + path}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form | {"csrfmiddlewaretoken": self.cookies["__Host-csrftoken"]})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except ConnectionError:
            # A server closes a connection after some hundred requests.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status

    def sign_in(self, name: str, password: str) -> int:
        """Return 302 for whoever is in, 200 for a wrong password, 429 for one too many."""
        return self.ask("POST", "/accounts/login/", {"username": name, "password": password})


def main() -> int:
    """Measure, print and return 0, or 1 if a limit does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        for variable in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            os.environ.pop(variable, None)
        os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "k" * 50, "TRUSTED_PROXIES": "127.0.0.1"}
        os.environ |= {"TLS": "on", "BEHIND_PROXY": "on"}
        manage("setup")
        for name in ("reader", "colleague"):
            manage("add_user", name, "--role", "official", "--password-stdin")
        with (
            gunicorn(app="config.wsgi:application") as port,
            nginx(Path(folder) / "nginx", port) as site,
        ):
            return measure(site.port)


def manage(*command: str) -> None:
    """Run a command of the product."""
    run = [sys.executable, "manage.py", *command]
    subprocess.run(
        run, cwd=ROOT, input=f"{PASSWORD}\n", text=True, check=True, stdout=subprocess.DEVNULL
    )


def measure(port: int) -> int:
    """Return 0 if others are answered within the limit during both floods."""
    reader = Browser(port, "127.0.9.1")
    assert reader.sign_in("reader", PASSWORD) == 302
    colleague = Browser(port, OFFICE.format(0))
    assert colleague.sign_in("colleague", PASSWORD) == 302
    known = colleague.cookies["__Host-known_browser"]
    quiet: list[float] = []
    floods: dict[int, list[float]] = {1: [], 50: []}
    all_in = True
    for turn in range(ROUNDS):
        quiet += reading(reader, lambda seconds: seconds > QUIET_SECONDS)
        for number, during in floods.items():
            all_in &= flood_of(port, reader, during, addresses_of(number, turn), known)
    print(f"quiet: {told(quiet)}")
    return 0 if all([all_in, *(holds(number, floods[number], quiet) for number in floods)]) else 1


def addresses_of(number: int, turn: int) -> list[str]:
    """Return as many addresses, new ones in each round; the first is the office's."""
    return [
        OFFICE.format(turn) if n == 0 else f"127.{number}.{turn + 1}.{n}" for n in range(number)
    ]


def holds(number: int, during: list[float], quiet: list[float]) -> bool:
    """Print and return whether a flood from so many addresses slows others down too much."""
    times = quantiles(during, n=20)[-1] / quantiles(quiet, n=20)[-1]
    print(f"{ATTEMPTS} attempts from {number}: {told(during)}, {times:.1f} times the quiet p95")
    return times <= MOST_TIMES_QUIET


def flood_of(
    port: int, reader: Browser, during: list[float], addresses: list[str], known: str
) -> bool:
    """Add the seconds of the answers during a flood; return whether the colleague signed in."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        # The process has started before anything is measured: an attacker's computer runs already.
        elsewhere.submit(os.getpid).result()
        flood = elsewhere.submit(attack, port, addresses)
        with ThreadPoolExecutor(1) as office:
            colleague = office.submit(colleague_signs_in, port, addresses[0], known)
            during += reading(reader, lambda _seconds: flood.done() and colleague.done())
    answers, seconds = flood.result()
    print(f"from {len(addresses)}: {dict(answers)} in {seconds:.0f} s; in: {colleague.result()}")
    return colleague.result()


def attack(port: int, addresses: list[str]) -> tuple[Counter, float]:
    """
    Send wrong passwords, each under another name, from several clients as fast as they go.

    In a process of its own, below all others: whoever attacks has a computer of their own, and
    the reader's clock must not wait for the flood's threads. Returns how many answers had which
    status, and the seconds it took.
    """
    os.nice(NICENESS)
    answers: Counter[int] = Counter()

    def send(number: int) -> None:
        browsers = [Browser(port, one) for one in addresses[number::CLIENTS] or addresses]
        for attempt in range(number, ATTEMPTS, CLIENTS):
            browser = browsers[attempt // CLIENTS % len(browsers)]
            answers[browser.sign_in(f"name{attempt}", "wrong horse")] += 1

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(send, range(CLIENTS)))
    return answers, time.monotonic() - began


def colleague_signs_in(port: int, address: str, known: str) -> bool:
    """
    Return whether a colleague at the flooding address signs in, as one does: thrice at most.

    known  what their browser has kept since they signed in there before
    """
    browser = Browser(port, address)
    browser.cookies["__Host-known_browser"] = known
    return any(browser.sign_in("colleague", PASSWORD) == 302 for _attempt in range(3))


def reading(reader: Browser, ends) -> list[float]:
    """Return the seconds of each answer of an official who reads until it ends."""
    seconds, began = [], time.monotonic()
    while not ends(time.monotonic() - began):
        asked = time.monotonic()
        assert reader.ask("GET", "/help/") == 200
        seconds.append(time.monotonic() - asked)
        time.sleep(SECONDS_APART)
    return seconds


def told(seconds: list[float]) -> str:
    """Return median and 95th percentile in words."""
    p95 = quantiles(seconds, n=20)[-1]
    return f"median {median(seconds) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms of {len(seconds)}"


if __name__ == "__main__":
    sys.exit(main())
