"""
`make bundle`: the program in one archive that installs without a network.

In it: the source as committed, the wheels of the lock file for this platform and this Python,
install.sh, and SHA256SUMS of every file.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
INSTALL = Path("config/deploy/install.sh")


def tag() -> str:
    """Return Python and platform of the wheels: cp311-x86_64. install.sh asks the same."""
    major, minor = sys.version_info[:2]
    return f"cp{major}{minor}-{platform.machine()}"


def name() -> str:
    """Return the archive's name without its ending."""
    version = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    return f"tracker-311-{version}-{tag()}"


def make(folder: Path) -> Path:
    """Write the archive into a folder and return its path. Raises CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        content = Path(temporary) / name()
        content.mkdir()
        add_source(content / "source")
        add_wheels(content / "wheels")
        shutil.copy(content / "source" / INSTALL, content / "install.sh")
        (content / "PLATFORM").write_text(tag() + "\n")
        (content / "SHA256SUMS").write_text(checksums(content))
        made = Path(temporary) / "bundle.tar.gz"
        with tarfile.open(made, "w:gz", compresslevel=6) as archive:
            archive.add(content, content.name)
        return made.replace(folder / f"{name()}.tar.gz")


def add_source(folder: Path) -> None:
    """Write what is committed; what was changed since is not in it."""
    archive = folder.with_suffix(".tar")
    subprocess.run(["git", "archive", "--output", archive, "HEAD"], cwd=BASE_DIR, check=True)
    folder.mkdir()
    # Not by tarfile: before Python 3.11.4 it cannot be told what to refuse, later it must be.
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
    archive.unlink()


def add_wheels(folder: Path) -> None:
    """Write the wheels that the lock file names, held to its hashes."""
    pip = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "download"]
    options = ["--only-binary", ":all:", "--require-hashes", "--dest", folder]
    subprocess.run([*pip, *options, "-r", "requirements.txt"], cwd=BASE_DIR, check=True)


def checksums(folder: Path) -> str:
    """Return a line for each file, as sha256sum writes and checks it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in files
    )


if __name__ == "__main__":
    made = make(BASE_DIR / "dist")
    print(f"{made}  {made.stat().st_size / 1024**2:.0f} MiB")
