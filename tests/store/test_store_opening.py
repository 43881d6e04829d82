"""Which files are opened, which are refused, and that a refused file stays as it was."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.store import documents
from annotator.store.database import APPLICATION_ID, SCHEMA_VERSION, connect
from annotator.store.location import file_system, refuse_network
from annotator.store.lock import needs_lock

ROOT = Path(__file__).parents[2]
OPEN_AND_COUNT = """
import sys
from pathlib import Path
from annotator.store.database import connect
sys.stdin.readline()
with connect(Path(sys.argv[1]), create=True, timeout=600) as database:
    print(database.value("SELECT count(*) FROM documents"))
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_a_new_file_is_read_by_its_owner_only(path):
    old = os.umask(0)
    try:
        with connect(path, create=True) as database:
            database.rows("SELECT 1")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert modes["annotator.db"] == 0o600
    assert set(modes.values()) == {0o600}


def test_the_settings_are_those_that_survive_power_loss(path):
    with connect(path, create=True) as database:
        for setting, value in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "application_id": APPLICATION_ID,
            "user_version": SCHEMA_VERSION,
        }.items():
            assert database.value(f"PRAGMA {setting}") == value, setting


def test_a_missing_file_is_not_made_unless_asked_for(path):
    with pytest.raises(StoreError, match=r"There is no annotator\.db"):
        connect(path)
    assert not path.exists()


def test_an_empty_file_that_a_crash_left_is_filled(path):
    path.touch()
    with connect(path, create=True) as database:
        assert documents.count(database) == 0


def a_blank_database(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()


@pytest.mark.parametrize("make", [Path.touch, a_blank_database])
def test_a_file_without_work_is_refused_where_some_should_be(path, make):
    make(path)
    (path.parent / "annotator.db.bak-v1-20261122T101500Z").write_bytes(b"kept")
    before = files(path.parent)
    with pytest.raises(StoreError, match=r"is empty.*annotator\.db\.bak-v1-20261122T101500Z"):
        connect(path)
    assert before.items() <= files(path.parent).items()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("leave", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_log_whose_file_is_gone_is_kept(path, create, leave):
    """SQLite itself deletes a log that it finds beside an empty file."""
    crash = (
        "import os, sys; from pathlib import Path;"
        "from annotator.store.database import connect;"
        "from annotator.store import documents;"
        "from annotator.model.document import Document;"
        "db = connect(Path(sys.argv[1]), create=True);"
        "documents.add(db, [Document('a', 'Text.')]); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], check=False, cwd=ROOT)
    leave(path)
    before = files(path.parent)
    assert before["annotator.db-wal"]
    with pytest.raises(StoreError, match=r"annotator\.db-wal with saved work is there"):
        connect(path, create=create)
    assert files(path.parent) == before


def test_a_folder_that_does_not_exist_is_an_error_with_a_hint(tmp_path):
    with pytest.raises(StoreError) as caught:
        connect(tmp_path / "nowhere" / "annotator.db", create=True)
    assert caught.value.hint


def test_the_same_file_by_another_name_shares_its_log(path, db, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with connect(link) as other:
        assert documents.count(other) == 2
        assert other.path == path
    assert not link.with_name("link.db-wal").exists()


def test_a_file_from_a_newer_program_is_refused_with_not_one_byte_changed(path):
    with connect(path, create=True):
        pass
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    raw.close()
    before = digest(path)
    with pytest.raises(StoreError, match="newer Annotator") as caught:
        connect(path, create=True)
    assert "Update" in caught.value.hint
    assert digest(path) == before


def test_a_newer_file_whose_writer_crashed_is_refused_with_its_log_untouched(path):
    """Opening it for writing and closing it would move the log into the file."""
    with connect(path, create=True):
        pass
    crash = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        f"c.execute('PRAGMA user_version={SCHEMA_VERSION + 1}'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], check=False)
    log = path.with_name("annotator.db-wal")
    before = digest(path), digest(log)
    with pytest.raises(StoreError, match="newer Annotator"):
        connect(path)
    assert (digest(path), digest(log)) == before


def test_the_database_of_another_program_is_refused_with_not_one_byte_changed(path):
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE songs (title TEXT)")
    raw.close()
    before = digest(path)
    with pytest.raises(StoreError, match="another program"):
        connect(path, create=True)
    assert digest(path) == before


@pytest.mark.parametrize(
    "content", [b"junk" * n for n in (1, 127, 128, 150, 2000)] + [b"\x00" * 4096]
)
def test_a_file_that_is_no_database_is_refused_with_not_one_byte_changed(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        connect(path, create=True)
    assert "annotator.db" in caught.value.message
    assert path.read_bytes() == content


def test_a_truncated_file_is_refused(path):
    with connect(path, create=True):
        pass
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="damaged"):
        connect(path)


def test_a_folder_is_not_a_database(path):
    path.mkdir()
    with pytest.raises(StoreError):
        connect(path)


def test_a_folder_that_cannot_be_written_is_an_error_that_says_so():
    """As another user where the tests run as root, whom no mode holds back."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "annotator.db"
    with connect(path, create=True):
        pass
    path.chmod(0o444)
    folder.chmod(0o555)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = b"opened"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            connect(path)
        except StoreError as error:
            told = f"{error.message}|{error.hint}".encode()
        except Exception as error:  # noqa: BLE001 - the child must not run on as a test
            told = repr(error).encode()
        os.write(writing, told)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    assert "annotator.db cannot be" in told
    assert "must belong to you and be writable" in told


def test_four_processes_may_open_a_new_file_at_once(path):
    for round_ in range(3):
        target = path.with_name(f"{round_}.db")
        children = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN_AND_COUNT, str(target)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for _ in range(4)
        ]
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        for child in children:
            out, err = child.communicate()
            assert (child.returncode, out, err) == (0, "0\n", "")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/ann/x.db", "ext4"),
        ("/mnt/share/p/x.db", "nfs4"),
        ("/mnt/share/local/x.db", "ext4"),
        ("/mnt/with space/x.db", "cifs"),
        ("/mnt/sharers/x.db", "ext4"),
    ],
)
def test_the_innermost_mount_tells_the_file_system(tmp_path, place, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/vda / ext4 rw 0 0\n"
        "host:/export /mnt/share nfs4 rw 0 0\n"
        "/dev/vdb /mnt/share/local ext4 rw 0 0\n"
        "//host/share /mnt/with\\040space cifs rw 0 0\n"
    )
    assert file_system(Path(place), mounts) == kind


def test_a_network_file_system_is_refused(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"host:/export {tmp_path} nfs4 rw 0 0\n")
    with pytest.raises(StoreError, match="network file system"):
        refuse_network(tmp_path / "annotator.db", mounts)
    refuse_network(tmp_path / "annotator.db", tmp_path / "no such file")


@pytest.mark.parametrize(
    ("version", "needed"),
    [
        ((3, 37, 2), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 9), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 1), False),
    ],
)
def test_only_a_library_with_the_wal_reset_bug_needs_the_lock(version, needed):
    assert needs_lock(version) is needed
