"""How far files were read, for a progress bar that does not ask the formats."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import IO


class ReadProgress:
    """Counts the bytes that are read of files."""

    def __init__(self) -> None:
        self._closed = 0
        self._open: list[IO[bytes]] = []

    @property
    def read(self) -> int:
        """Bytes read so far, of files that are closed again and of those still open."""
        return self._closed + sum(file.tell() for file in self._open)

    @contextmanager
    def watching(self, file: IO[bytes]) -> Generator[None]:
        """Count what is read of `file` in the block."""
        self._open.append(file)
        try:
            yield
        finally:
            self._open.remove(file)
            self._closed += file.tell()


_GAUGE: ContextVar[ReadProgress | None] = ContextVar("gauge", default=None)


@contextmanager
def gauged() -> Generator[ReadProgress]:
    """A gauge for all files that `streams.opened` opens in the block."""
    gauge = ReadProgress()
    with _in_force(gauge):
        yield gauge


def ungauged() -> AbstractContextManager[None]:
    """A block in which files are only looked into, so that nothing is counted."""
    return _in_force(None)


@contextmanager
def _in_force(gauge: ReadProgress | None) -> Generator[None]:
    token = _GAUGE.set(gauge)
    try:
        yield
    finally:
        _GAUGE.reset(token)


@contextmanager
def watched(file: IO[bytes]) -> Generator[None]:
    """Let the gauge in force, if there is one, count what is read of `file`."""
    gauge = _GAUGE.get()
    if gauge is None:
        yield
        return
    with gauge.watching(file):
        yield
