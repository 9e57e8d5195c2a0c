import hashlib
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from submissions.intake.originals import Lost, as_file, content_of
from submissions.models import Original, Submission
from tests.submissions.cast import make_original, make_submission

BYTES = b"PK\x03\x04 \x00\xff workbook"


@pytest.fixture
def submission(db):
    return make_original(make_submission(), BYTES)


def test_the_bytes_are_those_that_came(submission):
    assert content_of(submission) == BYTES


def test_a_path_is_lent_and_taken_back(submission):
    with as_file(submission) as path:
        assert path.read_bytes() == BYTES
    assert not path.exists()


def test_a_submission_without_an_original_says_so(db):
    lost = make_submission()
    with pytest.raises(Lost, match="not in its place"):
        content_of(lost)
    with pytest.raises(Lost), as_file(lost):
        pytest.fail("a file was made up")


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_database_refuses_to_change_and_to_delete_one(submission, act):
    kept = Original.objects.filter(submission=submission)
    acts = {"change": lambda: kept.update(content=b"other"), "delete": kept.delete}
    with pytest.raises(IntegrityError), transaction.atomic():
        acts[act]()
    assert content_of(submission) == BYTES


def test_no_list_of_submissions_loads_bytes(submission, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        list(Submission.objects.all())
    assert "content" not in asked[0]["sql"]


def test_postgresql_does_not_compress_what_is_compressed(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attstorage FROM pg_attribute WHERE attname = 'content' "
                "AND attrelid = 'submissions_original'::regclass"
            )
            assert cursor.fetchone() == ("e",)


# ---- migration 0010 ------------------------------------------------------------------------


@pytest.fixture
def stored(db, settings, tmp_path):
    """Make a submission as it was before the migration; content None is a missing file."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "originals").mkdir()

    def act(content, sha256=None):
        known = hashlib.sha256(content or b"").hexdigest()
        made = make_submission(stored_as=uuid.uuid4(), sha256=sha256 or known)
        if content is not None:
            (tmp_path / "originals" / str(made.stored_as)).write_bytes(content)
        return made

    return act


def migrate():
    import_module("submissions.migrations.0010_originals_from_files").copy_into_database(
        apps, connection.schema_editor()
    )


def test_files_move_into_the_database_and_stay_in_place(stored, tmp_path):
    one = stored(BYTES)
    migrate()
    migrate()

    assert content_of(one) == BYTES
    assert Original.objects.get().sha256 == one.sha256
    left = {path.name for path in (tmp_path / "originals").iterdir()}
    assert left == {str(one.stored_as), "MOVED.txt"}


def test_a_missing_file_is_lost_and_a_changed_one_kept_under_its_own_hash(stored):
    missing, changed = stored(None), stored(BYTES, sha256="0" * 64)
    migrate()

    with pytest.raises(Lost):
        content_of(missing)
    assert content_of(changed) == BYTES
    assert changed.original.sha256 == hashlib.sha256(BYTES).hexdigest()


def test_a_file_found_later_is_taken_in_by_migrating_again(stored, tmp_path):
    found = stored(None)
    migrate()
    (tmp_path / "originals" / str(found.stored_as)).write_bytes(b"")
    migrate()

    assert content_of(found) == b""
