"""A project: a folder with settings, a label scheme and the file that holds all the work."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from annotator import config as settings
from annotator.config import Config
from annotator.errors import ProjectError, UsageError
from annotator.model.scheme import NO_SCHEME, Scheme
from annotator.paths import Layout, atomic_write, safe_file_name, shipped
from annotator.project.keys import check_keys
from annotator.schemes import brat as scheme_brat
from annotator.schemes import toml as scheme_toml
from annotator.session.session import Session
from annotator.store import documents, entries
from annotator.store.backup import backup
from annotator.store.database import Database, connect, is_blank
from annotator.store.remains import refuse_orphan
from annotator.store.verify import Finding, Progress, verify

DEFAULT_SCHEME = "news-events"

_EXPORTS_README = "Exports land here when no other place is named. Nothing reads this folder.\n"
_CORPUS_README = """\
Put articles here as .txt files, one a file, and run `annotator import corpus`.
A file may begin with a title and a date between two lines of three dashes.
"""


@dataclass(slots=True)
class Project:
    """An open project. Close it, or use it in a `with` block."""

    layout: Layout
    config: Config
    scheme: Scheme
    database: Database
    folder: TemporaryDirectory[str] | None = None
    """A folder that goes with the project, as a trial copy's does."""

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the project in a folder; raises ProjectError where there is none.

        Raises StoreError where there are settings and the work is gone; nothing is touched then.
        """
        layout = Layout(root.resolve())
        if not layout.exists:
            raise ProjectError(
                f"{layout.root} is not a project.",
                "Make one here with `annotator init`, or name another with --project.",
            )
        config = settings.read(layout.config)
        scheme = scheme_toml.read(find_scheme(layout, config.scheme))
        check_keys(layout, config, scheme)
        create = not layout.config.exists()
        return cls(layout, config, scheme, connect(layout.database, create=create))

    @classmethod
    def create(cls, root: Path, scheme: str = DEFAULT_SCHEME, *, sample: bool = False) -> Self:
        """Make a project in a folder, `sample` with the shipped articles; keeps what is there.

        `scheme` is the name of a shipped scheme or the path of a scheme's file, brat's
        `annotation.conf` too. Raises ProjectError where the folder is a project already, StoreError
        where its file is gone and the log of it is left.
        """
        layout = Layout(root.resolve())
        refuse_orphan(layout.database)
        if layout.config.exists() and not is_blank(layout.database):
            raise ProjectError(f"{layout.root} is a project already.", "Open it with `annotator`.")
        with TemporaryDirectory(prefix="annotator-") as folder:
            if scheme.endswith(scheme_brat.SUFFIX):
                source = _as_toml(Path(scheme), Path(folder))
            else:
                source = find_scheme(layout, scheme)
            scheme_toml.read(source)
            try:
                _lay_out(layout, source, sample=sample)
            except OSError as error:
                raise ProjectError(
                    f"{layout.root} cannot be written: {error.strerror}.", "Name another folder."
                ) from error
        return cls.open(root)

    @classmethod
    def open_or_create(cls, root: Path) -> Self:
        """Open the project in a folder; make one, with the sample, where the folder is free for it.

        A folder is free that has a `corpus` in it, or nothing but hidden files and environments.
        What was cut short while it was made is made to the end.
        """
        layout = Layout(root.resolve())
        if layout.config.exists() or not _is_unused(layout.database):
            return cls.open(root)
        if layout.corpus.is_dir():
            return cls.create(root)
        if not _is_free(layout):
            raise ProjectError(
                f"{layout.root} is not a project, and it has other files in it.",
                "`annotator init` makes one here all the same, `annotator init DIR` elsewhere.",
            )
        return cls.create(root, sample=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()
        if self.folder is not None:
            self.folder.cleanup()

    def trial_copy(self) -> Project:
        """The project on a copy of its file that goes when it is closed, to try things on."""
        folder = TemporaryDirectory(prefix="annotator-")
        copy = Path(folder.name) / self.layout.database.name
        backup(self.database, copy)
        return Project(self.layout, self.config, self.scheme, connect(copy), folder)

    @property
    def labels_folder(self) -> Path:
        """Where the scheme's file lies, and its guidelines and patterns beside it."""
        return find_scheme(self.layout, self.config.scheme).parent

    @property
    def document_count(self) -> int:
        """How many documents there are."""
        return documents.count(self.database)

    def annotator(self, name: str | None = None) -> str:
        """The annotator meant: the one named, the project's, or whoever is logged in."""
        meant = name if name is not None else self.config.annotator or settings.login_name()
        if not meant.strip() or len(meant) > 100 or not meant.isprintable():
            raise UsageError(f"{meant!r} is not a name.", "Name an annotator with --annotator.")
        return meant

    def annotators(self) -> tuple[str, ...]:
        """Everybody who has annotated something."""
        return entries.annotators(self.database)

    def verify(self, progress: Progress | None = None) -> tuple[Finding, ...]:
        """Everything that is wrong with the file; empty where it is sound."""
        return verify(self.database, progress)

    def session(self, annotator: str | None = None) -> Session:
        """A session of an annotator; no document is open yet."""
        return Session(self.database, self.scheme, self.annotator(annotator))


def find_scheme(layout: Layout, name: str) -> Path:
    """The file of a scheme: a path, or a name in the project's labels or the shipped ones."""
    if name.endswith(".toml"):
        candidates = [Path(name), layout.root / name]
    else:
        candidates = [layout.labels / f"{name}.toml", shipped("labels") / f"{name}.toml"]
    for path in candidates:
        if path.is_file():
            return path
    raise ProjectError(f"There is no scheme {name!r}.", "List them with `annotator schemes`.")


def scheme_in(root: Path) -> Scheme:
    """The scheme of the project in a folder, NO_SCHEME where there is no project.

    The settings and the scheme are read and nothing else; nothing is made or changed.
    """
    layout = Layout(root.resolve())
    if not layout.exists:
        return NO_SCHEME
    return scheme_toml.read(find_scheme(layout, settings.read(layout.config).scheme))


def scheme_files(layout: Layout) -> tuple[Path, ...]:
    """Every scheme that can be named: the project's own, then the shipped ones that it lacks."""
    found: dict[str, Path] = {}
    for folder in (layout.labels, shipped("labels")):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return tuple(found.values())


def _is_unused(database: Path) -> bool:
    """Whether nothing has come into the file yet, or there is none."""
    if is_blank(database):
        return True
    with connect(database) as opened:
        return not documents.count(opened)


def _as_toml(conf: Path, folder: Path) -> Path:
    """A file in `folder` with the scheme of brat's `conf`."""
    path = folder / f"{safe_file_name(scheme_brat.read(conf).name)}.toml"
    path.write_text(scheme_brat.toml_text(conf), encoding="utf-8")
    return path


def _lay_out(layout: Layout, scheme: Path, *, sample: bool) -> None:
    for folder in (layout.root, layout.labels, layout.exports):
        folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(scheme.parent.glob(f"{scheme.stem}.*")):
        _copy(path, layout.labels / path.name)
    if sample:
        _lay_out_sample(layout)
    _write(layout.corpus / "README.md", _CORPUS_README)
    _write(layout.exports / "README.md", _EXPORTS_README)
    connect(layout.database, create=True).close()
    # last: where there are settings there is work, and an empty file is none
    _write(layout.config, settings.TEMPLATE.format(scheme=scheme.stem))


def _lay_out_sample(layout: Layout) -> None:
    """The shipped articles, all of them or none where there was no corpus before."""
    if layout.corpus.exists():
        for path in sorted(shipped("corpus").iterdir()):
            _copy(path, layout.corpus / path.name)
        return
    with TemporaryDirectory(dir=layout.root, prefix=".corpus-") as work:
        made = shutil.copytree(shipped("corpus"), Path(work) / "corpus")
        try:
            made.rename(layout.corpus)
        except OSError:
            if not layout.corpus.is_dir():  # else another process was faster
                raise


def _copy(source: Path, target: Path) -> None:
    if not target.exists():
        with atomic_write(target, is_own=True) as file, source.open("rb") as original:
            shutil.copyfileobj(original, file)


def _write(path: Path, text: str) -> None:
    if not path.exists():
        with atomic_write(path, is_own=True) as file:
            file.write(text.encode("utf-8"))


def _is_free(layout: Layout) -> bool:
    own = (layout.labels, layout.corpus, layout.exports)  # of a start that was cut short
    return not layout.root.exists() or all(
        path.name.startswith(".") or path in own or (path / "pyvenv.cfg").exists()
        for path in layout.root.iterdir()
    )
