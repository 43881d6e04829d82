"""A real terminal program in a pseudo-terminal: keys in, screen out."""

from __future__ import annotations

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

_PATIENCE = 300.0
"""Seconds after which a program hangs; no machine is so slow."""
_BETWEEN_LOOKS = 0.02
_MEANINGLESS = "("
"""A key that no screen takes, and that may go on a sequence which is not over yet."""


class Terminal:
    """Runs a command on a screen of its own.

    What was sent is done when the screen, or a program that is `answering`, says so; no time is.
    """

    def __init__(self, command: Sequence[str], folder: Path, *, columns: int = 80, rows: int = 24):
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        self.has_ended = False
        self._status: int | None = None
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.chdir(folder)
            environment = {
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("TEXTUAL", "NO_COLOR", "PYTEST", "COLUMNS", "LINES"))
            }
            found = filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH")))
            environment["PYTHONPATH"] = os.pathsep.join(found)
            environment.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvpe(command[0], list(command), environment)

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._handle, keys.encode() if isinstance(keys, str) else keys)

    def press(self, key: str) -> None:
        """Press one key, and wait until a program that is `answering` has done it and drawn it.

        Not while the answer to a key that was only sent may still come.
        """
        seen = len(self.raw)
        self.send(key)
        self._wait_for_answer(b"7777;", seen, f"an answer to {key!r}")

    def knock(self) -> None:
        """Wait until keys are keys, and none of those before is left to do.

        The program may still wait for the end of a paste or of a sequence, for which it takes the
        keys that come: so they come again and again, ever more slowly.
        """
        seen, pause = len(self.raw), _BETWEEN_LOOKS
        answer = b"\x1b[?7777;%dz" % ord(_MEANINGLESS)
        while pause < _PATIENCE:
            self.send(_MEANINGLESS)
            if self._until(lambda: answer in self.raw[seen:], pause):
                return
            pause *= 2
        raise AssertionError(f"no key arrives; the screen is\n{self.text}")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size, and wait until a program that is `answering` has it."""
        seen = len(self.raw)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)
        os.kill(self.pid, signal.SIGWINCH)
        self._wait_for_answer(b"7778;%d;%dz" % (columns, rows), seen, f"{columns}x{rows}")

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self._screen.display)

    def wait_for(self, fits: Callable[[str], bool], what: str) -> str:
        """Read until the screen fits; fails with the screen where it never does."""
        if self._until(lambda: fits(self.text), _PATIENCE):
            return self.text
        raise AssertionError(f"never saw {what}; the screen is\n{self.text}")

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self._handle)
        self._handle = -1

    def kill(self) -> None:
        """Kill -9; what was shown until then is on the screen."""
        os.kill(self.pid, signal.SIGKILL)
        self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self._until(lambda: False, 0)
        self._close()

    def exit_status(self) -> int:
        """Wait for the end; gives the exit status, negative for a signal."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._until(lambda: False, 0 if pid else _BETWEEN_LOOKS)
            if pid:
                self._close()
                self._status = os.waitstatus_to_exitcode(status)
                return self._status
            if self.has_ended or self._handle < 0:  # so that nothing can be waited for
                time.sleep(_BETWEEN_LOOKS)
        raise AssertionError(f"did not end; the screen is\n{self.text}")

    def end(self) -> None:
        """Kill what still runs."""
        if self._status is None:
            self.kill()

    def _close(self) -> None:
        if self._handle >= 0:
            self.hang_up()

    def _until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Take in what comes until something holds, for some seconds at the most."""
        end = time.monotonic() + seconds
        while not holds():
            if self.has_ended or self._handle < 0:
                return False
            ready, _, _ = select.select([self._handle], [], [], max(end - time.monotonic(), 0))
            if not ready:
                return False
            self._take_in()
        return True

    def _take_in(self) -> None:
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # how Linux says that the other side is gone
            data = b""
        self.has_ended = not data
        self.raw += data
        self._stream.feed(data)

    def _wait_for_answer(self, answer: bytes, seen: int, what: str) -> None:
        answer = b"\x1b[?" + answer
        if not self._until(lambda: answer in self.raw[seen:], _PATIENCE):
            raise AssertionError(f"never got {what}; the screen is\n{self.text}")
