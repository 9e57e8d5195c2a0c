from config.deploy.first_start import ensure_secret_key


def test_the_key_is_made_once_and_readable_by_us_only(tmp_path):
    kept = ensure_secret_key(tmp_path / "var")
    key = kept.read_text()

    assert len(key) > 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert ensure_secret_key(tmp_path / "var").read_text() == key
