"""
What every answer tells the browser beside its security policy.

What somebody signed in has asked for is stored nowhere: neither in the browser's cache, which the
next user of the machine could open, nor in a proxy's. Static files are whitenoise's own.
"""

from accounts.middleware import is_led_to_sign_in
from config.web.error_handlers import API

NOT_STORED = "private, no-store"
# No page of ours uses any of them; what a page would embed may not either.
PERMISSIONS = ", ".join(
    f"{one}=()"
    for one in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "usb", "browsing-topics"),
    )
)


def middleware(get_response):
    """Add Permissions-Policy to every answer, and no-store to every private one."""

    def answer(request):
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        if is_private(request, response):
            response["Cache-Control"] = NOT_STORED
        return response

    return answer


def is_private(request, response) -> bool:
    """Return whether an answer is of somebody signed in, a download, of the API, or to sign-in."""
    user = getattr(request, "user", None)
    return (
        (user is not None and user.is_authenticated)
        or request.path_info.startswith(API)
        or "Content-Disposition" in response
        or is_led_to_sign_in(response)
    )
