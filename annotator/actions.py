"""Every action of the screens: one table for keys, help, command palette and docs.

Plain data, so that a key can be checked without a screen. Keys are Textual's names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Mode(StrEnum):
    """What the keys mean at the moment."""

    NORMAL = "normal"
    SELECT = "select"
    EVENT = "event"
    LINK = "link"
    COPY = "copy"
    JUMP = "jump"
    OCCURRENCES = "occurrences"
    FIND = "find"
    ADJUDICATE = "adjudicate"
    """The one mode of the adjudicate screen; the others are the annotate screen's."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does."""

    id: str
    keys: tuple[str, ...]
    title: str
    """Two or three words, for the status line and the palette."""
    help: str
    """One sentence, for the help page and the docs."""
    group: str
    modes: tuple[Mode, ...] = (Mode.NORMAL,)


_N = (Mode.NORMAL,)
_MOVING = (Mode.NORMAL, Mode.SELECT)
_S = (Mode.SELECT,)
_L = (Mode.LINK,)
_O = (Mode.OCCURRENCES,)
_F = (Mode.FIND,)
_A = (Mode.ADJUDICATE,)
_BOTH = (Mode.NORMAL, Mode.ADJUDICATE)
_MOVING_ANYWHERE = (*_MOVING, Mode.ADJUDICATE)

_VOICES = (
    ("A", ("a", "1")), ("B", ("b", "2")), ("C", ("c", "3")), ("D", ("d", "4")), ("E", ("5",)),
    ("F", ("6",)), ("G", ("7",)), ("H", ("8",)), ("I", ("9",)),
)  # fmt: skip
"""The annotators of a document, and the keys that take what each says."""

ACTIONS: tuple[Action, ...] = (
    # decide
    Action("accept", ("a", "enter"), "accept", "Accept it and go to the next undecided.", "Decide"),
    Action("reject", ("x",), "reject", "Reject it, or take out what is there.", "Decide"),
    Action("accept-sentence", ("A",), "accept sentence",
           "Accept everything undecided in this sentence.", "Decide"),
    Action("accept-paragraph", ("P",), "accept paragraph",
           "Accept everything undecided in this paragraph.", "Decide"),
    Action("accept-document", ("Y",), "accept document",
           "Accept everything undecided, and stay here.", "Decide"),
    Action("pick-label", ("r", "semicolon"), "label…", "Choose a label by typing.", "Decide",
           (Mode.NORMAL, Mode.EVENT, Mode.COPY)),
    Action("undo", ("u", "ctrl+z"), "undo", "Take the last change back, in any document.", "Decide",
           _MOVING_ANYWHERE),
    Action("redo", ("U", "ctrl+y"), "redo", "Do it again.", "Decide",
           _MOVING_ANYWHERE),
    # edges
    Action("start-left", ("s", "ctrl+left"), "left edge ←", "Move the left edge out.", "Edges"),
    Action("start-right", ("d", "ctrl+right"), "left edge →", "Move the left edge in.", "Edges"),
    Action("end-left", ("f",), "right edge ←", "Move the right edge in.", "Edges"),
    Action("end-right", ("g",), "right edge →", "Move the right edge out.", "Edges"),
    Action("start-left-character", ("S",), "left edge ←",
           "Move the left edge out by a character.", "Edges"),
    Action("start-right-character", ("E",), "left edge →",
           "Move the left edge in by a character.", "Edges"),
    Action("end-left-character", ("F",), "right edge ←",
           "Move the right edge in by a character.", "Edges"),
    Action("end-right-character", ("G",), "right edge →",
           "Move the right edge out by a character.", "Edges"),
    Action("by-character", ("i",), "edges by character",
           "Let edges move by characters only, or by words again.", "Edges"),
    Action("snap", ("I",), "to whole words", "Widen the span to whole words.", "Edges"),
    Action("to-punctuation", ("comma",), "to punctuation",
           "Move the right edge to before the next punctuation.", "Edges"),
    # shape
    Action("split", ("H",), "split", "Split the span before the word under the cursor.", "Shape"),
    Action("merge", ("M",), "merge",
           "Join it with the next of its label in this sentence.", "Shape"),
    Action("duplicate", ("C",), "duplicate…",
           "Put another label on the same words: then its key.", "Shape"),
    Action("add-piece", ("a",), "add to span",
           "Add the selected words to the span you came from.", "Shape", _S),
    Action("cut-piece", ("x",), "cut out",
           "Take the selected words out of the span you came from.", "Shape", _S),
    Action("select-anew", ("v", "space"), "select from here",
           "Begin the selection anew, here.", "Shape", _S),
    Action("occurrences", ("o",), "all occurrences",
           "Show the same words elsewhere, to mark them alike.", "Shape"),
    Action("occurrences-next", ("n", "j", "tab", "down", "right"), "next place",
           "Go to the next place of the words.", "Shape", _O),
    Action("occurrences-previous", ("N", "k", "shift+tab", "up", "left"), "previous place",
           "Go to the place of the words before.", "Shape", _O),
    Action("occurrences-refuse", ("x",), "leave out",
           "Leave this place out, or take it in again.", "Shape", _O),
    Action("occurrences-take", ("enter", "a"), "mark them",
           "Mark every place that was not left out, as one change.", "Shape", _O),
    Action("occurrences-everywhere", ("o",), "other documents",
           "Suggest the same in all other documents.", "Shape", _O),
    Action("occurrences-none", ("escape",), "none", "Mark none of them.", "Shape", _O),
    # move
    Action("next", ("j", "tab"), "next", "Go to the next undecided.", "Move"),
    Action("previous", ("k", "shift+tab"), "previous", "Go to the previous undecided.", "Move"),
    Action("next-item", ("J",), "next span", "Go to the next span, decided or not.", "Move"),
    Action("previous-item", ("K",), "previous span", "Go to the previous span.", "Move"),
    Action("other-item", ("full_stop",), "span here", "Go to another span on this word.", "Move"),
    Action("left", ("h", "left"), "word left", "Move the cursor one word back.", "Move", _MOVING),
    Action("right", ("l", "right"), "word right", "Move the cursor one word on.", "Move", _MOVING),
    Action("up", ("up",), "line up", "Move the cursor one line up.", "Move", _MOVING),
    Action("down", ("down",), "line down", "Move the cursor one line down.", "Move", _MOVING),
    Action("back", ("b",), "five back", "Move the cursor five words back.", "Move", _MOVING),
    Action("forward", ("w",), "five on", "Move the cursor five words on.", "Move", _MOVING),
    Action("page-up", ("pageup",), "page up", "Move one screen up.", "Move",
           _MOVING_ANYWHERE),
    Action("page-down", ("pagedown",), "page down", "Move one screen down.", "Move",
           _MOVING_ANYWHERE),
    Action("top", ("home",), "top", "Go to the first word.", "Move", _MOVING),
    Action("bottom", ("end",), "bottom", "Go to the last word.", "Move", _MOVING),
    Action("jump", ("apostrophe", "m"), "jump", "Jump to a word by the letters that show on it.",
           "Move", _MOVING),
    Action("jump-cancel", ("escape",), "stay", "Stay where you are.", "Move", (Mode.JUMP,)),
    # find
    Action("find", ("slash",), "find", "Find words in the text.", "Find"),
    Action("find-next", ("n",), "next place", "Go to the next place of the words.", "Find"),
    Action("find-previous", ("N",), "previous place", "Go to the place of the words before.",
           "Find"),
    Action("find-end", ("escape",), "end search", "Show the places of the words no more.", "Find"),
    Action("find-keep", ("enter",), "stay here", "Stay here; the places stay marked.", "Find", _F),
    Action("find-forward", ("down", "tab"), "next place", "Go to the next place of the words.",
           "Find", _F),
    Action("find-backward", ("up", "shift+tab"), "previous place",
           "Go to the place of the words before.", "Find", _F),
    Action("find-erase", ("backspace",), "erase", "Take the last character back.", "Find", _F),
    Action("find-clear", ("ctrl+u",), "erase all", "Take all characters back.", "Find", _F),
    Action("find-cancel", ("escape",), "cancel", "Go back to where you were.", "Find", _F),
    # create
    Action("select", ("v", "space"), "new span", "Begin a new span at the cursor.", "Create"),
    Action("extend-left", ("shift+left",), "select left", "Select words to the left.", "Create",
           _MOVING),
    Action("extend-right", ("shift+right",), "select right", "Select words to the right.",
           "Create", _MOVING),
    Action("cancel", ("escape",), "cancel", "Leave it as it was.", "Create",
           (Mode.SELECT, Mode.EVENT, Mode.LINK, Mode.COPY)),
    Action("select-label", ("enter", "r", "semicolon"), "label…",
           "Choose the new span's label by typing.", "Create", _S),
    Action("event", ("e",), "event…", "Make an event of it: then the key of its type.", "Events",
           _MOVING),
    Action("link", ("t",), "arguments", "Fill the event's roles: letters mark what fits.",
           "Events"),
    Action("unlink", ("backspace",), "last argument out", "Take the last argument out again.",
           "Events", _L),
    Action("link-done", ("enter", "t"), "done", "Leave the event as it is now.", "Events", _L),
    # document
    Action("finish", ("D",), "all + next", "Accept the rest, mark as done, go to the next.",
           "Document"),
    Action("next-document", ("greater_than_sign",), "next document", "Go to the next document.",
           "Document", _BOTH),
    Action("previous-document", ("less_than_sign",), "previous document",
           "Go to the previous document.", "Document", _BOTH),
    Action("comment", ("c",), "comment", "Write a comment on the span or the document.",
           "Document"),
    Action("flag", ("exclamation_mark",), "flag", "Flag the document, or take the flag off.",
           "Document"),
    Action("skip", ("p",), "skip", "Put the document off as skipped and go to the next.",
           "Document"),
    Action("done", ("V",), "done or not",
           "Mark the document as done or not done, and leave the rest as it is.", "Document"),
    Action("documents", ("O", "ctrl+o"), "documents…",
           "List the documents, to search, sort, filter and open them.", "Document"),
    Action("all-documents", ("Q",), "all documents",
           "Go through all documents again, no longer through a part of them.", "Document"),
    Action("history", ("Z",), "history…",
           "Show every change and every comment, to go there.", "Document"),
    Action("agreement", ("percent_sign",), "agreement…",
           "Show how far annotators agree, and the spans in which they do not.", "Document"),
    # adjudicate
    *(Action(f"take-{letter.lower()}", keys, letter, f"Take it as {letter} has it.",
             "Adjudicate", _A) for letter, keys in _VOICES),
    Action("take-both", ("equals_sign",), "both", "Take every version.", "Adjudicate", _A),
    Action("take-neither", ("x",), "neither", "Take no version; that is an answer too.",
           "Adjudicate", _A),
    Action("stop-edit", ("e", "enter"), "edit", "Put it right by hand in the gold set.",
           "Adjudicate", _A),
    Action("stop-reopen", ("r",), "ask anew", "Make it an open difference again.", "Adjudicate",
           _A),
    Action("stop-next", ("n", "j", "tab", "down", "right"), "next", "Go to the next difference.",
           "Adjudicate", _A),
    Action("stop-previous", ("N", "k", "shift+tab", "up", "left"), "previous",
           "Go to the difference before.", "Adjudicate", _A),
    Action("stop-here", ("escape",), "back here", "Show the difference again after scrolling.",
           "Adjudicate", _A),
    Action("stop-majority", ("M",), "by majority",
           "Settle what is open here as more than half have it.", "Adjudicate", _A),
    Action("stop-all-but-one", ("B",), "all but one",
           "Settle what is open here as all but one have it.", "Adjudicate", _A),
    Action("stop-finish", ("D",), "done + next", "Go to the next document with differences.",
           "Adjudicate", _A),
    Action("stop-kind", ("f",), "kind only", "Visit one kind of difference only, then the next.",
           "Adjudicate", _A),
    Action("stop-label", ("l",), "label only", "Visit this label or type only, or all again.",
           "Adjudicate", _A),
    Action("stop-alone", ("w",), "who differs", "Visit only where one annotator is alone.",
           "Adjudicate", _A),
    Action("stop-names", ("A",), "names", "Show names, or letters only.", "Adjudicate", _A),
    # view
    Action("panel", ("backslash",), "side panel", "Show or hide the side panel.", "View", _BOTH),
    Action("filter-spans", ("L",), "filter list",
           "Narrow the list of spans to a label, a status or words.", "View"),
    Action("density", ("z",), "density", "Roomy, compact, or marks in the text only.", "View",
           _BOTH),
    Action("rejected", ("R",), "show rejected", "Show or hide what was rejected.", "View"),
    Action("theme", ("T",), "other colours", "Change between dark, light and other themes.",
           "View", _BOTH),
    Action("palette", ("ctrl+p", "colon"), "commands…",
           "Find an action, a label or a document by its name.", "View"),
    Action("help", ("question_mark", "f1"), "help", "Show the keys and the label's guideline.",
           "View", _BOTH),
    Action("redraw", ("ctrl+l",), "draw anew", "Send the whole screen again, where another program "
           "wrote over it.", "View", _BOTH),
    Action("quit", ("q", "ctrl+q"), "quit", "Leave; everything is saved already.", "View", _BOTH),
)  # fmt: skip

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {},
    "vim": {
        "next": ("tab", "right_square_bracket"),
        "previous": ("shift+tab", "left_square_bracket"),
        "next-item": ("J",),
        "previous-item": ("K",),
        "left": ("h", "b", "left"),
        "right": ("l", "w", "right"),
        "up": ("k", "up"),
        "down": ("j", "down"),
        "back": ("B",),
        "forward": ("W",),
        "page-up": ("ctrl+u", "pageup"),
        "page-down": ("ctrl+d", "ctrl+f", "pagedown"),
        "occurrences": ("asterisk", "o"),
        "redo": ("ctrl+r", "U"),
    },
    "arrows": {
        "accept": ("enter", "a"),
        "reject": ("delete", "backspace", "x"),
        "next": ("down", "tab", "j"),
        "previous": ("up", "shift+tab", "k"),
        "next-item": ("ctrl+down", "J"),
        "previous-item": ("ctrl+up", "K"),
        "up": ("shift+up",),
        "down": ("shift+down",),
        "start-left": ("ctrl+left", "s"),
        "start-right": ("ctrl+right", "d"),
        "end-left": ("shift+left", "f"),
        "end-right": ("shift+right", "g"),
        "extend-left": ("ctrl+shift+left",),
        "extend-right": ("ctrl+shift+right",),
        "select": ("space", "v"),
        "pick-label": ("f2", "r", "semicolon"),
        "event": ("f3", "e"),
        "link": ("f4", "t"),
        "jump": ("f6", "apostrophe", "m"),
        "finish": ("f8", "D"),
    },
}
"""Names of whole sets of keys: the actions that have other keys there than their own."""

LABEL_KEYS = "1234567890"
"""The keys that give an entity label where the scheme names none."""
SPELLING = (Mode.EVENT, Mode.LINK, Mode.JUMP, Mode.FIND)
"""Modes in which letters and digits choose or are typed, and actions have other keys."""


def keymap(mode: Mode, changes: dict[str, tuple[str, ...]] | None = None) -> dict[str, str]:
    """Key to action id in a mode; `changes` gives an action other keys than its own.

    The same table comes back each time, so it must be left as it is.
    """
    return _keymap(mode, tuple((changes or {}).items()))


@lru_cache(maxsize=64)
def _keymap(mode: Mode, changes: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    changed = dict(changes)
    return {
        key: action.id
        for action in ACTIONS
        if mode in action.modes
        for key in changed.get(action.id, action.keys)
    }


def clashes(changes: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Each key that two actions of one mode claim: the key and both action ids."""
    for mode in Mode:
        taken: dict[str, str] = {}
        for action in (action for action in ACTIONS if mode in action.modes):
            for key in changes.get(action.id, action.keys):
                if taken.setdefault(key, action.id) != action.id:
                    yield key, taken[key], action.id


def action(action_id: str) -> Action:
    """The action of that id; raises KeyError."""
    return _BY_ID[action_id]


_BY_ID = {action.id: action for action in ACTIONS}

_SHOWN = {
    "semicolon": ";", "full_stop": ".", "greater_than_sign": ">", "less_than_sign": "<",
    "exclamation_mark": "!", "percent_sign": "%", "backslash": "\\", "question_mark": "?",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
    "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc",
    "enter": "Enter", "space": "Space", "tab": "Tab", "backspace": "Backspace", "home": "Home",
    "asterisk": "*", "delete": "Del", "end": "End", "minus": "-", "equals_sign": "=",
    "comma": ",", "apostrophe": "'", "slash": "/", "colon": ":", "left_square_bracket": "[",
    "right_square_bracket": "]",
}  # fmt: skip


_RENAMED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "plus_sign": "plus",
    "hyphen_minus": "minus", "low_line": "underscore",
}  # fmt: skip


def key_of(character: str) -> str:
    """The name of the key that types a character, as Textual has it: `,` is `comma`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


def shown_key(key: str) -> str:
    """A key as people write it: `shift+left` as `Shift+←`."""
    *modifiers, name = key.split("+")
    return "+".join([*(m.capitalize() for m in modifiers), _SHOWN.get(name, name)])
