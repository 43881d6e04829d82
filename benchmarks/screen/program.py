"""A program in a pseudo-terminal, with a clock: when it first shows something, when it settles."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.04
"""Seconds without output after which a screen has settled; never part of a latency."""
_DEADLINE = 60.0
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a key brought about."""

    settled: float
    """Milliseconds from the key to the last byte of output."""
    size: int
    """Bytes of output."""


class Program:
    """Runs a command on a terminal of 160x50 that answers as xterm does."""

    def __init__(self, command: Sequence[str], folder: Path, **variables: str) -> None:
        self._started = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            ours = ("TEXTUAL", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
            kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
            environment = {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **variables}
            os.execvpe(command[0], list(command), environment)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))

    def first_paint(self, *shown: str) -> float:
        """Seconds from the start until all of some words were written to the terminal."""
        raw = bytearray()
        when = self._started
        while any(words.encode() not in raw for words in shown):
            data, when = self._read(_DEADLINE)
            if not data:
                raise RuntimeError(f"never showed {shown!r}: {bytes(raw[-800:])!r}")
            raw += data
        return when - self._started

    def press(self, keys: str) -> Reaction:
        """Write a key, and wait until the output has settled; a key without output is an error."""
        begin = last = time.perf_counter()
        os.write(self._handle, keys.encode())
        size = 0
        while True:
            data, when = self._read(QUIET if size else 3.0)
            if not data:
                break
            size += len(data)
            last = when
        if not size:
            raise RuntimeError(f"nothing came of {keys!r}")
        return Reaction((last - begin) * 1000, size)

    def settle(self, seconds: float = 0.5) -> None:
        """Read until nothing came for some seconds."""
        while self._read(seconds)[0]:
            pass

    def megabytes(self) -> float:
        """Memory resident now."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)

    def _read(self, seconds: float) -> tuple[bytes, float]:
        ready, _, _ = select.select([self._handle], [], [], seconds)
        if not ready:
            return b"", time.perf_counter()
        try:
            data = os.read(self._handle, 1 << 20)
        except OSError:
            data = b""
        when = time.perf_counter()
        for question, answer in _ANSWERS.items():
            if question in data:
                os.write(self._handle, answer)
        return data, when
