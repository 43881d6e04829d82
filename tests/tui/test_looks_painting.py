"""Shape and weight say what colour says, and nothing is drawn over anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.color import Color

from annotator.model.scheme import Scheme
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.focus import Focus
from annotator.tui.page.frame import draw_roles, roles_in
from annotator.tui.page.glyphs import AsciiGlyphs
from annotator.tui.page.lanes import laned
from annotator.tui.page.marks import Mark, Status
from annotator.tui.page.page import Density, Page
from annotator.tui.page.painter import Painter
from annotator.tui.page.rows import wrap
from annotator.tui.theme import THEMES, Palette

FLAT = Palette(Scheme("none"), THEMES["ansi"])
INK = Palette(Scheme("none"), THEMES["ink"])
WORDS = "one two three four five six seven eight nine ten eleven twelve"


def mark(item_id, words, label="ORG", status=Status.SUGGESTED, text=WORDS, **more):
    ranges = tuple((text.index(w), text.index(w) + len(w)) for w in words.split("|"))
    return Mark(item_id, ranges, label, status, **more)


def painted(marks, focus=None, palette=FLAT, width=80, density=Density.ROOMY, text=WORDS):
    """The strips of every row, each with its text, one list for the whole page."""
    page = Page(text, width, marks, density=density, show_rejected=True)
    painter = Painter(page, palette, (0, 0))
    return [
        strip
        for row in range(len(page.rows))
        for strip in painter.strips(row, focus or Focus(), width + 4)
    ]


def shown(strips):
    return ["".join(segment.text for segment in strip)[4:].rstrip() for strip in strips]


def style_of(strip, words):
    found = [segment.style for segment in strip if words in segment.text]
    assert found, words
    return found[0] or Style()


@pytest.mark.parametrize("palette", [FLAT, INK], ids=["flat", "ink"])
@pytest.mark.parametrize("density", Density)
def test_accepted_suggested_and_rejected_are_told_apart_without_colour(palette, density):
    looks = set()
    for status in Status:
        strips = painted([mark("a", "three four", status=status)], None, palette, density=density)
        letters = style_of(strips[0], "three")
        below = shown(strips)[1:2]
        looks.add((letters.underline, letters.italic, letters.strike, letters.bold, *below))
    assert len(looks) == len(Status)


DISAGREEMENT = """\
one two three four five six seven eight nine ten eleven twelve
╚≠ORG═╝       ╰ORG────╯     ╰ORG╌╌╌╌╌╌╯      ╰✗ORG····╯"""
ON_THE_CURRENT = """\
one two three four five six seven eight nine ten eleven twelve
 ≠ORG ╝       ╰ORG────╯     ╰ORG╌╌╌╌╌╌╯      ╰✗ORG····╯"""
IN_ASCII = """\
one two three four five six seven eight nine ten eleven twelve
\\#ORG#/       \\ORG____/     \\ORG....../      \\xORG..../"""


def of_every_status():
    found = {
        Status.DISAGREEING: "one two",
        Status.ACCEPTED: "four five",
        Status.SUGGESTED: "seven eight",
        Status.REJECTED: "ten eleven",
    }
    return [mark(words, words, status=status) for status, words in found.items()]


@pytest.mark.parametrize("palette", [FLAT, INK], ids=["flat", "ink"])
def test_what_annotators_disagree_on_has_a_doubled_bracket_and_a_sign(palette):
    strips = painted(of_every_status(), palette=palette)
    assert "\n".join(shown(strips)) == DISAGREEMENT
    plain = [strip.apply_filter(AsciiGlyphs(), Color(0, 0, 0)) for strip in strips]
    assert "\n".join(shown(plain)) == IN_ASCII
    current = painted(of_every_status(), Focus(current="one two"), palette)
    assert "\n".join(shown(current)) == ON_THE_CURRENT


def test_the_current_item_is_filled_and_heavy():
    strips = painted([mark("a", "three four")], Focus(current="a"))
    assert " ORG ╍╍╍╍┛" in shown(strips)[1]
    assert style_of(strips[1], "ORG").reverse


def test_a_short_mark_has_its_corner_under_its_first_letter_and_its_whole_label():
    lines = shown(painted([mark("a", "one", "CARDINAL"), mark("b", "four", "PERSON")]))
    assert lines[1].startswith("╰CARDINAL")
    assert lines[1].index("╰PERSON") == WORDS.index("four")


def test_a_label_that_would_run_off_the_row_ends_with_its_mark():
    lines = shown(painted([mark("a", "twelve", "ORGANIZATION")], width=len(WORDS)))
    assert lines[1].endswith("ORGANIZATION╯")
    assert len(lines[1]) == len(WORDS)


def test_a_discontinuous_mark_is_joined_within_a_row_and_across_rows():
    joined = shown(painted([mark("a", "three|six", "X")]))[1]
    assert joined.strip() == "╰X╌╌╯" + "┈" * len(" four five ") + "╰╌╯"
    across = shown(painted([mark("a", "two|ten", "X")], width=20))
    assert across[1] == "    ╰X╯" + "┈" * 13
    assert across[4] == "┈┈┈┈┈╰X╯"


def test_the_blank_at_which_a_row_breaks_has_neither_tint_nor_bracket():
    strips = painted([mark("a", "three four", status=Status.ACCEPTED)], width=14)
    assert not style_of(strips[0], "three").underline or "three " not in shown(strips)[0]
    assert shown(strips)[1] == "        ╰ORG─"


def test_a_blank_line_is_left_out_where_a_line_for_roles_parts_paragraphs():
    text = "one two\n\nthree"
    event = mark("e", "one", "Act", text=text, is_trigger=True, arguments=(("Agent", "a"),))
    filler = mark("a", "two", text=text)
    assert shown(painted([event, filler], text=text))[-2:] == ["", "three"]
    assert shown(painted([filler], text=text))[-2:] == ["", "three"]
    assert Page(text, 80, [event, filler]).height(1) == 0
    assert Page(text, 80, [filler]).height(1) == 1


@given(
    st.lists(st.tuples(st.integers(0, 11), st.text("abcdefgh", min_size=1, max_size=14)),
             min_size=1, max_size=9),
    st.integers(1, 90),
)  # fmt: skip
def test_no_role_covers_another_however_many_there_are(fillers, width):
    words = WORDS.split()
    roles = {f"f{index}": role for index, (_, role) in enumerate(fillers)}
    arguments = tuple((role, item_id) for item_id, role in roles.items())
    event = mark("e", "six", "Act", is_trigger=True, arguments=arguments)
    marks = [event, *(mark(f"f{i}", words[at]) for i, (at, _) in enumerate(fillers))]
    row = wrap(WORDS, 200)[0]
    pieces = [piece for piece in laned(row, marks, 200) if piece.begins]
    lanes = [Canvas(width, Style()) for _ in range(max(p.lane for p in pieces) + 2)]
    draw_roles(lanes, pieces, roles_in(event), FLAT, rail=False)
    bus = "".join(segment.text for segment in lanes[-1].strip())
    assert len(bus) == width
    if width < 90:
        return
    assert bus.count("▲") == len({*roles})
    assert bus.count("◆") == 1
    parts = [part.strip("─ ") for part in bus.replace("◆", "▲").split("▲")]
    for part in filter(None, parts):
        for piece in filter(None, (each.strip(" ") for each in part.split("─"))):
            kept = piece.removesuffix("…")
            assert any(role.startswith(kept) for role in roles.values())


def test_a_role_at_the_right_edge_stands_before_its_arrow():
    event = mark("e", "one", "Act", is_trigger=True, arguments=(("Participant", "a"),))
    lines = shown(painted([event, mark("a", "twelve")], Focus(event="e"), width=len(WORDS)))
    assert "Participant▲" in lines[-1]


def test_compact_rows_show_the_role_in_the_place_of_the_label():
    event = mark("e", "one", "Act", is_trigger=True, arguments=(("Agent", "a"),))
    lines = shown(
        painted([event, mark("a", "three four")], Focus(event="e"), density=Density.COMPACT)
    )
    assert "╰Agent" in lines[1]
    assert "ORG" not in "".join(lines)


@pytest.mark.parametrize(
    "text",
    ["北京 警方 one", "दिल्ली में one", "القاهرة في one", "👩‍👩‍👧 👍🏽 🇫🇷 one", "e\u0301e\u0301 one"],
)
def test_a_bracket_begins_and_ends_under_its_word_in_every_script(text):
    lines = shown(painted([mark("a", "one", "X", text=text)], text=text))
    row = wrap(text, 80)[0]
    assert lines[1] == " " * row.column(text.index("one")) + "╰X╯"
