"""The real settings, with one address more."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.bare"
