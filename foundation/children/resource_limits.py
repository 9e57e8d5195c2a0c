"""Resource limits of a child process. Pure; imported before anything that opens a file."""

import resource


def confine(*, memory: int, cpu_seconds: int, file_size: int, open_files: int) -> None:
    """Limit the memory, time and files of this process; sizes are bytes."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))
