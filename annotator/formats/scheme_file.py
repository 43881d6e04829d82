"""The files of a scheme on disk: their text, and errors that name file, line and field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import SchemeError
from annotator.formats.toml_lines import Field, line_of
from annotator.text.pictures import pictured

MAX_BYTES = 1_000_000
"""A scheme of a hundred labels has some 20,000; what is larger is another kind of file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one field of a scheme."""

    field: Field
    message: str
    hint: str = ""


def read_text(path: Path) -> str:
    """The text of a file, line ends as LF and a byte order mark left out; raises SchemeError."""
    shown = pictured(str(path))
    try:
        if not path.is_file():
            raise SchemeError(f"{shown}: there is no such file.", "Check the name and the folder.")
        if path.stat().st_size > MAX_BYTES:
            raise SchemeError(
                f"{shown}: larger than {MAX_BYTES:,} bytes.",
                "A scheme and its guidelines are small; is this another file?",
            )
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SchemeError(
            f"{shown}:{line}: not UTF-8.", "Save the file as UTF-8 in your editor."
        ) from error
    except OSError as error:
        raise SchemeError(
            f"{shown}: cannot be read: {error.strerror}.", "Check the file's permissions."
        ) from error
    return text.replace("\r\n", "\n")


def scheme_error(path: Path, text: str, faults: Iterable[Fault]) -> SchemeError:
    """One error of all faults, a line each in the order of the file."""
    placed = sorted(((line_of(text, fault.field), fault) for fault in faults), key=lambda p: p[0])
    if len(placed) == 1:
        return SchemeError(_message(path, *placed[0]), pictured(placed[0][1].hint))
    lines = (f"{_message(path, *p)} {pictured(p[1].hint)}".rstrip() for p in placed)
    return SchemeError("\n".join(lines))


def _message(path: Path, line: int, fault: Fault) -> str:
    name = ".".join(part for part in fault.field if isinstance(part, str))
    field = f"{name}: " if name else ""
    return pictured(f"{path}:{line}: {field}{fault.message}")
