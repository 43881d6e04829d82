"""What can go wrong that the user can mend: one family, each with what to do next.

`exit_code` is the command line's answer: 1 the answer is no, 2 wrong usage, 3 the project or a
file cannot be used.
"""

from __future__ import annotations


class AnnotatorError(Exception):
    """Something the user can fix; `message` says what is wrong, `hint` what to do next."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(AnnotatorError):
    """A command was called with words that do not fit together."""

    exit_code = 2


class ProjectError(AnnotatorError):
    """The folder is not a project, or its file cannot be used."""


class ConfigError(AnnotatorError):
    """`annotator.toml` says something that cannot be meant; file and field are named."""


class SchemeError(AnnotatorError):
    """A label scheme is wrong; file, line and field are named."""


class PatternError(AnnotatorError):
    """A line of a patterns file is wrong; file and line are named."""


class FormatError(AnnotatorError):
    """A file or record cannot be read or written; file and line are named."""


class StoreError(AnnotatorError):
    """`annotator.db` cannot be opened, read or written."""


class StaleStateError(StoreError):
    """Somebody else changed this document meanwhile; nothing was written."""


class CommandError(AnnotatorError):
    """A command does not fit the annotations that it is applied to; nothing changed."""

    exit_code = 1


class AlignmentError(AnnotatorError):
    """Spans have edges inside tokens, and none of them was to be moved or left out."""

    exit_code = 1

    def __init__(self, message: str, hint: str, details: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.details = details
        """The spans one by one."""


class NothingToDoError(AnnotatorError):
    """The answer is no: a check failed, or there is nothing to work on."""

    exit_code = 1
