"""What left the system, and who was refused: recorded in one place for every address."""

import re
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from audit.acts import Act
from audit.recording import API, record
from audit.refusals import record_refusal
from audit.request import shown_address

# What the API says of itself is no data.
NO_DATA = (f"{API}v1/", f"{API}v1/openapi.json")
SENT = (200, 206)
REFUSED = (401, 403)
FILE_NAME = re.compile(r"filename(?:\*=utf-8''|=)\"?([^\";]+)", re.IGNORECASE)


def middleware(get_response):
    """
    Record downloads, exports and refused accesses.

    A file or list whose event cannot be stored is not sent.
    """

    def answer(request):
        response = get_response(request)
        if is_refused(request, response):
            obj = getattr(request, "out_of_scope", None) or getattr(request, "audit_object", None)
            after = {"method": request.method, "address": shown_address(request)}
            record_refusal(Act.ACCESS_REFUSED, obj, after=after | {"status": response.status_code})
        elif leaves(request, response):
            # Not closed if that fails: closing it says that the request has ended.
            obj = getattr(request, "audit_object", None)
            record(Act.DOWNLOADED, obj, after=told(request, response))
        return response

    return answer


def is_refused(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the access was refused, or the record exists and is not the reader's."""
    out_of_scope = getattr(request, "out_of_scope", None)
    return response.status_code in REFUSED or (response.status_code == 404 and bool(out_of_scope))


def leaves(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a file or data of the API are sent."""
    if response.status_code not in SENT or request.method == "HEAD":
        return False
    if response.get("Content-Disposition", "").startswith("attachment"):
        return True
    return request.path_info.startswith(API) and request.path_info not in NO_DATA


def told(request: HttpRequest, response: HttpResponse) -> dict:
    """Return what left: its address with the filter, name, rows and bytes as far as known."""
    name = FILE_NAME.search(response.get("Content-Disposition", ""))
    size = response.get("Content-Length") or (None if response.streaming else len(response.content))
    known = {
        "address": shown_address(request),
        "file": name and unquote(name[1]),
        "filter": getattr(request, "filtered_by", ""),
        "rows": getattr(request, "rows_sent", None),
        "bytes": size and int(size),
    }
    return {key: value for key, value in known.items() if value not in (None, "")}
