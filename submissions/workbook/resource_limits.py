"""What a child process that opens a city's file may use. Imported by its program, first of all."""

import resource

from submissions.workbook import limits


def confine() -> None:
    """Give up what reading a workbook does not need: memory, time, files."""
    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_FILE_SIZE),
        (resource.RLIMIT_NOFILE, limits.CHILD_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))
