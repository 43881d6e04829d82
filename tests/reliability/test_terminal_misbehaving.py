"""A terminal that misbehaves costs nothing: keys come back, what was shown as saved is saved."""

from __future__ import annotations

import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.model.document import Document
from annotator.project.project import Project
from annotator.project.suggesting import suggest
from annotator.store import documents, history
from annotator.store.database import connect
from annotator.store.verify import verify

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")

TEXT = (
    "Storm over Oslo\n\n"
    + (
        "Police in Oslo said on Monday that the storm killed Kari Nordmann in Norway. "
        "Soldiers from Sweden and Denmark arrived in Oslo on Tuesday.\n\n"
    )
    * 3
)
RESTORED = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?25h")
"""Main screen, no mouse, cursor."""
BROKEN = """
import os, signal, sys
from pathlib import Path
from annotator.project.project import Project
from annotator.tui import app as module

class Broken(module.AnnotatorApp):
    def on_paste(self):
        secret = os.environ["API_KEY"]
        article = self._session.state.document.text
        raise RuntimeError(secret + article)

    def _watch_signals(self):
        if "deaf" in sys.argv:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        else:
            super()._watch_signals()

module.AnnotatorApp = Broken
with Project.open(Path(sys.argv[1])) as project:
    session = project.session("mia")
    session.open_last()
    status = module.run(session, project)
sys.exit(status)
"""

Start = Callable[..., Terminal]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("storm") / "project"
    with Project.create(root) as made:
        documents.add(made.database, [Document("storm", TEXT), Document("rain", "Rain in Oslo.")])
        suggest(made)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def start(root: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the annotate screen, or a script in its place, and waits for it."""
    started: list[Terminal] = []

    def run(*script: str) -> Terminal:
        command = [sys.executable, "-m", "answering", "--project", str(root), "annotate",
                   "--annotator", "mia"]  # fmt: skip
        if script:
            (tmp_path / "script.py").write_text(script[0], "utf-8")
            command = [sys.executable, str(tmp_path / "script.py"), str(root), *script[1:]]
        terminal = Terminal(command, tmp_path)
        started.append(terminal)
        terminal.wait_for(lambda screen: "saved" in screen, "the annotate screen")
        return terminal

    yield run
    for terminal in started:
        terminal.end()


def depth(screen: str) -> int:
    """How many changes the screen says are saved."""
    found = re.search(r"↶ ?(\d+)", screen)
    return int(found[1]) if found else 0


def accept(terminal: Terminal, count: int) -> None:
    """Accept some suggestions, each shown as saved before the next."""
    for _ in range(count):
        wanted = depth(terminal.text) + 1
        terminal.send("a")
        terminal.wait_for(lambda screen, wanted=wanted: depth(screen) == wanted, f"↶{wanted}")


def expect_saved(root: Path, count: int) -> None:
    with connect(root / "annotator.db") as database:
        assert len(history.stacks(database, "mia").undo) >= count
        assert verify(database) == ()


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff",
        b"\xc3\x28\xfe\xff",
        b"\x1b[97:65;2u",
        b"\x1b[1;2:1A",
        b"\x1b[99999999999999999999;9u",
        b"\x1b[9;9;9z",
        b"\x1b]0;9 8 7 a x\x1b\\",
        b"\x1bP1$r9 1 q\x1b\\",
        b"\x1b[9;",
        b"\x1b[200~1234 a x a x a x",
    ],
    ids=["0xff", "not utf-8", "kitty alternate", "kitty event", "huge", "unknown", "title",
         "answer", "cut off", "paste without end"],
)  # fmt: skip
def test_bytes_that_are_no_key_change_nothing_and_keys_go_on(
    sent: bytes, start: Start, root: Path
) -> None:
    terminal = start()
    accept(terminal, 1)
    terminal.send(sent)
    terminal.knock()
    assert depth(terminal.text) == 1
    accept(terminal, 1)
    terminal.send("q")
    assert terminal.exit_status() == 0
    assert all(each in terminal.raw for each in RESTORED)
    expect_saved(root, 2)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT])
def test_a_signal_ends_the_screen_in_good_order(
    number: signal.Signals, start: Start, root: Path
) -> None:
    terminal = start()
    accept(terminal, 2)
    terminal.signal(number)
    assert terminal.exit_status() == 128 + number
    assert all(each in terminal.raw for each in RESTORED)
    assert b"Traceback" not in terminal.raw
    expect_saved(root, 2)


@pytest.mark.parametrize("deaf", [(), ("deaf",)], ids=["SIGHUP", "SIGHUP ignored"])
def test_a_terminal_that_vanished_ends_the_program(
    deaf: tuple[str, ...], start: Start, root: Path
) -> None:
    terminal = start(BROKEN, *deaf)
    accept(terminal, 2)
    terminal.hang_up()
    assert terminal.exit_status() == 129
    expect_saved(root, 2)


def test_any_size_of_the_window_is_survived(start: Start, root: Path) -> None:
    terminal = start()
    terminal.press("a")
    assert depth(terminal.text) == 1
    for columns, rows in ((1, 1), (2, 2), (1, 40), (500, 200), (200, 1), (3, 3)):
        terminal.resize(columns, rows)
        terminal.press("j")
    terminal.resize(80, 24)
    terminal.wait_for(lambda screen: depth(screen) == 1, "the screen as it was")
    accept(terminal, 1)
    assert "Police in Oslo" in terminal.text
    terminal.send("q")
    assert terminal.exit_status() == 0
    expect_saved(root, 2)


def test_an_error_of_ours_shows_neither_article_nor_environment(
    start: Start, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_KEY", "sk-very-secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    terminal = start(BROKEN)
    accept(terminal, 2)
    terminal.send("\x1b[200~x\x1b[201~")
    assert terminal.exit_status() == 1
    assert all(each in terminal.raw for each in RESTORED)
    afterwards = bytes(terminal.raw).rpartition(b"\x1b[?1049l")[2]
    assert b"internal error" in afterwards
    assert b"very-secret" not in terminal.raw
    assert b"Nordmann" not in afterwards
    (report,) = tmp_path.rglob("crash-*.txt")
    told = report.read_text("utf-8")
    assert "RuntimeError" in told
    assert "on_paste" in told
    assert "very-secret" not in told
    assert "Nordmann" not in told
    assert report.stat().st_mode & 0o077 == 0
    expect_saved(root, 2)
