"""WebAnno TSV 3, as INCEpTION and WebAnno write it: one document of one annotator a file.

In: a layer of spans gives entities; one with slots gives events, the slots their arguments; a chain
gives entities with a relation from each to the next; a layer of relations gives relations. A label
is the value of the feature `value`, `label`, `category` or `type`, else of the first that is no
identifier, else the layer's name. Other features are an event's attributes, or a comment on an
entity. Layers of words' grammar (part of speech, lemma, morphology, syntax) are not read, nor are
relations between bare words. The id is the file's name without its suffix; in
`DOCUMENT.txt/ANNOTATOR.tsv`, as INCEpTION exports a project, the folder's, and the file names the
annotator.

Out: a folder with a file for each document, or `ID.txt/ANNOTATOR.tsv` where several annotated it.
Entities are INCEpTION's own layer of named entities. Make layers `webanno.custom.Event` (a string
feature `value`, one more for each attribute, and a slot feature `arguments` that any layer fills)
and `webanno.custom.Relation` (a string feature `value`) there before you import events and
relations. Offsets are UTF-16 units; sentences take in the white space after them where it would get
lost, so that the text comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.files.streams import BOM, Source, Target, opened, shown, written
from annotator.formats.kinds import EVERYTHING, Kind
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected, text_id
from annotator.formats.text import file_name
from annotator.formats.validation import checked
from annotator.formats.webanno.losses import LOSES, NAMES, losses
from annotator.formats.webanno.sheet import FORMAT, WebannoSheet
from annotator.formats.webanno.table import table
from annotator.formats.webanno.values import Values
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document

__all__ = ["CARRIES", "LOSES", "NAME", "SUFFIXES", "read", "recognises", "write"]

NAME = "webanno"
SUFFIXES = (".tsv",)
CARRIES = EVERYTHING - {Kind.DISCONTINUOUS, Kind.COMMENTS, Kind.ORIGIN, Kind.DECISIONS}

_DOCUMENT_SUFFIXES = {".txt", ".tsv", ".xmi", ".html", ".pdf", ".conll"}


def recognises(path: Path) -> bool:
    """Whether it begins as WebAnno TSV 3 does."""
    with opened(path) as stream:
        start = stream.read(len(BOM + FORMAT.encode()))
    return start.removeprefix(BOM).startswith(FORMAT.encode())


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """The document of a file, in the language of `options`.

    Empty annotations and references to nothing are rejected one by one; the rest is read.
    """
    sheet = WebannoSheet()
    try:
        sheet.read(source)
        values = Values(sheet)
        document_id, annotator = _names(source, sheet.text)
        document = Document(document_id, sheet.text, language=options.language)
        sheet.line = 0  # from here on the whole file is meant
        item = checked(values.annotated(document, annotator))
    except ValueError as error:
        yield Rejected(shown(source), sheet.line, str(error))
        return
    for line, reason in values.problems:
        yield Rejected(shown(source), line, reason)
    yield item


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """A file for each annotator of each document into the folder `target`.

    A stream takes one file; raises FormatError where there are several. The same items give the
    same bytes.
    """
    lost: list[Loss] = []
    taken: set[str] = set()
    for item in items:
        sets = item.annotations or (AnnotationSet(item.document.id, ""),)
        if not isinstance(target, Path) and (taken or len(sets) > 1):
            raise FormatError(
                "A WebAnno file holds one document of one annotator.", "Name a folder."
            )
        name = file_name(item.document.id, taken)
        if name != item.document.id:
            lost.append(Loss(item.document.id, NAMES, f"written as {name}"))
        lost.extend(losses(item, named=len(sets) > 1))
        annotators: set[str] = set()
        for one in sets:
            place = Path(f"{name}.tsv")
            if len(sets) > 1:
                place = Path(f"{name}.txt", f"{file_name(one.annotator or '-', annotators)}.tsv")
            text = table(item.document, one, lost)
            with written(target / place if isinstance(target, Path) else target) as stream:
                stream.write(_encoded(text, item.document.id))
    return tuple(lost)


def _encoded(text: str, document_id: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(f"Document {document_id!r} cannot be written: {error}.") from error


def _names(source: Source, text: str) -> tuple[str, str]:
    """The id of the document, and the annotator."""
    if (name := shown(source)) == "-":
        return text_id(text), ""
    folder = Path(name).parent
    if folder.suffix.lower() in _DOCUMENT_SUFFIXES:
        return folder.stem, Path(name).stem
    return Path(name).stem, ""
