"""What was sent in differences is what a whole redraw shows, in a real terminal."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.project.suggesting import suggest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

import pyte
from terminal import Terminal

CORPUS = Path(__file__).parents[2] / "corpus"
KEYS = "jjjjaaaxxkkuuUlhwbJKsdfgietvrcmoO/?L!pzZ;'.,123456789\t\r\x1b\x1b\x1b[]"
ROUNDS, KEYS_A_ROUND = 5, 15
SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
def test_differences_leave_what_a_redraw_shows(tmp_path: Path, size: tuple[int, int]) -> None:
    columns, rows = size
    with Project.create(tmp_path / "project") as project:
        import_paths(project, sorted(CORPUS.glob("*.txt"))[:3])
        suggest(project)
    command = [sys.executable, "-m", "answering", "--project", str(tmp_path / "project")]
    command += ["annotate", "--annotator", "mia"]
    terminal = Terminal(command, tmp_path, columns=columns, rows=rows)
    terminal.wait_for(lambda screen: "NORMAL" in screen, "the first document")
    chance = random.Random(columns)
    for _ in range(ROUNDS):
        for key in chance.choices(KEYS, k=KEYS_A_ROUND):
            terminal.press(key)
        for _ in range(6):  # out of every dialog, filter and mode
            terminal.press("\x1b")
        for key in "/q7q":
            terminal.press(key)
        terminal.wait_for(lambda screen: "/q7q" in screen, "the search")
        terminal.press("\x1b")
        terminal.wait_for(lambda screen: "NORMAL" in screen, "the text again")
        seen = len(terminal.raw)
        terminal.press("\x0c")
        start = redraw(terminal, seen, rows)
        before, after = bytes(terminal.raw[:start]), bytes(terminal.raw)
        differing = [
            (a, b)
            for a, b in zip(cells(before, columns, rows), cells(after, columns, rows), strict=True)
            if a != b
        ]
        assert not differing, "\n".join(shown(line) for pair in differing for line in pair)
    terminal.kill()


def redraw(terminal: Terminal, seen: int, rows: int) -> int:
    """Wait until every line was sent again; gives where in the output that begins."""
    lines = re.compile(b".*?".join(rb"\x1b\[%d;1H" % (y + 1) for y in range(rows)), re.DOTALL)
    terminal.wait_for(lambda _: lines.search(terminal.raw, seen) is not None, "a redraw")
    begins = [match.start() for match in re.finditer(rb"\x1b\[1;1H", terminal.raw)]
    return max(place for place in begins if lines.search(terminal.raw, place))


def cells(raw: bytes, columns: int, rows: int) -> list[list[tuple[object, ...]]]:
    """What the terminal shows after some bytes; of a blank only what can be seen of it."""
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    stream.feed(re.sub(rb"\x1b\[[?>=<][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*\$[a-z]", b"", raw))
    return [[look(screen.buffer[y][x]) for x in range(columns)] for y in range(rows)]


def look(cell: pyte.screens.Char) -> tuple[object, ...]:
    lines = (cell.bg, cell.underscore, cell.strikethrough, cell.reverse)
    bare = cell.data == " " and not any(lines[1:])
    return cell.data, lines, None if bare else (cell.fg, cell.bold, cell.italics)


def shown(line: list[tuple[object, ...]]) -> str:
    return "".join(str(cell[0]) for cell in line)
