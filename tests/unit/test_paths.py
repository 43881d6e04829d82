"""What may be written where: whole or not at all, and never over a project's own files."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UsageError
from annotator.formats import registry
from annotator.paths import atomic_write, refuse_own
from annotator.project.exporting import export, export_dataset
from annotator.project.project import Project
from annotator.training.split import Split

OWN = (
    "annotator.db",
    "annotator.db-wal",
    "annotator.db-shm",
    "annotator.db-journal",
    "annotator.db.bak-v1-20261122T101500Z",
    "annotator.toml",
    "labels",
    "labels/news-events.toml",
    "labels/new/deeper.toml",
    "corpus",
    "corpus/mine.jsonl",
)
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
needs_devices = pytest.mark.skipif(os.name != "posix", reason="devices and pipes are POSIX's")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "project") as made:
        yield made


def contents(folder: Path) -> dict[str, bytes]:
    """Everything below a folder but the index of the log, which readers of the file write."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


@pytest.mark.parametrize("name", OWN)
def test_nothing_is_written_over_a_file_of_the_project(project: Project, name: str) -> None:
    before = contents(project.layout.root)
    with (
        pytest.raises(UsageError, match="belongs to the project"),
        atomic_write(project.layout.root / name),
    ):
        raise AssertionError("the block is not to be entered")
    assert contents(project.layout.root) == before


@pytest.mark.parametrize(
    "format_name", [f.name for f in registry.formats() if "out" in f.directions]
)
@pytest.mark.parametrize("name", ["annotator.db", "annotator.toml", "labels", "corpus", "labels/x"])
def test_every_format_refuses_to_be_written_over_the_project(
    project: Project, format_name: str, name: str
) -> None:
    before = contents(project.layout.root)
    with pytest.raises(UsageError, match="belongs to the project"):
        export(project, format_name, project.layout.root / name)
    assert contents(project.layout.root) == before


def test_training_data_is_not_written_into_the_projects_labels(project: Project) -> None:
    with pytest.raises(UsageError, match="belongs to the project"):
        export_dataset(project, project.layout.labels / "new", "ann", split=Split())


def test_what_lies_in_another_project_is_refused_too(project: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "other") as other, pytest.raises(UsageError, match="other"):
        export(project, "jsonl", other.layout.database)


def test_a_file_elsewhere_in_the_project_may_be_written(project: Project) -> None:
    for name in ("exports/a.jsonl", "a.jsonl", "mine/annotator.db", "labels.jsonl"):
        with atomic_write(project.layout.root / name) as file:
            file.write(b"x")
        assert (project.layout.root / name).read_bytes() == b"x"


@needs_links
def test_a_link_is_no_way_round(project: Project, tmp_path: Path) -> None:
    root = project.layout.root
    (tmp_path / "file").symlink_to(project.layout.database)
    (tmp_path / "folder").symlink_to(root)
    (tmp_path / "articles").mkdir()
    (project.layout.corpus / "README.md").unlink()
    project.layout.corpus.rmdir()
    project.layout.corpus.symlink_to(tmp_path / "articles")
    for path in (
        tmp_path / "file",
        tmp_path / "folder" / "annotator.db",
        tmp_path / "folder" / "labels" / ".." / "annotator.toml",
        root / "corpus" / "new.txt",
    ):
        with pytest.raises(UsageError, match="belongs to the project"):
            refuse_own(path)


@needs_links
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "link").symlink_to("old")
    with atomic_write(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "old").read_bytes() == b"new"


def test_a_device_is_written_through_and_stays_a_device(device: Path) -> None:
    before = device.stat()
    with atomic_write(device) as file:
        file.write(b"x")
    after = device.stat()
    assert (after.st_mode, after.st_rdev, after.st_ino) == (
        before.st_mode, before.st_rdev, before.st_ino,
    )  # fmt: skip


@needs_devices
def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    with atomic_write(pipe) as file:
        file.write(b"through")
    reader.join()
    assert found == [b"through"]
    assert pipe.is_fifo()


@needs_devices
def test_the_name_of_an_open_file_is_written_through(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w+b") as out:
        with atomic_write(Path(f"/dev/fd/{out.fileno()}")) as file:
            file.write(b"x")
        assert os.path.samestat(os.fstat(out.fileno()), (tmp_path / "out").stat())
    assert (tmp_path / "out").read_bytes() == b"x"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError), atomic_write(tmp_path / "folder"):
        raise AssertionError("the block is not to be entered")
    assert (tmp_path / "folder").is_dir()


def test_an_error_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(TypeError), atomic_write(tmp_path / "a") as file:
        file.writelines([b"new", "no bytes"])  # type: ignore[list-item]  # which is the error
    assert contents(tmp_path) == {"a": b"old"}
