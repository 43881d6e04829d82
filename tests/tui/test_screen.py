"""The annotate screen: keys do what they say, and no text can do anything at all."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len
from screen_reader import (
    at_rest,
    hides,
    lines,
    press,
    raw_codes,
    segments,
    settle,
    shows,
    text,
    until,
)

from annotator.actions import ACTIONS, Mode
from annotator.config import Config
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.session import Session
from annotator.store import documents, entries
from annotator.store import suggestions as stored_suggestions
from annotator.store.verify import verify
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.annotate import AnnotateScreen

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

HOSTILE = {
    "markup": "[/b] [bold red]loud[/] [@click=app.quit]x[/]",
    "escape": "\x1b[2J\x1b[31mred \x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07 \x1bP+q\x1b\\",
    "C1": "\x9b31m \x9d52;c;b3duZWQ=\x9c \x85 \x90",
    "bidi": "\u202edrowssap\u202c \u2066iso\u2069 \u200frtl",
    "controls": "\x01\x02\x07\x08\x0b\x0c\x0e\x1a\x7f end",
    "emoji": "👩‍👩‍👧 👍🏽 🇫🇷 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥",
    "wide": "中文字符，日本語ﾃｽﾄ 한국어",
    "lines": "one\r\ntwo\rthree\u2028four\x85five\r\n\r\n\r\nsix",
    "marks": "e" + "\u0301" * 400 + " \u0301\u0301x",
    "invisible": "\ufeff\u200b\u00ad\u2060 \U000e0041\ue000\ufffe",
    "shell": "$(reboot) `id` %s {0} \\n &amp; <script>",
}


@asynccontextmanager
async def running(session, size=(80, 24), keys=()):
    app = AnnotatorApp(session, Config(keys=dict(keys)))
    async with app.run_test(size=size) as pilot:
        await annotating(pilot)
        yield pilot


async def annotating(pilot):
    """Wait for the annotate screen, at the start or when another screen was left."""
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, AnnotateScreen), "the annotate screen")
    await settle(pilot)


async def another_screen(pilot):
    """Wait for a screen over the annotate screen."""
    app = pilot.app
    await until(pilot, lambda: not isinstance(app.screen, AnnotateScreen), "another screen")
    await settle(pilot)


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open_last()
    return opened


def expect_sound(app):
    """Nothing to obey, and every line exactly as wide as the terminal."""
    assert raw_codes(app) == []
    width, height = app.size
    assert [cell_len(line) for line in lines(app)] == [width] * height


def row_below(app, words):
    """The line under the one in the document that shows some words; empty where none does."""
    found = lines(app)[1:]
    return next((below for line, below in pairwise(found) if words in line), "")


# -- what is shown ----------------------------------------------------------------------------


@SIZES
async def test_the_document_its_suggestions_and_what_keys_do_are_shown(session, size):
    async with running(session, size) as pilot:
        await shows(
            pilot, "A raid", "1/2", "Mia Stone of Acme bombed Rome", "0/8", "saved", "edges"
        )
        assert "PER" in row_below(pilot.app, "Mia Stone of")
        expect_sound(pilot.app)


async def test_a_wide_terminal_shows_the_labels_and_the_list_of_spans_beside_the_text(session):
    async with running(session, (120, 40)) as pilot:
        await shows(pilot, "LABELS", "ea Attack", "○ PER         Bo Lee")
        await press(pilot, "\\")
        await hides(pilot, "LABELS")
        await press(pilot, "\\")
        await shows(pilot, "LABELS")


async def test_a_narrow_terminal_shows_the_current_span_on_one_line(session):
    async with running(session) as pilot:
        await hides(pilot, "LABELS")
        assert "PER" in lines(pilot.app)[-2]
        assert "A person" in lines(pilot.app)[-2]


# -- keys -------------------------------------------------------------------------------------


@SIZES
async def test_accepting_rejecting_and_undoing_count_in_the_header(session, size, database):
    async with running(session, size) as pilot:
        await press(pilot, "a")
        await shows(pilot, "1/8", "●1 ○7 ✗0")
        await press(pilot, "x")
        await shows(pilot, "2/8", "●1 ○6 ✗1")
        assert ("entity", "mia") in entries.load(database, "mia", "news")
        await press(pilot, "u", "u")
        await shows(pilot, "0/8", "●0 ○8 ✗0")
        await press(pilot, "U")
        await shows(pilot, "1/8")


async def test_an_accepted_span_has_a_solid_bracket_and_a_suggested_one_a_dashed_one(session):
    async with running(session) as pilot:
        await press(pilot, "j", "j")
        assert "╌" in row_below(pilot.app, "The mayor of")
        await until(pilot, lambda: "╌" in row_below(pilot.app, "Mia Stone of"), "dashed")
        await press(pilot, "K", "K", "a")
        await until(pilot, lambda: "╰PER────╯" in row_below(pilot.app, "Mia Stone of"), "solid")


async def test_a_digit_gives_another_label(session):
    async with running(session) as pilot:
        await press(pilot, "3")
        await until(pilot, lambda: "LOC" in row_below(pilot.app, "Mia Stone of")[:16], "LOC")


async def test_the_arguments_of_the_current_event_are_drawn(session):
    async with running(session) as pilot:
        await hides(pilot, "▲Attacker")
        await press(pilot, "j", "j")
        await shows(pilot, "▲Attacker", "▲Target", "◆Attack")
        await press(pilot, "z")
        await hides(pilot, "▲Attacker")
        await shows(pilot, "Density: compact")
        await press(pilot, "z", "z")
        await shows(pilot, "▲Attacker")


async def test_letters_on_the_screen_fill_roles(session):
    async with running(session) as pilot:
        await press(pilot, "j", "j", "t")
        await shows(pilot, "LINK")
        await press(pilot, "3")
        await until(pilot, lambda: pilot.app.screen.editor.focus.hints, "hints")
        hints = pilot.app.screen.editor.focus.hints
        await shows(pilot, *(f" {letter} " for letter in hints.values()))
        await press(pilot, hints["paris"])
        await shows(pilot, "Place Paris" if pilot.app.size.width < 100 else "Paris")
        await press(pilot, "escape")
        await shows(pilot, "NORMAL")
        assert session.state.annotations.events["bombed"].fillers("Place") == ("paris",)


async def test_an_event_is_made_by_the_key_of_its_type(session):
    async with running(session) as pilot:
        await press(pilot, "e")
        await shows(pilot, "EVENT", "Attack", "Say")
        await press(pilot, "s")
        await shows(pilot, "◆Say ━")


async def test_a_new_span_is_selected_and_labelled(session):
    async with running(session) as pilot:
        await press(pilot, ">")
        await shows(pilot, "Rain fell on Oslo", "2/2")
        await press(pilot, "v", "right")
        await shows(pilot, "SELECT")
        await press(pilot, "3")
        await until(pilot, lambda: "LOC" in row_below(pilot.app, "Rain fell on"), "a span")
        assert [s.ranges for s in session.state.annotations.entities.values()] == [((0, 9),)]


async def test_rejected_spans_are_shown_and_hidden(session):
    async with running(session) as pilot:
        await press(pilot, "x")
        await until(pilot, lambda: "PER" not in row_below(pilot.app, "Mia Stone of"), "hidden")
        await press(pilot, "R")
        await until(pilot, lambda: "PER" in row_below(pilot.app, "Mia Stone of"), "shown")
        await press(pilot, "R")
        await until(pilot, lambda: "PER" not in row_below(pilot.app, "Mia Stone of"), "hidden")


async def test_a_label_is_chosen_by_typing(session):
    async with running(session) as pilot:
        await press(pilot, "r")
        await shows(pilot, "label…", "A place", "Violence")
        await press(pilot, "o", "r")
        await hides(pilot, "A place")
        await press(pilot, "enter")
        await until(pilot, lambda: "ORG" in row_below(pilot.app, "Mia Stone of")[:16], "ORG")
        await press(pilot, "r")
        await shows(pilot, "label…")
        await press(pilot, "escape")
        await hides(pilot, "label…")
        assert len(session.state.decisions) == 1


async def test_the_list_of_labels_tells_their_keys(session):
    async with running(session) as pilot:
        await press(pilot, "r")
        await shows(pilot, " 1  PER ", "ea ◆Attack ")


async def test_an_event_type_is_chosen_by_its_name(session):
    async with running(session) as pilot:
        await press(pilot, "e", ";")
        await shows(pilot, "◆Attack")
        await hides(pilot, "A person")
        await press(pilot, *"say", "enter")
        await shows(pilot, "◆Say ━")
        (event,) = session.state.annotations.events.values()
        assert event.type == "Say"


async def test_a_comment_is_written_and_read_again(session):
    async with running(session) as pilot:
        await press(pilot, "c")
        await shows(pilot, "Comment")
        await press(pilot, *"who?", "enter")
        await until(pilot, lambda: session.state.annotations.comments, "a comment")
        await press(pilot, "c")
        await shows(pilot, "who?")
        await press(pilot, "escape")
        await hides(pilot, "who?")


async def test_help_lists_every_key_and_the_guideline_of_the_label(session):
    async with running(session, (100, 250)) as pilot:
        await press(pilot, "?")
        await shows(pilot, "Names of people.", ACTIONS[-1].help)
        unwrapped = " ".join(text(pilot.app).split())
        listed = [action for action in ACTIONS if action.modes != (Mode.ADJUDICATE,)]
        assert [action.help for action in listed if action.help not in unwrapped] == []
        await press(pilot, "escape")
        await annotating(pilot)
        await shows(pilot, "NORMAL")


async def test_help_scrolls_where_it_is_longer_than_the_screen(session):
    async with running(session) as pilot:
        await press(pilot, "?")
        await shows(pilot, "yes or no to a suggestion")
        await hides(pilot, ACTIONS[-1].help)
        await press(pilot, "end")
        await shows(pilot, ACTIONS[-1].help)


async def test_finishing_goes_on_to_the_next_document(session):
    async with running(session) as pilot:
        await press(pilot, "D")
        await shows(pilot, "Rain fell on Oslo", "Done, 8 accepted; u takes it back.")
        await press(pilot, "D")
        await shows(pilot, "Every document is done.", "done")


async def test_the_theme_changes_the_colours_and_nothing_else(session):
    async with running(session) as pilot:
        before, styles = text(pilot.app), [[s.style for s in line] for line in segments(pilot.app)]
        await press(pilot, "T")
        await until(
            pilot,
            lambda: [[s.style for s in line] for line in segments(pilot.app)] != styles,
            "light",
        )
        assert text(pilot.app) == before


async def test_quitting_leaves_with_everything_saved(session, database):
    async with running(session) as pilot:
        await press(pilot, "a", "q")
        await until(pilot, lambda: pilot.app._exit, "the end")
    assert ("entity", "mia") in entries.load(database, "mia", "news")


async def test_keys_of_the_settings_take_the_place_of_the_usual_ones(session):
    async with running(session, keys={"accept": ["f2"]}) as pilot:
        await press(pilot, "a")
        await shows(pilot, "0/8")
        await press(pilot, "f2")
        await shows(pilot, "1/8")


async def test_a_click_on_the_text_and_on_a_bracket_goes_there(session):
    async with running(session) as pilot:
        found = lines(pilot.app)
        row = next(i for i, line in enumerate(found) if "The mayor of" in line)
        await pilot.click(offset=(found[row].index("Paris") + 1, row))
        await until(pilot, lambda: pilot.app.screen.editor.current == "paris", "a click on a word")
        column = found[row + 1].index("◆Attack") + 2
        await pilot.click(offset=(column, row + 1))
        await until(
            pilot, lambda: pilot.app.screen.editor.current == "raid", "a click on a bracket"
        )


async def test_a_long_document_scrolls_with_the_cursor(database, scheme):
    words = " ".join(f"word{number}" for number in range(2000))
    documents.add(database, [Document("long", words)])
    session = Session(database, scheme, "mia")
    session.open("long")
    async with running(session) as pilot:
        await shows(pilot, "word0 ")
        await press(pilot, "end")
        await shows(pilot, "word1999")
        await press(pilot, "up", "pageup", "pageup")
        await hides(pilot, "word1999")
        await press(pilot, "home")
        await shows(pilot, "word0 ")
        for _ in range(30):
            await press(pilot, "down")
        here = pilot.app.screen.editor.focus.cursor
        await shows(pilot, words[slice(*here)])


# -- painting ---------------------------------------------------------------------------------


async def expect_nothing_stale(pilot, what):
    """Everything drawn anew looks as it did."""
    screen = pilot.app.screen
    before = await at_rest(pilot)
    screen.set_palette(screen._palette)
    after = await at_rest(pilot)
    stale = [line for line, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert stale == [], f"{what}\n{text(pilot.app)}"


@pytest.mark.parametrize("size", [(40, 24), (120, 40)], ids=["40x24", "120x40"])
async def test_what_was_painted_bit_by_bit_is_what_a_full_repaint_shows(session, size):
    chosen = random.Random(7)
    keys = [*"aaxjkJKhlbw1233sdfgzzzRuuuUvAttea", "left", "right", "up", "down", "-", "escape",
            ".", "backspace"]  # fmt: skip
    async with running(session, size) as pilot:
        for _ in range(40):
            key = chosen.choice(keys)
            await press(pilot, key)
            await expect_nothing_stale(pilot, key)


async def test_the_rail_of_an_event_goes_with_the_argument_that_needed_it(session):
    async with running(session, (40, 24)) as pilot:
        await press(pilot, "j", "j", "t", "2")
        await until(pilot, lambda: "bo" in pilot.app.screen.editor.focus.hints, "hints")
        await press(pilot, pilot.app.screen.editor.focus.hints["bo"])
        await expect_nothing_stale(pilot, "an argument further down")
        await press(pilot, "backspace")
        await expect_nothing_stale(pilot, "and out again")


async def test_a_cursor_on_a_word_of_several_rows_leaves_none_of_them_behind(database, scheme):
    documents.add(database, [Document("long words", "short " + "中文" * 40 + " end " + "x" * 99)])
    session = Session(database, scheme, "mia")
    session.open("long words")
    async with running(session, (40, 24)) as pilot:
        for key in ("right", "right", "left", "left", "right", "v", "right", "left", "escape"):
            await press(pilot, key)
            await expect_nothing_stale(pilot, key)


@pytest.mark.parametrize("size", [(40, 12), (120, 30)], ids=["40x12", "120x30"])
async def test_nothing_stale_is_left_where_text_and_list_are_scrolled(database, scheme, size):
    words = " ".join(f"Word{number}" for number in range(300))
    documents.add(database, [Document("long", words)])
    spans = [Span.of(f"s{at}", at, at + 5, "PER") for at in range(0, len(words) - 9, 24)]
    found = [Suggestion(span, "guess@1", 0.5) for span in spans]
    stored_suggestions.replace(database, "guess@1", [("long", found)])
    session = Session(database, scheme, "mia")
    session.open("long")
    async with running(session, size) as pilot:
        for key in ["k", "k", "K", "K", "a", "x", "u", "J", "g", "2", "J", "left", *"kkkjjj"]:
            await press(pilot, key)
            await expect_nothing_stale(pilot, key)


# -- hostile text -----------------------------------------------------------------------------


def hostile_document(name):
    """A document whose text, title, labels and words of suggestions all are hostile."""
    words = HOSTILE[name]
    content = f"{words} said Mia.\n\n{words}\n{words} " + "filler " * 30
    return Document(f"hostile {name}", content, {"title": f"T {words}"})


def hostile_suggestions(document, words):
    middle = len(words) // 2
    spans = [
        Span.of("whole", 0, len(words), words),
        Span.of("half", middle, len(words) + 2, "PER"),
        Span("split", ((0, 1), (len(words) + 1, len(words) + 4)), words),
    ]
    trigger = Span.of("event-t", len(words) + 1, len(words) + 5, words)
    event = Event("event", trigger, (Argument(words, "whole"), Argument("Target", "half")))
    return [Suggestion(item, f"guess{words}@1", 0.5) for item in (*spans, event)]


@SIZES
@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_text_is_shown_and_never_obeyed(database, scheme, size, name):
    words = HOSTILE[name]
    document = hostile_document(name)
    documents.add(database, [document])
    found = hostile_suggestions(document, words)
    stored_suggestions.replace(database, "guess@1", [(document.id, found)])
    entities = (replace(scheme.entities[0], description=words), *scheme.entities[1:])
    wild = replace(scheme, entities=entities, guidelines={"PER": words, words: words})
    session = Session(database, wild, f"mia {words}")
    session.open(document.id)
    async with running(session, size) as pilot:
        expect_sound(pilot.app)
        for keys in ("jj", "aa", "JRz", "t1", ["escape", *"zz"], "vw", "2xu", ["end"]):
            await press(pilot, *keys)
            expect_sound(pilot.app)
        for keys in ("r", "?", "c"):
            await press(pilot, keys)
            await another_screen(pilot)
            expect_sound(pilot.app)
            await press(pilot, "escape")
            await annotating(pilot)
            expect_sound(pilot.app)
    assert documents.get(database, document.id).text == document.text
    assert verify(database) == ()


async def test_a_comment_full_of_codes_is_shown_safely(session):
    async with running(session) as pilot:
        pilot.app.screen.editor.queueing.comment("".join(HOSTILE.values()))
        await press(pilot, "c")
        await shows(pilot, "Comment")
        assert raw_codes(pilot.app) == []


# -- sizes ------------------------------------------------------------------------------------


async def test_a_terminal_of_any_size_is_filled_exactly_and_back_again(session):
    async with running(session) as pilot:
        await press(pilot, "j", "j")
        before = await at_rest(pilot)
        for size in ((1, 1), (300, 80), (2, 40), (20, 3), (60, 2), (100, 36), (99, 35), (80, 24)):
            await pilot.resize_terminal(*size)
            assert len(await at_rest(pilot)) == size[1]
            expect_sound(pilot.app)
        assert await at_rest(pilot) == before


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (12, 5), (300, 80)])
async def test_keys_work_at_any_size(session, size):
    async with running(session, size) as pilot:
        await press(pilot, *"aajzRv1", "escape", "e", "a", "escape", "pagedown", "up", "end", "\\")
        expect_sound(pilot.app)
        for key in "r?c":
            await press(pilot, key)
            await another_screen(pilot)
            expect_sound(pilot.app)
            await press(pilot, "escape")
            await annotating(pilot)
        assert len(session.state.decisions) >= 2
