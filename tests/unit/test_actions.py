"""The table of actions: keys, help, and something behind every line."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.keys import _character_to_key

from annotator.actions import (
    ACTIONS,
    LABEL_KEYS,
    PRESETS,
    Mode,
    action,
    clashes,
    key_of,
    keymap,
    shown_key,
)
from annotator.tui.adjudication.cursor import AdjudicationCursor
from annotator.tui.editing.deciding import Deciding
from annotator.tui.editing.edges import Edges
from annotator.tui.editing.finding import Finding
from annotator.tui.editing.jumping import Jumping
from annotator.tui.editing.linking import Linking
from annotator.tui.editing.making import Making
from annotator.tui.editing.moving import Moving
from annotator.tui.editing.occurrences import Occurrences
from annotator.tui.editing.queueing import Queueing
from annotator.tui.editing.shaping import Shaping
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.annotate import AnnotateScreen

PARTS = (Deciding, Edges, Finding, Jumping, Linking, Making, Moving, Occurrences, Queueing, Shaping)
BY_ID = {each.id: each for each in ACTIONS}


def test_no_two_actions_of_a_mode_share_a_key():
    assert list(clashes({})) == []


@pytest.mark.parametrize("name", PRESETS)
def test_no_two_actions_of_a_mode_share_a_key_in_a_preset(name):
    assert list(clashes(PRESETS[name])) == []


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_gives_known_actions_keys_and_keeps_the_ways_out(name):
    assert PRESETS[name].keys() <= BY_ID.keys()
    for mode in Mode:
        mapped = keymap(mode, PRESETS[name])
        assert set(mapped.values()) == {each.id for each in ACTIONS if mode in each.modes}
        assert mapped.get("escape") == keymap(mode).get("escape")
        assert mode is not Mode.NORMAL or not mapped.keys() & set(LABEL_KEYS)


@pytest.mark.parametrize("name", PRESETS)
def test_keys_hold_in_every_terminal(name):
    keys = {key for mode in Mode for key in keymap(mode, PRESETS[name])}
    lost = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+enter", "shift+enter", "ctrl+b", "ctrl+w"}
    assert not keys & lost
    assert [key for key in keys if "alt+" in key] == []


def test_with_the_arrow_preset_a_document_is_reviewed_without_letters():
    mapped = keymap(Mode.NORMAL, PRESETS["arrows"])
    without_letters = {action for key, action in mapped.items() if len(key) > 1}
    assert without_letters >= {
        "accept", "reject", "next", "previous", "start-left", "start-right", "end-left",
        "end-right", "left", "right", "up", "down", "select", "pick-label", "event", "link",
        "undo", "redo", "finish", "jump",
    }  # fmt: skip


@pytest.mark.parametrize("mode", Mode)
def test_every_key_of_a_mode_is_listed_once(mode):
    keys = Counter(key for each in ACTIONS if mode in each.modes for key in each.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert keymap(mode).keys() == keys.keys()


def methods(owner, prefix):
    return {name.removeprefix(prefix) for name in dir(owner) if name.startswith(prefix)}


def test_every_action_is_done_by_one_part_of_the_editor_or_else_by_the_screen():
    done = Counter(name for part in PARTS for name in methods(part, "do_"))
    done.update(methods(AnnotateScreen, "_do_"))
    annotating = (each for each in ACTIONS if each.modes != (Mode.ADJUDICATE,))
    assert done == Counter(each.id.replace("-", "_") for each in annotating)


def test_every_action_of_adjudication_is_done_by_its_screen():
    done = methods(AdjudicationCursor, "do_") | methods(AdjudicateScreen, "_do_")
    assert not methods(AdjudicationCursor, "do_") & methods(AdjudicateScreen, "_do_")
    mapped = {each.id for each in ACTIONS if Mode.ADJUDICATE in each.modes}
    letters = {f"take-{letter}" for letter in "abcdefghi"}
    words = {"take-both", "take-neither"}
    assert letters | words <= mapped
    assert done == {name.replace("-", "_") for name in mapped - letters - words}


def test_ids_are_unique_and_find_their_action():
    assert len(BY_ID) == len(ACTIONS)
    assert all(action(each.id) is each for each in ACTIONS)
    with pytest.raises(KeyError):
        action("nothing")


@pytest.mark.parametrize("each", ACTIONS, ids=lambda each: each.id)
def test_the_help_of_an_action_is_one_sentence_and_its_title_is_short(each):
    assert each.help.endswith(".")
    assert each.help.count(".") == 1
    assert each.help[0].isupper()
    assert 0 < len(each.title.split()) <= 3
    assert each.group
    assert each.keys
    assert each.modes


def test_no_action_has_a_key_that_gives_a_label():
    for mode in (Mode.NORMAL, Mode.SELECT):
        assert not keymap(mode).keys() & set(LABEL_KEYS)


def test_every_mode_can_be_left_with_escape_and_so_can_a_search():
    ways_out = {mode: keymap(mode).get("escape") for mode in Mode}
    assert ways_out == {
        Mode.NORMAL: "find-end",
        Mode.FIND: "find-cancel",
        Mode.SELECT: "cancel",
        Mode.EVENT: "cancel",
        Mode.LINK: "cancel",
        Mode.COPY: "cancel",
        Mode.JUMP: "jump-cancel",
        Mode.OCCURRENCES: "occurrences-none",
        Mode.ADJUDICATE: "stop-here",
    }


def test_the_key_of_a_character_has_the_name_that_the_screen_hears():
    shown = [chr(code) for code in (*range(0x20, 0x7F), 0xE9, 0xDF, 0x20AC, 0x4E2D)]
    assert [key_of(each) for each in shown] == [_character_to_key(each) for each in shown]


def test_changed_keys_take_the_place_of_an_actions_own():
    mapped = keymap(Mode.NORMAL, {"accept": ("f2",)})
    assert mapped["f2"] == "accept"
    assert "a" not in mapped


def test_a_key_given_to_two_actions_of_one_mode_is_a_clash():
    assert list(clashes({"reject": ("a",)})) == [("a", "accept", "reject")]


def test_a_key_may_mean_different_things_in_different_modes():
    assert list(clashes({"link-done": ("x",)})) == []


@pytest.mark.parametrize(
    ("key", "shown"),
    [("a", "a"), ("full_stop", "."), ("shift+left", "Shift+←"), ("ctrl+z", "Ctrl+z")],
)
def test_keys_are_shown_as_people_write_them(key, shown):
    assert shown_key(key) == shown
