"""
A real Chromium 86: the oldest browser that our pages promise to work in, that of 360 and UOS.

It is inside an npm package, which is fetched once, checked against its hash and kept in .venv.
"""

import hashlib
import shutil
import subprocess
import tarfile
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from tests.throwaway_postgres import Missing

PACKAGE = "chrome-aws-lambda@5.3.1"
SHA512 = "KklZTy2p2U/86cCh1hKL3PGDqoirQCAg7uejvNIn0rDBkWj4Su4GOjYMRVB3kthLwmnWhh3x63RDBTCAaQ9Q3Q=="
BINARY = "package/bin/chromium.br"
KEPT = Path(__file__).resolve().parents[2] / ".venv/chromium-86"
SECONDS = 300
INSTALL = "apt-get install npm"


def executable() -> Path:
    """Return the path of Chromium 86, after fetching it if need be. Raises Missing."""
    if not KEPT.exists():
        with TemporaryDirectory() as folder:
            _keep(_fetched(Path(folder)))
    return KEPT


def _fetched(folder: Path) -> Path:
    """Return the package, fetched into a folder. Raises Missing if it cannot be had."""
    if not (npm := shutil.which("npm")):
        raise Missing(f"npm, which brings Chromium 86, is not on this machine: {INSTALL}")
    try:
        subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--ignore-scripts"],
            cwd=folder,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except subprocess.SubprocessError as failed:
        raise Missing(f"Chromium 86 cannot be fetched: npm pack {PACKAGE} ({failed})") from None
    [package] = folder.glob("*.tgz")
    if b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != SHA512:
        raise Missing(f"Chromium 86 is not what it was: {PACKAGE} has another hash.")
    return package


def _keep(package: Path) -> None:
    """Unpack the browser from its package, under its own name only when it is whole."""
    with tarfile.open(package) as files:
        packed = files.extractfile(BINARY)
        assert packed is not None
        whole = brotli.decompress(packed.read())
    part = KEPT.with_suffix(".part")
    part.write_bytes(whole)
    part.chmod(0o755)
    part.replace(KEPT)
