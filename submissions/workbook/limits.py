"""
Limits on a file. The reader enforces them, the upload page shows them.

Sizes are bytes, times seconds.
"""

MIB = 1024 * 1024

# The file, and what it unpacks to. Ordinary sheets compress up to thirtyfold, so the ratio is
# checked only for entries that are large when unpacked.
FILE_SIZE = 10 * MIB
UNPACKED_SIZE = 100 * MIB
ENTRY_SIZE = 60 * MIB
ENTRIES = 2_000
RATIO = 200
RATIO_ASKED_ABOVE = 10 * MIB

# Many workbooks at once: an archive of them, its files, and what they unpack to. Each file keeps
# the limits above.
ARCHIVE_SIZE = 60 * MIB
ARCHIVE_FILES = 500
ARCHIVE_UNPACKED = 300 * MIB

# Its contents.
SHEETS = 30
USED_COLUMNS = 200
ENTERPRISE_LINES = 20_000
CELL_CHARACTERS = 2_000
HEADER_WITHIN_ROWS = 30
WRITTEN_CHARACTERS = 60

# Findings stored for one file; one more says how many there were.
FINDINGS = 2_000

# The child process that reads it.
CHILD_MEMORY = 1024 * MIB
CHILD_CPU_SECONDS = 30
CHILD_WALL_SECONDS = 40
CHILD_FILE_SIZE = 64 * MIB
CHILD_OPEN_FILES = 32
# Held by the web process, which must not grow by more than 50 MB whatever a child writes.
CHILD_OUTPUT = 32 * MIB
