"""The terminal shows the same whether everything is sent or only what differs."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from annotator.tui.terminal.screen_diff import ScreenDiff

_WIDTH, _HEIGHT = 12, 3
_CONSOLE = Console(color_system="truecolor")
_STYLES = [
    Style(color="#112233", bgcolor="#000000"),
    Style(color="#112233", bgcolor="#000000", bold=True),
    Style(color="#ff0000", bgcolor="#000000", bold=True, dim=True),
    Style(color="#ff0000", bgcolor="#202020", italic=True, strike=True),
    Style(color="#112233", bgcolor="#000000", underline=True),
    Style(color="#112233", bgcolor="#000000", reverse=True),
    Style(color="#112233", bgcolor="#000000", meta={"name": "x"}),
    Style(),
]
_CHARS = st.sampled_from("ab  ─╰é漢")


@st.composite
def strips(draw: st.DrawFn) -> Strip:
    """A strip as wide as the screen, in a few styles."""
    segments: list[Segment] = []
    room = _WIDTH
    while room:
        text = "".join(draw(st.lists(_CHARS, min_size=1, max_size=5)))
        strip = Strip([Segment(text, draw(st.sampled_from(_STYLES)))])
        if strip.cell_length > room:
            strip = Strip([Segment(" " * room, draw(st.sampled_from(_STYLES)))])
        segments += strip
        room -= strip.cell_length
    return Strip(segments, _WIDTH)


screens = st.lists(strips(), min_size=_HEIGHT, max_size=_HEIGHT)


def _cells(sequences: list[str]) -> list[tuple[object, ...]]:
    """What a terminal shows after some sequences; of a blank only what can be seen of it."""
    screen = pyte.Screen(_WIDTH, _HEIGHT)
    stream = pyte.Stream(screen)
    for sequence in sequences:
        stream.feed(sequence)
    found: list[tuple[object, ...]] = []
    for y in range(_HEIGHT):
        for x in range(_WIDTH):
            cell = screen.buffer[y][x]
            lines = (cell.bg, cell.underscore, cell.strikethrough, cell.reverse)
            letters = (cell.fg, cell.bold, cell.italics)
            bare = cell.data == " " and not any(lines[1:])
            found.append((cell.data, lines, None if bare else letters))
    return found


def _whole(screenful: ScreenDiff, strips: list[Strip]) -> str:
    region = Region(0, 0, _WIDTH, _HEIGHT)
    update = screenful.difference(LayoutUpdate([[strip] for strip in strips], region))
    return update.render_segments(_CONSOLE)


def _chops(screenful: ScreenDiff, strips: list[Strip]) -> str:
    chops = [{0: strip} for strip in strips]
    spans = [(y, 0, _WIDTH) for y in range(_HEIGHT)]
    update = screenful.difference(ChopsUpdate(chops, spans, [[_WIDTH]] * _HEIGHT))
    return update.render_segments(_CONSOLE)


def _placed(screenful: ScreenDiff, strips: list[Strip]) -> str:
    update = screenful.update([(0, y, strip) for y, strip in enumerate(strips)])
    return update.render_segments(_CONSOLE)


@given(st.lists(st.tuples(screens, st.sampled_from([_whole, _chops, _placed])), min_size=1))
def test_differences_bring_the_terminal_to_what_a_whole_update_shows(
    steps: list[tuple[list[Strip], object]],
) -> None:
    screenful = ScreenDiff()
    sent = [write(screenful, shown) for shown, write in steps]  # type: ignore[operator]
    last = steps[-1][0]
    assert _cells(sent) == _cells([_whole(ScreenDiff(), last)])


@given(screens)
def test_what_the_terminal_shows_already_is_not_sent(shown: list[Strip]) -> None:
    screenful = ScreenDiff()
    _whole(screenful, shown)
    again = [Strip([*strip], _WIDTH) for strip in shown]
    assert _chops(screenful, again) == _placed(screenful, again) == "\x1b[0m"


def test_a_change_of_one_word_sends_that_word_only() -> None:
    screenful = ScreenDiff()
    style = _STYLES[0]
    before, after = ([Segment("one ", style), Segment(word, style)] for word in ("two", "six"))
    blank = Strip.blank(_WIDTH)
    _whole(screenful, [Strip(before, 7), blank, blank])
    sent = _placed(screenful, [Strip(after, 7), blank, blank])
    assert "\x1b[1;5H" in sent
    assert "six" in sent
    assert "one" not in sent


def test_control_codes_of_a_text_are_shown_and_not_sent() -> None:
    strip = Strip([Segment("a\x1b[2Jb\x9b", Style())])
    sent = _placed(ScreenDiff(), [strip])
    assert "\x1b[2J" not in sent
    assert "\x9b" not in sent
    assert "␛[2Jb" in sent


def test_what_lies_beside_the_part_painted_anew_is_not_sent() -> None:
    style = _STYLES[0]
    text, panel, behind = (Strip([Segment(word, style)]) for word in ("text ", "panel", "     "))
    screenful = ScreenDiff()
    whole = LayoutUpdate([[text, panel]], Region(0, 0, 10, 1))
    screenful.difference(whole).render_segments(_CONSOLE)
    changed = Strip([Segment("next ", style)])
    update = ChopsUpdate([{0: changed, 5: behind}], [(0, 0, 5)], [[5, 10]])
    assert "next" in (sent := screenful.difference(update).render_segments(_CONSOLE))
    assert "\x1b[1;6H" not in sent
