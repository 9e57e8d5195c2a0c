import os

from config.management.commands import serve


def touched(path, at):
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    os.utime(path, (at, at))


def test_the_newest_file_counts_and_not_what_python_keeps_beside_it(tmp_path):
    assert serve.newest_change(tmp_path) == 0
    touched(tmp_path / "base.css", 100)
    touched(tmp_path / "css" / "tokens.css", 300)
    touched(tmp_path / "__pycache__" / "wsgi.cpython-311.pyc", 900)
    assert serve.newest_change(tmp_path) == 300


def test_static_files_are_collected_once_and_again_when_one_has_changed(
    tmp_path, settings, monkeypatch
):
    settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    monkeypatch.setattr(serve.sys, "executable", str(tmp_path / "python"))
    touched(tmp_path / "python", 1)
    touched(tmp_path / "static" / "base.css", 100)
    touched(tmp_path / "config" / "joined_styles.py", 100)
    collected = []

    def collect(*_arguments, **_options):
        collected.append(1)
        touched(settings.STATIC_ROOT / "staticfiles.json", 200)

    monkeypatch.setattr(serve, "call_command", collect)
    serve.collect_static_files()
    touched(tmp_path / "config" / "wsgi.pyc", 300)
    serve.collect_static_files()
    assert len(collected) == 1

    touched(tmp_path / "static" / "base.css", 300)
    serve.collect_static_files()
    assert len(collected) == 2
