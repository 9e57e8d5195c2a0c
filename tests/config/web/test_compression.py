import gzip

import pytest

from tests.province import make_province

pytestmark = pytest.mark.django_db


def test_a_page_comes_compressed_to_who_can_read_it_so(client, official):
    make_province()
    client.force_login(official)
    plain = client.get("/")
    compressed = client.get("/", headers={"accept-encoding": "gzip, br"})

    assert "Content-Encoding" not in plain
    assert compressed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["Vary"]
    assert b"</html>" in gzip.decompress(compressed.content)
    assert len(compressed.content) < len(plain.content) / 3
