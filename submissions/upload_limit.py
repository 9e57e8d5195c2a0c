"""Stops an upload that is larger than any workbook may be, while it is still coming in."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

# The request's other fields, and the multipart lines around the file.
ROOM_FOR_THE_FORM = 64 * 1024


class SizeLimitedUploadHandler(FileUploadHandler):
    """Counts what comes in and breaks off past the limit: Django itself has none for files."""

    limit = 10 * 1024 * 1024

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > self.limit + ROOM_FOR_THE_FORM:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size):
        return None
