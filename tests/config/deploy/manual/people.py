"""What people do in their browsers: sign in, upload, answer, submit, accept, read."""

import http.cookiejar
import json
import re
import urllib.request
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.config.deploy.manual.machine import NAME
from tests.config.deploy.server.nginx import trusting

PASSWORD = "korrekt-Pferd-Batterie-7"
PERIOD = "2024Q4"
LISTS = ("cities", "clusters", "parks", "enterprises", "submissions", "indicators", "overview")


class Person:
    """Somebody with a browser in front of nginx."""

    def __init__(self, port: int) -> None:
        self.address = f"https://127.0.0.1:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies),
            urllib.request.HTTPSHandler(context=trusting()),
            urllib.request.ProxyHandler({}),
        )

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[str, bytes]:
        """Send a request; return the path it ended at and the body. Raises HTTPError."""
        headers = {"Host": NAME, "Referer": f"https://{NAME}/", "Accept-Language": "zh-hans"}
        if kind:
            headers["Content-Type"] = kind
        request = urllib.request.Request(self.address + path, body, headers)
        with self.opener.open(request, timeout=60) as answer:
            return re.sub(r"^https://[^/]+", "", answer.url), answer.read()

    def page(self, path: str) -> str:
        """Return a page."""
        return self.ask(path)[1].decode()

    def post(self, path: str, **fields: str) -> tuple[str, bytes]:
        """Send a form."""
        fields["csrfmiddlewaretoken"] = self.token()
        return self.ask(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def token(self) -> str:
        """Return what a form sends against forgery."""
        return next(cookie.value for cookie in self.cookies if "csrftoken" in cookie.name)

    def sign_in(self, name: str, one_time: str) -> None:
        """Sign in for the first time, and change the password that was handed over."""
        self.page("/accounts/login/")
        led_to, _body = self.post("/accounts/login/", username=name, password=one_time)
        assert led_to == "/accounts/password/", led_to
        new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        led_to, _body = self.post("/accounts/password/", old_password=one_time, **new)
        assert led_to == "/accounts/password/done/", led_to

    def upload(self, file) -> str:
        """Upload a workbook for the period; return the path of its page."""
        self.page("/submissions/new/")
        fields = {"csrfmiddlewaretoken": self.token(), "period": PERIOD, "file": file}
        led_to, _body = self.ask(
            "/submissions/new/", encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT
        )
        return led_to

    def answer_everything(self, path: str, text: str) -> int:
        """Answer what is asked on a submission's page and submit; return how many there were."""
        boxes = set(re.findall(r'name="(text-\d+)"', self.page(path)))
        self.post(f"{path}submit/", **dict.fromkeys(boxes, text))
        return len(boxes)

    def all_answers(self) -> dict[str, object]:
        """Return what the API says: every list of the period, and the original."""
        answers: dict[str, object] = {
            name: json.loads(self.page(f"/api/v1/{name}/?period={PERIOD}")) for name in LISTS
        }
        answers["original"] = self.ask("/submissions/1/original/")[1]
        return answers
