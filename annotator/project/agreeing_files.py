"""The agreement of files, one an annotator, whatever tool they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.errors import FormatError, NothingToDoError, UsageError
from annotator.formats import registry
from annotator.formats.record import Annotated, Rejected
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.answers import answers
from annotator.model.document import Document
from annotator.model.scheme import NO_SCHEME, Scheme
from annotator.model.span import Range
from annotator.project.agreeing import work_of
from annotator.text.tokenizer import tokens

_AROUND = 20
"""Characters that are shown on both sides of where two texts part."""


def works_of_files(
    paths: Sequence[Path],
    annotators: Sequence[str] = (),
    scheme: Scheme = NO_SCHEME,
    left_out: Counter[str] | None = None,
) -> tuple[DocumentAnnotations, ...]:
    """What the annotators of some files did, those named or all of them.

    `left_out` counts what records had more than is compared, by its kind. Files do not say which
    value an attribute has that was not set; the scheme does.
    An annotator has the name that the file gives, or that of the file or folder without its suffix.
    Where a file says of any document that it is finished, only those are that it says it of;
    elsewhere all are, also those with nothing marked, but for those of which it answers another
    task. Raises FormatError for what cannot be read and for texts that differ, UsageError for an
    annotator that is not there or has a document twice, and NothingToDoError where there are not
    two annotators, or nothing at all is marked or finished in a file.
    """
    found: dict[tuple[str, str], tuple[Document, AnnotationSet]] = {}
    texts: dict[str, tuple[Document, Path]] = {}
    for path in paths:
        for document, done in _of_path(path, left_out):
            _expect_same_text(document, path, texts)
            key = done.annotator, document.id
            if key in found:
                raise UsageError(
                    f"{key[0]} has {document.id} twice, in {path} too.",
                    "Give each annotator a file of their own, named after them.",
                )
            found[key] = document, done
    known = sorted({name for name, _ in found})
    for name in annotators:
        if name not in known:
            raise UsageError(f"{name!r} has nothing there.", f"There is: {', '.join(known)}.")
    chosen = set(annotators or known)
    if len(chosen) < 2:
        raise NothingToDoError("Agreement needs two annotators.", "Name a file for each.")
    cut: dict[str, tuple[Range, ...]] = {}
    return tuple(
        work_of(document, one, _tokens(document, cut), {}, scheme)
        for (name, _), (document, one) in found.items()
        if name in chosen
    )


def texts_of_files(paths: Sequence[Path], document_ids: Iterable[str]) -> dict[str, str]:
    """The texts of some documents of the files, by id; raises as `works_of_files` does."""
    wanted = {*document_ids}
    return {
        document.id: document.text
        for path in paths
        for document, _ in _of_path(path)
        if document.id in wanted
    }


def _tokens(document: Document, cut: dict[str, tuple[Range, ...]]) -> tuple[Range, ...]:
    if document.id not in cut:
        cut[document.id] = tokens(document.text, document.language)
    return cut[document.id]


def _of_path(
    path: Path, left_out: Counter[str] | None = None
) -> Iterator[tuple[Document, AnnotationSet]]:
    items = list(_read(path))
    if left_out is not None:
        left_out.update(part.what for item in items for part in item.left_out)
    said = [one for item in items for one in item.annotations]
    if items and not said:  # texts, or answers to another task
        raise NothingToDoError(
            f"Nothing is marked or finished in {path}.", "Leave it out, or name another file."
        )
    named = any(one.annotator for one in said)
    says_done = any(one.is_done for one in said)
    for item in items:
        is_other = bool(answers(item.document.meta))
        sets = item.annotations
        if not sets and not named and not is_other:
            sets = (AnnotationSet(item.document.id, ""),)
        for one in sets:
            name = one.annotator or path.stem
            is_unsaid = is_other and not (one.entities or one.events)
            flags = one.flags if says_done or is_unsaid else one.flags | {DONE}
            yield (
                item.document,
                AnnotationSet(item.document.id, name, one.entities, one.events, flags=flags),
            )


def _read(path: Path) -> Iterator[Annotated]:
    for file, format_name in registry.files(path):
        for item in registry.read(file, format_name):
            if isinstance(item, Rejected):
                raise FormatError(
                    f"{item}.", "Nothing is compared as long as something cannot be read."
                )
            yield item


def _expect_same_text(
    document: Document, path: Path, texts: dict[str, tuple[Document, Path]]
) -> None:
    """Raise FormatError, with the first difference, where a document has another text by now."""
    first, first_path = texts.setdefault(document.id, (document, path))
    if first.text != document.text:
        at = first_difference(first.text, document.text)
        raise FormatError(
            f"{document.id} has two texts, which part at character {at}: "
            f"{_around(first.text, at)} in {first_path}, "
            f"{_around(document.text, at)} in {path}.",
            "Annotators must have had the same text.",
        )


def first_difference(one: Iterable[str], other: Iterable[str]) -> int:
    """The offset of the first character that differs; the end of the shorter if there is none."""
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    return at


def _around(text: str, at: int) -> str:
    start, end = max(0, at - _AROUND), at + _AROUND
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return f"{before}{text[start:end]!r}{after}"
