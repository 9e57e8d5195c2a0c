"""Programs that some tests need and the lock files cannot bring."""

import os
import shutil

import pytest


def program(name: str, package: str) -> str:
    """
    Return the path of a program.

    Where it is missing the test is left out with the command that installs it; under CI=true
    it fails, for a test that nobody runs proves nothing.
    """
    path = shutil.which(name)
    if path:
        return path
    message = f"{name} is not on this machine: apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
