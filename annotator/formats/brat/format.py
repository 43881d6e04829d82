"""brat's standoff: `NAME.txt` with the text, `NAME.ann` beside it with what was said of it.

A trigger is a `T` that an `E` names. Numbers at the end of roles are taken off (`Target2`, see
`brat_roles`). A `*` line gives relations from each member to the next. What no value of ours holds
comes in as a comment and goes out as it was (see `brat_remarks`). A span over a line break is in
pieces in brat, and in one piece here.

A document's id is the name of its file. Where several annotators' work is written, each has a
folder; on reading, files of one name and text in several folders are the work of several (see
`brat_folder`). The nearest `annotation.conf` in the file's folder or above says which roles there
are; one is written beside the annotations, with the scheme and whatever was used beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.brat import folder as brat_folder
from annotator.formats.brat import lines as brat_lines
from annotator.formats.brat.annotations import read_annotations
from annotator.formats.brat.folder import ANN, TXT, Files, files
from annotator.formats.brat.lines import ann_lines
from annotator.formats.brat.text import document_text
from annotator.formats.brat.vocabulary import Vocabulary
from annotator.formats.files.streams import Source, Target, shown, written
from annotator.formats.kinds import EVERYTHING, Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.formats.text import decoded, file_name
from annotator.formats.validation import checked
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.schemes import brat as scheme_brat
from annotator.schemes import brat_text as scheme_brat_text

__all__ = ["CARRIES", "LOSES", "NAME", "SUFFIXES", "files", "read", "recognises", "write"]

NAME = "brat"
SUFFIXES = (ANN, TXT)
CARRIES = EVERYTHING - {Kind.ORIGIN, Kind.DECISIONS}
LOSES = (
    "meta and language",
    "suggestions and decisions",
    brat_lines.FLAGS,
    "the name of a single annotator",
    brat_lines.NAMES,
    brat_lines.BREAKS,
    brat_lines.BLANK,
    brat_lines.COMMENTS,
    brat_lines.COMMENT_BREAKS,
    "ids and annotators' names that are no file names",
    "ids of annotations",
)
_META, _SUGGESTIONS, _, _ANNOTATOR, *_, _FILE_NAMES, _ = LOSES


def recognises(path: Path) -> bool:
    """Whether it is annotations, a text with annotations beside it, or a folder that has some."""
    if path.is_dir():
        return bool(files(path))
    return brat_folder.beside(path).ann is not None


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a text file, of a pair or of all below a folder."""
    if not isinstance(source, Path):
        raise FormatError("brat is read from files, a text and its annotations.", "Name a folder.")
    if source.is_dir():
        found = brat_folder.documents(source)
    else:
        if not source.is_file():
            raise FormatError(f"{shown(source)} is not a regular file.")
        if source.suffix.lower() not in SUFFIXES:
            raise FormatError(f"{shown(source)} ends neither in {ANN} nor in {TXT}.")
        found = iter([Files(shown(Path(source.stem)), (("", brat_folder.beside(source)),))])
    roles = scheme_brat.RolesByFolder()
    for document in found:
        yield from _read_document(document, options.language, roles)


def write(
    items: Iterable[Annotated], target: Target, options: WriteOptions = WriteOptions()
) -> tuple[Loss, ...]:
    """A text and its annotations a document into the folder `target`, and `annotation.conf`.

    Documents that several annotated, or one of several in `options`, are in a folder for each.
    Raises FormatError where `target` is no folder.
    """
    if not isinstance(target, Path):
        raise FormatError("brat is written to a folder, two files for each document.")
    writing = _Writing(target, options)
    for item in items:
        writing.add(item)
    writing.finish()
    return tuple(writing.losses)


def _read_document(
    document: Files, language: str, roles: scheme_brat.RolesByFolder
) -> Iterator[Annotated | Rejected]:
    first = document.pairs[0][1]
    if first.txt is None:
        yield Rejected(shown(first.path), 0, f"there is no {first.path.stem}{TXT} beside it")
        return
    raw = decoded(first.txt)
    if isinstance(raw, Rejected):
        yield raw
        return
    sets: list[AnnotationSet] = []
    for annotator, pair in document.pairs:
        if pair.ann is None:
            continue
        empty = AnnotationSet(document.id, annotator)
        found, rejected = read_annotations(pair.ann, raw, empty, roles.of(pair.ann.parent))
        yield from rejected
        sets.append(found)
    try:
        text = document_text(raw)
        yield checked(Annotated.of(Document(document.id, text, language=language), sets))
    except ValueError as error:
        yield Rejected(shown(first.txt), 0, str(error))


class _Writing:
    """One export: the names that are taken, and what was lost so far."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        self.losses: list[Loss] = []
        self._target = target
        self._several = len(options.annotators) > 1
        self._vocabulary = Vocabulary(options.scheme)
        self._names: set[str] = set()
        self._folder_names: set[str] = set()
        self._folders: dict[str, str] = {}

    def add(self, item: Annotated) -> None:
        """Write one document."""
        document = item.document
        name = file_name(document.id, self._names)
        if name != document.id:
            self._lose(document, _FILE_NAMES, f"{document.id} is written as {name}{TXT}")
        if document.meta or document.language != "en":
            self._lose(document, _META, ", ".join((document.language, *document.meta)))
        decided = sum(map(len, item.decisions.values()))
        if item.suggestions or decided:
            counts = f"{len(item.suggestions)} suggestions, {decided} decisions"
            self._lose(document, _SUGGESTIONS, counts)
        for one in item.annotations or (AnnotationSet(document.id, ""),):
            self._write(document, one, name, several=len(item.annotations) > 1 or self._several)

    def finish(self) -> None:
        """Write the scheme of all that was written."""
        vocabulary = self._vocabulary
        conf = scheme_brat_text.write(vocabulary.scheme(), vocabulary.relations)
        with written(self._target / scheme_brat.FILE_NAME) as file:
            file.write(conf.encode("utf-8"))

    def _write(self, document: Document, one: AnnotationSet, name: str, *, several: bool) -> None:
        folder = self._target
        if several and one.annotator:
            folder /= self._folder(document, one.annotator)
        elif one.annotator:
            self._lose(document, _ANNOTATOR, one.annotator)
        mark = "\ufeff" if document.text.startswith("\ufeff") else ""
        lines, losses = ann_lines(one, document.text, self._vocabulary, len(mark))
        self.losses += losses
        with written(folder / f"{name}{TXT}") as file:
            file.write((mark + document.text).encode("utf-8"))
        with written(folder / f"{name}{ANN}") as file:
            file.write("".join(line + "\n" for line in lines).encode("utf-8"))

    def _folder(self, document: Document, annotator: str) -> str:
        if annotator not in self._folders:
            name = file_name(annotator, self._folder_names)
            self._folders[annotator] = name
            if name != annotator:
                self._lose(document, _FILE_NAMES, f"{annotator} has the folder {name}")
        return self._folders[annotator]

    def _lose(self, document: Document, what: str, detail: str) -> None:
        self.losses.append(Loss(document.id, what, detail))
