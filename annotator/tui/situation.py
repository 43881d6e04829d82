"""What the status line says in each mode: which keys matter now."""

from __future__ import annotations

from annotator.actions import Mode, keymap, shown_key
from annotator.model.event import Event
from annotator.text.pictures import pictured
from annotator.tui.editing.editor import Editor
from annotator.tui.panels import Situation

Keys = dict[str, tuple[str, ...]]
Hints = tuple[tuple[str, str], ...]
"""Keys, and a word or two on what they do."""

_HINTS: dict[Mode, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Mode.NORMAL: (
        ("accept", ("accept",)),
        ("reject", ("reject",)),
        ("next", ("next",)),
        ("edges", ("start-left", "start-right", "end-left", "end-right")),
        ("new", ("select",)),
        ("event", ("event",)),
        ("roles", ("link",)),
        ("undo", ("undo",)),
        ("all+next", ("finish",)),
        ("help", ("help",)),
        ("quit", ("quit",)),
    ),
    Mode.SELECT: (
        ("fewer", ("left",)),
        ("more", ("right",)),
        ("by name", ("select-label",)),
        ("event", ("event",)),
        ("cancel", ("cancel",)),
        ("jump", ("jump",)),
        ("anew", ("select-anew",)),
        ("add to span", ("add-piece",)),
        ("cut out", ("cut-piece",)),
    ),
    Mode.EVENT: (("cancel", ("cancel",)),),
    Mode.LINK: (("take back", ("unlink",)), ("done", ("link-done",))),
    Mode.COPY: (("by name", ("pick-label",)), ("cancel", ("cancel",))),
    Mode.JUMP: (("stay", ("jump-cancel",)),),
    Mode.OCCURRENCES: (
        ("none", ("occurrences-none",)),
        ("go on", ("occurrences-next", "occurrences-previous")),
        ("leave out", ("occurrences-refuse",)),
        ("suggest in other documents", ("occurrences-everywhere",)),
    ),
    Mode.FIND: (
        ("stay here", ("find-keep",)),
        ("go on", ("find-forward", "find-backward")),
        ("cancel", ("find-cancel",)),
    ),
}
"""A word, and the actions whose keys stand before it."""


def situation_of(editor: Editor, keys: Keys, saved: str) -> Situation:
    """The status line of an editor whose keys may be the user's own."""
    hints = _hints(editor.mode, keys)
    if editor.mode in (Mode.EVENT, Mode.COPY):
        return Situation(editor.mode.value, (*_names(editor), *hints), "", editor.message)
    if editor.mode is Mode.LINK:
        role = editor.linking.role or "the role that fits"
        hints = (("letter", f"fills {role}"), ("1-9", "a certain role"), *hints)
    elif editor.mode is Mode.JUMP:
        hints = (("letters", "jump to their word"), *hints)
    elif editor.mode is Mode.OCCURRENCES:
        hints = (*_taking(editor, keys), *hints)
    elif editor.mode is Mode.FIND:
        number, count = editor.finding.position
        hints = ((f"/{pictured(editor.finding.words)}▏", f"{number}/{count}"), *hints)
    elif editor.mode is Mode.SELECT:
        hints = (("1-9", "label"), *hints)
    else:
        hints = (*hints[:2], ("1-9", "label"), *hints[2:])
    return Situation(editor.mode.value, hints, saved, editor.message)


def key_of(action_id: str, mode: Mode, keys: Keys) -> str:
    """The first key of an action as people write it; empty where it has none in the mode."""
    found = (key for key, mapped in keymap(mode, keys).items() if mapped == action_id)
    return shown_key(next(found, ""))


def _hints(mode: Mode, keys: Keys) -> Hints:
    found = {action_id: key for key, action_id in reversed(keymap(mode, keys).items())}
    return tuple(
        ("".join(shown_key(found[action_id]) for action_id in ids if action_id in found), word)
        for word, ids in _HINTS[mode]
    )


def _names(editor: Editor) -> Hints:
    """The keys of what can be chosen now: event types, or the labels of a duplicate."""
    if editor.mode is Mode.EVENT or isinstance(editor.item, Event):
        return tuple((event.key, event.name) for event in editor.scheme.events)
    return tuple(editor.label_keys().items())


def _taking(editor: Editor, keys: Keys) -> Hints:
    number, count = editor.occurrences.position
    key = key_of("occurrences-take", Mode.OCCURRENCES, keys)
    taken = len(editor.occurrences.taken)
    return ((f"{number}/{count}", "places"), (key, f"marks {taken}")) if count else ()
