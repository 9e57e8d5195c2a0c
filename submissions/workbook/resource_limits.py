"""Resource limits of a child process that opens a city's file. Its program imports this first."""

from foundation.children import resource_limits
from submissions.workbook import limits


def confine() -> None:
    """Limit the memory, time and files of this process."""
    resource_limits.confine(
        memory=limits.CHILD_MEMORY,
        cpu_seconds=limits.CHILD_CPU_SECONDS,
        file_size=limits.CHILD_FILE_SIZE,
        open_files=limits.CHILD_OPEN_FILES,
    )
