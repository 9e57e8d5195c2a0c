"""Static files are collected once, and again when one has changed."""

import os

from config.deploy import static_files


def touched(path, at):
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    os.utime(path, (at, at))


def test_the_newest_file_counts_and_not_what_python_keeps_beside_it(tmp_path):
    assert static_files.newest_change(tmp_path) == 0
    touched(tmp_path / "base.css", 100)
    touched(tmp_path / "css" / "tokens.css", 300)
    touched(tmp_path / "__pycache__" / "wsgi.cpython-311.pyc", 900)
    assert static_files.newest_change(tmp_path) == 300


def test_static_files_are_collected_once_and_again_when_one_has_changed(
    tmp_path, settings, monkeypatch
):
    settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    monkeypatch.setattr(static_files.sys, "executable", str(tmp_path / "python"))
    touched(tmp_path / "python", 1)
    touched(tmp_path / "static" / "base.css", 100)
    touched(tmp_path / "config" / "joined_styles.py", 100)
    collected = []

    def collect(*_arguments, **_options):
        collected.append(1)
        touched(settings.DATA_DIR / "staticfiles.json", 200)

    monkeypatch.setattr(static_files, "call_command", collect)
    static_files.collect()
    touched(tmp_path / "config" / "wsgi.pyc", 300)
    static_files.collect()
    assert len(collected) == 1

    touched(tmp_path / "static" / "base.css", 300)
    static_files.collect()
    assert len(collected) == 2
