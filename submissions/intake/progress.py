"""
Streams the progress of a workbook to the waiting page: a line of JSON for each stage.

All in the response to the upload itself, so it needs one worker and no queue. Behind a proxy that
buffers responses only the progress is lost. Only our script asks for it; a browser without
JavaScript gets the page itself.
"""

import json
import logging
from collections.abc import Callable, Generator, Iterator

from django.http import StreamingHttpResponse

from submissions.intake import receiving
from submissions.models import Submission
from submissions.refused import Refused
from submissions.workbook.sandbox import ProgressStep, Result, result_of

LINES = "application/x-ndjson"

log = logging.getLogger(__name__)


def wants_progress(request) -> bool:
    """Return whether the request accepts progress lines rather than a page."""
    return request.get_preferred_type(["text/html", LINES]) == LINES


def stream_upload(submission: Submission) -> StreamingHttpResponse:
    """Return a response that checks a received submission and streams its stages."""
    return _response(_upload(submission), _check_of(submission))


def stream_check(
    steps: Generator[ProgressStep, None, Result], page: Callable[[Result], str]
) -> StreamingHttpResponse:
    """Return a response that streams the stages of a dry run and then its page."""
    return _response(_check(steps, page), "A check")


def _response(lines: Iterator[str], what: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_with_failures(lines, what), content_type=LINES)
    # Compressed, lines would wait in a buffer until many have come.
    answer["Content-Encoding"] = "identity"
    answer["Cache-Control"] = "private, no-store"
    # nginx would buffer the response.
    answer["X-Accel-Buffering"] = "no"
    return answer


def _upload(submission: Submission) -> Iterator[str]:
    """Check a submission and yield progress. If the client disconnects, the check goes on."""
    address = submission.get_absolute_url()
    steps = receiving.check_in_steps(submission) if submission.checked_at is None else None
    try:
        yield _line("stored", address=address)
        if steps:
            yield from _progress_lines(steps)
        yield _line("done", address=address)
    except GeneratorExit:
        _finish(submission, steps)
        raise


def _check_of(submission: Submission) -> str:
    """Return what a check is called in the log."""
    return f"The check of submission {submission.pk}"


def _with_failures(lines: Iterator[str], what: str) -> Iterator[str]:
    """
    Yield lines, and one that says how they ended if they did not come to their end.

    The response has begun: an error can no longer become an error page. It is logged with its
    traceback, and the page is told that the check broke off.
    """
    try:
        yield from lines
    except Refused as refusal:
        yield _line("refused", message=str(refusal))
    except Exception:
        log.exception("%s broke off", what)
        yield _line("broken")


def _finish(
    submission: Submission, steps: Generator[ProgressStep, None, Submission] | None
) -> None:
    """Finish a check whose client has disconnected; errors are logged."""
    try:
        if steps:
            result_of(steps)
    except Exception:
        log.exception("%s broke off", _check_of(submission))


def _check(
    steps: Generator[ProgressStep, None, Result], page: Callable[[Result], str]
) -> Iterator[str]:
    """Yield the progress of a dry run and its page. If the client disconnects, it ends."""
    result = yield from _progress_lines(steps)
    yield _line("done", page=page(result))


def _progress_lines(steps: Generator[ProgressStep, None, Result]) -> Generator[str, None, Result]:
    """
    Yield a line for each step; return the result.

    Not `yield from`: that would end the steps when the client disconnects.
    """
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value
        yield _line(*step)


def _line(stage: str, read: int = 0, of: int = 0, **more: str) -> str:
    """Return a stage as a line of JSON."""
    rows = {"read": read, "of": of} if stage == "reading" else {}
    return json.dumps({"stage": stage} | rows | more, ensure_ascii=False) + "\n"
