"""Discards an upload over the size limit while it arrives."""

import contextlib

from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.urls import resolve

from submissions.workbook import limits

# Up to here the rest of a file is received and discarded, so that the browser still shows the page
# with the reason. Past it the connection is closed.
PATIENCE = 10 * limits.FILE_SIZE
# The addresses that take an archive, or many files.
MANY_FILES = {"submissions:batches", "submissions:batch_add"}


class SizeLimitedUploadHandler(FileUploadHandler):
    """
    Discards a file over the limit; Django itself has no such limit.

    request.upload_too_large is then set, and the file is not in request.FILES.
    """

    limit = limits.FILE_SIZE
    # All files of one request together.
    received = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """Take the announced size of the request."""
        self.announced = content_length or 0
        if resolve(self.request.path_info).view_name in MANY_FILES:
            self.limit = limits.ARCHIVE_SIZE

    def new_file(self, *args, **kwargs):
        """Refuse a far larger request at once."""
        super().new_file(*args, **kwargs)
        if self.announced > PATIENCE:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data, start):
        """Pass a piece to the next handler, unless the file is over the limit."""
        self.received += len(raw_data)
        if self.received > self.limit:
            self.request.upload_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return


class TidyTemporaryUploadHandler(TemporaryFileUploadHandler):
    """
    Writes a large upload to a temporary file, and deletes it at once if the disk is full.

    Django leaves that to the garbage collector, which is too late on a full disk.
    """

    def receive_data_chunk(self, raw_data, start):
        """Write a piece. Raises OSError and leaves nothing behind."""
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError:
            # What could not be written cannot be flushed either; the file is removed all the same.
            with contextlib.suppress(OSError):
                self.file.close()
            raise
