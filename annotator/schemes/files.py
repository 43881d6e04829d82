"""The files of a scheme on disk: their text, and errors that name file, line and field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from annotator.errors import SchemeError
from annotator.schemes.toml_lines import Field, line_of, lines_of
from annotator.text.safe_text import pictured

MAX_BYTES = 1_000_000
"""A scheme of a hundred labels has some 20,000; what is larger is another kind of file."""

MAX_TOLD = 20
"""So many faults are told in one error; whoever mends them will see the others next."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one field of a scheme."""

    field: Field
    message: str
    hint: str = ""


def read_text(path: Path) -> str:
    """The text of a small UTF-8 file, less its byte order mark; raises SchemeError."""
    shown = pictured(str(path))
    try:
        if not path.is_file():
            raise SchemeError(f"{shown}: there is no such file.", "Check the name and the folder.")
        if path.stat().st_size > MAX_BYTES:
            raise SchemeError(
                f"{shown}: larger than {MAX_BYTES:,} bytes.",
                "A scheme and its guidelines are small; is this another file?",
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SchemeError(
            f"{shown}:{line}: not UTF-8.", "Save the file as UTF-8 in your editor."
        ) from error
    except OSError as error:
        raise SchemeError(
            f"{shown}: cannot be read: {error.strerror}.", "Check the file's permissions."
        ) from error


def scheme_error(path: Path, text: str, faults: Iterable[Fault]) -> SchemeError:
    """One error of all faults, a line each in the order of the file."""
    lines = lines_of(text)
    placed = sorted(((line_of(lines, fault.field), fault) for fault in faults), key=itemgetter(0))
    shown = [(_message(path, line, fault), pictured(fault.hint)) for line, fault in placed]
    if len(shown) == 1:
        return SchemeError(*shown[0])
    told = [" ".join(pair).rstrip() for pair in shown[:MAX_TOLD]]
    more = [f"and {len(shown) - MAX_TOLD} more"] if len(shown) > MAX_TOLD else []
    return SchemeError("\n".join([*told, *more]))


def _message(path: Path, line: int, fault: Fault) -> str:
    name = ".".join(part for part in fault.field if isinstance(part, str))
    field = f"{name}: " if name else ""
    return pictured(f"{path}:{line}: {field}{fault.message}.")
