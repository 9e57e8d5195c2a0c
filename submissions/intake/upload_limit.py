"""Sets aside an upload that is larger than any workbook may be, while it is still coming in."""

import contextlib

from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopUpload,
    TemporaryFileUploadHandler,
)

from submissions.workbook import limits

# Up to here the rest of a file is let through and thrown away, so that the browser is still
# listening when the page says why. Past it the connection is closed: that is no workbook.
PATIENCE = 10 * limits.FILE_SIZE


class SizeLimitedUploadHandler(FileUploadHandler):
    """
    Counts what comes in and keeps nothing of a file past the limit: Django itself has no limit.

    request.upload_too_large is then set, and the file is not in request.FILES.
    """

    limit = limits.FILE_SIZE

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """Remember how much the whole request says it brings."""
        self.announced = content_length or 0

    def new_file(self, *args, **kwargs):
        """Begin to count; refuse at once what is far too large."""
        super().new_file(*args, **kwargs)
        self.received = 0
        if self.announced > PATIENCE:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data, start):
        """Pass a piece on to the next handler, unless the file has become too large."""
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
    Puts a large upload into a temporary file, and takes that away at once if the disk is full.

    Django leaves it to the garbage collector: just then, nobody can wait for that.
    """

    def receive_data_chunk(self, raw_data, start):
        """Write a piece; raises OSError with nothing left behind."""
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError:
            # What could not be written cannot be flushed either; the file is removed all the same.
            with contextlib.suppress(OSError):
                self.file.close()
            raise
