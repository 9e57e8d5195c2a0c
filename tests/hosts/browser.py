"""A browser: cookies, forms, and somebody who tries again after an error page."""

import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.config.deploy.server.nginx import trusting

PASSWORD = "correct horse"
# How long somebody looks at an error page before they try again, in seconds.
PATIENCE = 3
TIMEOUT = 60
TLS = trusting()


@dataclass(frozen=True)
class Answer:
    """What came; status 0 if the connection was cut before all of it had come."""

    status: int
    body: bytes = b""
    location: str = ""

    @property
    def is_error(self) -> bool:
        """Return whether it is an error page, or none at all."""
        return self.status == 0 or self.status >= 500

    @property
    def text(self) -> str:
        """Return the page."""
        return self.body.decode()


class Browser:
    """One who is signed in, at one address."""

    def __init__(self, port: int, source: str, *, tls: bool = True) -> None:
        """Take the port of the site, and the address of loopback that it comes from."""
        self.port, self.source, self.tls = port, source, tls
        self.cookies: dict[str, str] = {}
        # Error pages, each with what was being done; and acts that showed more than one.
        self.errors: list[tuple[str, int]] = []
        self.twice: list[tuple[str, int, int]] = []

    def sign_in(self, user: str) -> None:
        """Fill in the form."""
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", username=user, password=PASSWORD)
        assert answer.status == 302, answer.text

    def get(self, path: str) -> Answer:
        """Open a page, once more after an error page."""
        return self._patiently("GET", path, None)

    def post(self, path: str, **fields: object) -> Answer:
        """Send a form, the same once more after an error page."""
        return self._patiently("POST", path, fields)

    def upload(self, path: str, content: bytes, **fields: object) -> Answer:
        """Send a form with a file."""
        return self.post(path, file=SimpleUploadedFile("报表.xlsx", content), **fields)

    def _patiently(self, method: str, path: str, fields: dict | None) -> Answer:
        body = None if fields is None else self.body_of(fields)
        first = self.ask(method, path, body)
        if not first.is_error:
            return first
        self.errors.append((f"{method} {path}", first.status))
        time.sleep(PATIENCE)
        second = self.ask(method, path, body)
        if second.is_error:
            self.twice.append((f"{method} {path}", first.status, second.status))
        return second

    def body_of(self, fields: dict) -> bytes:
        """Return the body of a form, with its token."""
        # Behind TLS its name begins with __Host-.
        known = [value for name, value in self.cookies.items() if "csrftoken" in name]
        token = {"csrfmiddlewaretoken": (known or [""])[0]}
        return encode_multipart(BOUNDARY, fields | token)

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Send a request and take all of its answer."""
        where = {"timeout": TIMEOUT, "source_address": (self.source, 0)}
        if self.tls:
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=TLS, **where)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, **where)
        scheme = "https" if self.tls else "http"
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": f"{scheme}://127.0.0.1:{self.port}/",
        }
        if body is not None:
            headers["Content-Type"] = MULTIPART_CONTENT
        try:
            connection.request(method, path, body, headers)
            got = connection.getresponse()
            self._keep(got.headers.get_all("Set-Cookie") or [])
            answer = Answer(got.status, got.read(), urlsplit(got.headers["Location"] or "").path)
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
        return answer

    def _keep(self, given: list[str]) -> None:
        for line in given:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
