"""Plain text: one `.txt` file a document, kept to the last character.

A file may begin with front matter, which goes to the meta and is no part of the text: a line
`---`, lines `key: value`, a line `---` and one blank line. The id is the file's name without its
suffix. Where each line is a document (`ReadOptions.by_line`), its id ends in the number of its
line, blank lines are none, and there is no front matter.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.files.streams import (
    BOM,
    MAX_LINE,
    Source,
    Target,
    lines,
    looks_like_utf_16,
    opened,
    shown,
    written,
)
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected, text_id
from annotator.formats.validation import checked
from annotator.model.document import Document, text_sha256
from annotator.paths import safe_file_name

NAME = "text"
SUFFIXES = (".txt",)
CARRIES = frozenset[Kind]()
LOSES = (
    "annotations",
    "suggestions",
    "meta that is no single line of text",
    "ids that are no file names",
)

_FRONT_MATTER = re.compile(r"---\r?\n((?:[^\W\d][\w -]*:[^\r\n]*\r?\n)*)---(?:\r?\n\r?\n|\r?\n|\Z)")
_KEY = re.compile(r"[^\W\d][\w -]*")


def recognises(path: Path) -> bool:
    """Whether it is a text file, or a folder that has one."""
    return path.suffix.lower() in SUFFIXES if path.is_file() else any(files(path, SUFFIXES))


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a file or a line, of a file or a whole folder in order of the names.

    Documents whose front matter names no language get that of `options`.
    """
    sources: Iterable[Source] = (source,)
    if isinstance(source, Path) and source.is_dir():
        sources = files(source, SUFFIXES)
    for file in sources:
        if options.by_line:
            yield from _read_lines(file, options.language)
        else:
            yield _read_file(file, options.language)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One file a document into the folder `target`; raises FormatError where it is none."""
    if not isinstance(target, Path):
        raise FormatError("Plain text is written to a folder, a file for each document.")
    losses: list[Loss] = []
    taken: set[str] = set()
    for item in items:
        document = item.document
        name = file_name(document.id, taken)
        if name != document.id:
            losses.append(Loss(document.id, LOSES[3], f"written as {name}.txt"))
        front, lost_meta = _front_matter(document)
        losses.extend(lost_meta)
        losses.extend(_other_losses(item))
        mark = BOM if not front and document.text.startswith("\ufeff") else b""
        with written(target / f"{name}.txt") as file:
            file.write(mark + (front + document.text).encode("utf-8"))
    return tuple(losses)


def files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The regular files below `folder` with one of the suffixes, in order of their names.

    Hidden ones are left out, and links are not followed.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            hidden = name.startswith(".")
            if (
                not hidden
                and path.suffix.lower() in suffixes
                and stat.S_ISREG(path.lstat().st_mode)
            ):
                yield path


def file_name(document_id: str, taken: set[str]) -> str:
    """A file name for an id, without suffix, that no other in `taken` is mistaken for.

    An id that is no good name, or differs from an earlier one by case only, gets a piece of its
    hash. `taken` gets the new name.
    """
    plain = name = safe_file_name(document_id)
    if name != document_id:
        name = f"{plain}-{text_sha256(document_id)[:8]}"
    while _folded(name) in taken:
        name = f"{plain}-{text_sha256(document_id + name)[:8]}"
    taken.add(_folded(name))
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def decoded(source: Source) -> str | Rejected:
    """The whole text of a file, a byte order mark with it, or why it cannot be read."""
    with opened(source) as stream:
        raw = stream.read(MAX_LINE + 1)
    if len(raw) > MAX_LINE:
        return Rejected(shown(source), 0, f"the file is longer than {MAX_LINE:,} bytes")
    if looks_like_utf_16(raw):
        return Rejected(shown(source), 1, "looks like UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Rejected(shown(source), line, _not_utf_8(error))


def _read_file(source: Source, language: str) -> Annotated | Rejected:
    text = decoded(source)
    if isinstance(text, Rejected):
        return text
    meta, body = front_matter(text.removeprefix("\ufeff"))
    document_language = meta.pop("language", "") or language
    try:
        name = _stem(source) if isinstance(source, Path) else text_id(body)
        return checked(Annotated(Document(name, body, meta, document_language)))
    except ValueError as error:
        return Rejected(shown(source), 0, str(error))


def _read_lines(source: Source, language: str) -> Iterator[Annotated | Rejected]:
    for line in lines(source):
        if isinstance(line, Rejected):
            yield line
            continue
        number, raw = line
        try:
            text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
            name = f"{_stem(source)}-{number}" if isinstance(source, Path) else text_id(text)
            yield checked(Annotated(Document(name, text, {}, language)))
        except UnicodeDecodeError as error:
            yield Rejected(shown(source), number, _not_utf_8(error))
        except ValueError as error:
            yield Rejected(shown(source), number, str(error))


def _stem(path: Path) -> str:
    return shown(Path(path.stem))


def _not_utf_8(error: UnicodeDecodeError) -> str:
    return f"byte 0x{error.object[error.start]:02X} is not UTF-8; save it so"


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The front matter of a file and the text below it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    pairs = (line.rstrip("\r").partition(":") for line in match[1].split("\n") if line)
    return {key.strip(): value.strip() for key, _, value in pairs}, text[match.end() :]


def _front_matter(document: Document) -> tuple[str, list[Loss]]:
    kept: dict[str, str] = {}
    losses: list[Loss] = []
    for key, value in document.meta.items():
        if _fits(key, value):
            kept[key] = value
        else:
            losses.append(Loss(document.id, LOSES[2], key))
    if document.language != "en":
        kept["language"] = document.language
    if not kept and not document.text.startswith("---"):
        return "", losses
    return "".join(["---\n", *(f"{k}: {v}\n" for k, v in kept.items()), "---\n\n"]), losses


def _fits(key: str, value: object) -> bool:
    one_line = isinstance(value, str) and value == value.strip() and not re.search("[\r\n]", value)
    return one_line and key == key.strip() and key != "language" and bool(_KEY.fullmatch(key))


def _other_losses(item: Annotated) -> Iterator[Loss]:
    if item.annotations:
        names = ", ".join(annotations.annotator or "-" for annotations in item.annotations)
        yield Loss(item.document.id, LOSES[0], f"of {names}")
    if item.suggestions:
        yield Loss(item.document.id, LOSES[1], f"{len(item.suggestions)}")
