import pytest
from django.test import RequestFactory

from foundation.addresses import client_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        pytest.param("203.0.113.9", None, "203.0.113.9", id="no proxy"),
        pytest.param("203.0.113.9", "198.51.100.1", "203.0.113.9", id="a forged header"),
        pytest.param("10.0.0.2", "198.51.100.1", "198.51.100.1", id="our proxy"),
        pytest.param("10.0.0.2", "1.1.1.1, 198.51.100.1", "198.51.100.1", id="forged before it"),
        pytest.param("10.0.0.2", "198.51.100.1, 10.0.0.3", "198.51.100.1", id="two proxies"),
        pytest.param("10.0.0.2", None, "10.0.0.2", id="the proxy itself"),
        pytest.param("10.0.0.2", "nobody", "10.0.0.2", id="no address"),
        pytest.param("::1", "2001:db8::7", "2001:db8::7", id="IPv6"),
        pytest.param("", "198.51.100.1", "", id="a socket without an address"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "::1"]
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)

    assert client_address(request) == expected
