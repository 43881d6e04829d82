"""What a terminal cannot show is left out: colours, glyphs, letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from sample import sample_screen
from screen_reader import press, segments, shows, text, until
from textual.color import Color

from annotator.config import Config
from annotator.tui.page import glyphs
from annotator.tui.page.glyphs import TWINS, AsciiGlyphs
from annotator.tui.terminal.capabilities import Colours, Terminal, terminal_of
from annotator.tui.theme import THEMES

BLACK = Color(0, 0, 0)


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({}, Colours.MANY),
        ({"TERM": "xterm-256color"}, Colours.MANY),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Colours.MANY),
        ({"TERM": "xterm-kitty"}, Colours.MANY),
        ({"TERM": "xterm"}, Colours.SIXTEEN),
        ({"TERM": "linux"}, Colours.SIXTEEN),
        ({"TERM": "screen"}, Colours.SIXTEEN),
        ({"TERM": "dumb"}, Colours.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Colours.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Colours.MANY),
    ],
)
def test_the_environment_says_how_many_colours_there_are(environment, colours):
    assert terminal_of(environment).colours is colours


@pytest.mark.parametrize(
    ("environment", "has_glyphs", "encoding"),
    [
        ({}, True, "utf-8"),
        ({"LANG": "de_DE.UTF-8"}, True, "utf-8"),
        ({"LANG": "C.utf8"}, True, "utf-8"),
        ({"LANG": "C"}, False, "ascii"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, False, "ascii"),
        ({"LANG": "en_US.ISO-8859-1"}, False, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8@x"}, True, "utf-8"),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, False, "utf-8"),
    ],
)
def test_the_environment_says_which_glyphs_can_be_shown(environment, has_glyphs, encoding):
    found = terminal_of(environment)
    assert (found.has_glyphs, found.encoding) == (has_glyphs, encoding)


def test_an_output_that_is_not_utf_8_shows_ascii_only():
    assert terminal_of({"LANG": "en_US.UTF-8"}, "latin-1") == Terminal(
        has_glyphs=False, encoding="ascii"
    )


def test_every_glyph_has_one_ascii_character_of_the_same_width_in_its_place():
    for glyph, twin in TWINS.items():
        assert len(glyph) == len(twin) == cell_len(glyph) == 1
        assert twin.isascii()
        assert twin.isprintable()


def through(words, encoding="utf-8"):
    shown = AsciiGlyphs(encoding).apply([Segment(words)], BLACK)
    return "".join(segment.text for segment in shown)


def test_letters_stay_where_the_terminal_can_carry_them():
    assert through("╰GPE──╯ Тоқаев “said”") == '\\GPE__/ Тоқаев "said"'
    assert through("╰GPE──╯ Тоқаев 北京", "ascii") == "\\GPE__/ ?????? ????"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_only_ascii_goes_to_a_terminal_that_carries_no_more(words):
    assert through(words, "ascii").isascii()


async def test_what_is_drawn_has_an_ascii_twin_on_every_screen(tmp_path):
    config = Config(glyphs="ascii")
    for size in ((80, 24), (120, 40)):
        folder = tmp_path / str(size[0])
        folder.mkdir()
        async with sample_screen(folder, size, *"aaaxaaaaaR", config=config) as pilot:
            assert text(pilot.app).isascii()
            for key in ("z", "z", "z", "t", "escape", "v", "escape", "?"):
                await press(pilot, key)
                assert text(pilot.app).isascii(), key


def colours_on(app):
    styles = [segment.style for line in segments(app) for segment in line if segment.style]
    return {colour.name for style in styles for colour in (style.color, style.bgcolor) if colour}


async def test_nothing_is_coloured_where_no_colour_is_wanted(tmp_path):
    terminal = Terminal(Colours.NONE)
    async with sample_screen(tmp_path, (120, 40), *"aaaxaaaaa", terminal=terminal) as pilot:
        assert colours_on(pilot.app) <= {"default"}
        await press(pilot, "T")
        assert colours_on(pilot.app) <= {"default"}


async def test_of_sixteen_colours_none_is_mixed(tmp_path):
    terminal = Terminal(Colours.SIXTEEN)
    async with sample_screen(tmp_path, (120, 40), *"aaaxaaaaa", terminal=terminal) as pilot:
        assert {"bright_red", "green", "default"} <= colours_on(pilot.app)
        assert not [name for name in colours_on(pilot.app) if name.startswith("#")]


async def test_a_key_goes_through_all_themes_and_back_to_the_one_that_is_set(tmp_path):
    async with sample_screen(tmp_path, (80, 24), config=Config(theme="paper")) as pilot:
        app = pilot.app
        seen = [app.theme]
        for _ in THEMES:
            before = app.theme
            await press(pilot, "T")
            await until(pilot, lambda before=before: app.theme != before, "another theme")
            await shows(pilot, "Dockers and sailors")
            seen.append(app.theme)
        assert seen[0] == seen[-1] == "paper"
        assert set(seen) == set(THEMES)


def test_the_table_is_the_only_one():
    assert str.maketrans(TWINS) == glyphs._TABLE
