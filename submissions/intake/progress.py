"""
How far a workbook has come, told to the page that waits for it: a line of JSON for each stage.

All in the answer to the one request that brought the file, so that it takes one worker, no queue,
and nothing that could be out of date. A proxy that keeps the answer back until it is complete
costs the reader the figures in between, and nothing else. Only our script asks for it; a browser
without JavaScript gets the page itself.
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
    """Return whether whoever asks wants to be told, and not to be shown a page at the end."""
    return request.get_preferred_type(["text/html", LINES]) == LINES


def stream_upload(submission: Submission) -> StreamingHttpResponse:
    """Return the stages of a submission that has been received; meanwhile it is checked."""
    return _response(_upload(submission))


def stream_check(
    steps: Generator[ProgressStep, None, Result], page: Callable[[Result], str]
) -> StreamingHttpResponse:
    """Return the stages of a file that is not kept, and at their end the page of what they gave."""
    return _response(_check(steps, page))


def _response(lines: Iterator[str]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=LINES)
    answer["Cache-Control"] = "private, no-store"
    # nginx would wait for the end.
    answer["X-Accel-Buffering"] = "no"
    return answer


def _upload(submission: Submission) -> Iterator[str]:
    """Check a submission and tell how far it is. If nobody listens any more, it goes on."""
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
    except Refused as refusal:
        yield _line("refused", message=str(refusal))
    except Exception:
        log.exception("The check of submission %s broke off", submission.pk)
        yield _line("broken")


def _finish(
    submission: Submission, steps: Generator[ProgressStep, None, Submission] | None
) -> None:
    """Come to the end of a check whose reader has gone; whatever happens is told to the log."""
    try:
        if steps:
            result_of(steps)
    except Exception:
        log.exception("The check of submission %s broke off", submission.pk)


def _check(
    steps: Generator[ProgressStep, None, Result], page: Callable[[Result], str]
) -> Iterator[str]:
    """Tell how far a check is, and show what it gave. If nobody listens any more, it ends."""
    try:
        result = yield from _progress_lines(steps)
        yield _line("done", page=page(result))
    except Refused as refusal:
        yield _line("refused", message=str(refusal))
    except Exception:
        log.exception("A check broke off")
        yield _line("broken")


def _progress_lines(steps: Generator[ProgressStep, None, Result]) -> Generator[str, None, Result]:
    """
    Yield a line for every step; return what they come to.

    Not `yield from`: that would end the steps with whoever has stopped listening.
    """
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value
        yield _line(*step)


def _line(stage: str, read: int = 0, of: int = 0, **more: str) -> str:
    """Return a stage as a line."""
    rows = {"read": read, "of": of} if stage == "reading" else {}
    return json.dumps({"stage": stage} | rows | more, ensure_ascii=False) + "\n"
