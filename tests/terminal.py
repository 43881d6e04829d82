"""A real terminal program in a pseudo-terminal: keys in, screen out."""

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
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

_DEADLINE = 60.0


class Terminal:
    """Runs a command on a screen of its own."""

    def __init__(self, command: Sequence[str], folder: Path, *, columns: int = 80, rows: int = 24):
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        self.has_ended = False
        self._status: int | None = None
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = {
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("TEXTUAL", "NO_COLOR", "PYTEST", "COLUMNS", "LINES"))
            }
            environment.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvpe(command[0], list(command), environment)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, size)

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._handle, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, seconds: float = 0.0) -> str:
        """Take in what came within some seconds; gives the screen."""
        end = time.monotonic() + seconds
        while self._handle >= 0:
            ready, _, _ = select.select([self._handle], [], [], max(end - time.monotonic(), 0))
            if not ready:
                return self.text
            try:
                data = os.read(self._handle, 65536)
            except OSError:  # how Linux says that the other side is gone
                data = b""
            if not data:
                self.has_ended = True
                return self.text
            self.raw += data
            with contextlib.suppress(TypeError):  # pyte does not know every private sequence
                self._stream.feed(data)
        time.sleep(seconds)
        return self.text

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self._screen.display)

    def wait_for(self, fits: Callable[[str], bool], what: str) -> str:
        """Read until the screen fits; fails with the screen where it never does."""
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end:
            if fits(self.read(0.02)):
                return self.text
            if self.has_ended:
                break
        raise AssertionError(f"never saw {what}; the screen is\n{self.text}")

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self._handle)
        self._handle = -1

    def kill(self) -> None:
        """Kill -9."""
        os.kill(self.pid, signal.SIGKILL)
        self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self._close()

    def exit_status(self) -> int:
        """Wait for the end; gives the exit status, negative for a signal."""
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._close()
                self._status = os.waitstatus_to_exitcode(status)
                return self._status
        raise AssertionError(f"did not end; the screen is\n{self.text}")

    def end(self) -> None:
        """Kill what still runs."""
        if self._status is None:
            self.kill()

    def _close(self) -> None:
        if self._handle >= 0:
            self.hang_up()
