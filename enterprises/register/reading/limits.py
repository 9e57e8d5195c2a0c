"""
Limits on a register's file. The reading child enforces them, the import page shows them. Pure.

Sizes are bytes, times seconds.
"""

MIB = 1024 * 1024

# The file, and what it unpacks to. Ordinary sheets compress up to thirtyfold, so the ratio is
# checked only for entries that are large when unpacked.
FILE_SIZE = 10 * MIB
UNPACKED_SIZE = 50 * MIB
RATIO = 200
RATIO_ASKED_ABOVE = 10 * MIB

ROWS = 20_000

# The child process that reads it.
CHILD_MEMORY = 512 * MIB
CHILD_CPU_SECONDS = 30
CHILD_WALL_SECONDS = 40
CHILD_FILE_SIZE = 0
CHILD_OPEN_FILES = 32
# Held by the worker, with what becomes of it.
CHILD_OUTPUT = 32 * MIB
