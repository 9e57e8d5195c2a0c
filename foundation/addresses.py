"""Where a request comes from: behind our own proxies the address that they name."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """
    Return the address of who sent a request.

    Addresses in X-Forwarded-For are believed from the right, as long as a proxy of
    TRUSTED_PROXIES has added them: anybody can send that header.
    """
    address = request.META.get("REMOTE_ADDR", "")
    named = request.headers.get("X-Forwarded-For", "").split(",")
    while named and _is_trusted(address):
        last = named.pop().strip()
        if not _is_address(last):
            break
        address = last
    return address


def _is_trusted(address: str) -> bool:
    if not _is_address(address):
        return False
    return any(ip_address(address) in ip_network(one) for one in settings.TRUSTED_PROXIES)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
