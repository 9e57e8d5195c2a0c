"""
What `make run` needs before Django can start: a stored secret key.

Run as `python -m config.deploy.first_start`. Does nothing if the environment or .env has a key.
"""

import os
import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]


def ensure_secret_key(data_dir: Path) -> Path:
    """Return the demonstration's key file; create it if missing, readable by its owner only."""
    kept = data_dir / "secret_key"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept


if __name__ == "__main__":
    environ.Env.read_env(BASE_DIR / ".env")
    if not os.environ.get("SECRET_KEY"):
        ensure_secret_key(Path(os.environ.get("DATA_DIR") or BASE_DIR / "var"))
