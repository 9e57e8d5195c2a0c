"""Programs that some tests need and the lock files cannot bring."""

import shutil

import pytest


def program(name: str, package: str) -> str:
    """Return the path of a program; without it the test fails with the command to install it."""
    path = shutil.which(name)
    if not path:
        pytest.fail(f"{name} is not on this machine: apt-get install {package}")
    return path
