"""What the status line says in each mode: which keys matter now."""

from __future__ import annotations

from annotator.actions import Mode, keymap, shown_key
from annotator.model.event import Event
from annotator.text.safe_text import pictured
from annotator.tui.editing.editor import Editor
from annotator.tui.panels.lines import Hint, Situation

Keys = dict[str, tuple[str, ...]]
Hints = tuple[Hint, ...]
Lines = tuple[tuple[str, tuple[str, ...]], ...]
"""A word, and the actions whose keys stand before it."""

_SHORT = {"accept": "yes", "reject": "no", "take back": "back"}
"""What is said in the place of a word on a narrow terminal."""
_EDGES = ("edges", ("start-left", "start-right", "end-left", "end-right"))
_NEXT, _CANCEL = ("next", ("next",)), ("cancel", ("cancel",))
_BY_NAME = ("by name", ("pick-label",))
_UNDECIDED: Lines = (("accept", ("accept",)), ("reject", ("reject",)))
_DECIDED: Lines = (_NEXT, ("take out", ("reject",)))
_AT_SPAN: Lines = (_EDGES, ("event", ("event",)))
_AT_EVENT: Lines = (("roles", ("link",)), _EDGES, ("type", ("event",)))
_NOWHERE: Lines = (("select", ("select",)), ("event", ("event",)), _NEXT)
_ALL_DECIDED: Lines = (("finish", ("finish",)),)

_HINTS: dict[Mode, Lines] = {
    Mode.NORMAL: (
        ("undo", ("undo",)),
        ("new", ("select",)),
        ("find", ("find",)),
        ("quit", ("quit",)),
    ),
    Mode.SELECT: (
        ("fewer", ("left",)),
        ("more", ("right",)),
        ("by name", ("select-label",)),
        ("event", ("event",)),
        ("jump", ("jump",)),
        ("anew", ("select-anew",)),
        ("add to span", ("add-piece",)),
        ("cut out", ("cut-piece",)),
    ),
    Mode.EVENT: (),
    Mode.LINK: (("take back", ("unlink",)),),
    Mode.COPY: (),
    Mode.JUMP: (),
    Mode.OCCURRENCES: (
        ("go on", ("occurrences-next", "occurrences-previous")),
        ("leave out", ("occurrences-refuse",)),
        ("suggest in other documents", ("occurrences-everywhere",)),
    ),
    Mode.FIND: (
        ("stay here", ("find-keep",)),
        ("go on", ("find-forward", "find-backward")),
    ),
    Mode.ADJUDICATE: (
        ("both", ("take-both",)),
        ("neither", ("take-neither",)),
        ("edit", ("stop-edit",)),
        ("go on", ("stop-next", "stop-previous")),
        ("next document", ("stop-finish",)),
        ("undo", ("undo",)),
        ("majority", ("stop-majority",)),
        ("quit", ("quit",)),
    ),
}
"""What there may be room for, the most important first."""
_ALWAYS: dict[Mode, Lines] = {
    Mode.NORMAL: (("help", ("help",)),),
    Mode.SELECT: (_CANCEL,),
    Mode.EVENT: (_BY_NAME, _CANCEL),
    Mode.LINK: (("done", ("link-done",)),),
    Mode.COPY: (_BY_NAME, _CANCEL),
    Mode.JUMP: (("stay", ("jump-cancel",)),),
    Mode.OCCURRENCES: (("none", ("occurrences-none",)),),
    Mode.FIND: (("cancel", ("find-cancel",)),),
    Mode.ADJUDICATE: (("help", ("help",)),),
}
"""What always has room."""


def situation_of(editor: Editor, keys: Keys, saved: str) -> Situation:
    """The status line of an editor whose keys may be the user's own."""
    mode = editor.mode
    by_character = mode is Mode.NORMAL and editor.edges.by_character
    return Situation(
        mode.value,
        _first(editor, keys) + _hints(mode, _HINTS[mode], keys),
        "" if mode in (Mode.EVENT, Mode.COPY) else saved,
        editor.message,
        always=_hints(mode, _ALWAYS[mode], keys),
        sign=f"{key_of('by-character', mode, keys)} by character" if by_character else "",
    )


def adjudicating(taking: Hints, keys: Keys, saved: str, message: str) -> Situation:
    """The status line of the adjudicate screen; `taking` are the keys of the versions."""
    mode = Mode.ADJUDICATE
    return Situation(
        "adjudicate",
        taking + _hints(mode, _HINTS[mode], keys),
        saved,
        message,
        always=_hints(mode, _ALWAYS[mode], keys),
    )


def key_of(action_id: str, mode: Mode, keys: Keys) -> str:
    """The first key of an action as people write it; empty where it has none in the mode."""
    found = (key for key, mapped in keymap(mode, keys).items() if mapped == action_id)
    return shown_key(next(found, ""))


def _first(editor: Editor, keys: Keys) -> Hints:
    """What matters most in a mode, as the document is now."""
    match editor.mode:
        case Mode.NORMAL:
            return _here(editor, keys)
        case Mode.EVENT | Mode.COPY:
            return _names(editor)
        case Mode.SELECT:
            return (_digits("select-label", Mode.SELECT, keys),)
        case Mode.LINK:
            role = editor.linking.role
            return (
                Hint(
                    "letter", f"fills {role or 'the role that fits'}", f"fills {role or 'a role'}"
                ),
                Hint("1-9", "a certain role", "role"),
            )
        case Mode.JUMP:
            return (Hint("letters", "jump to their word"),)
        case Mode.OCCURRENCES:
            return _taking(editor, keys)
        case Mode.ADJUDICATE:
            return ()  # the adjudicate screen's, which has no editor
        case Mode.FIND:
            number, count = editor.finding.position
            return (Hint(f"/{pictured(editor.finding.words)}▏", f"{number}/{count}"),)


def _here(editor: Editor, keys: Keys) -> Hints:
    """What can be done with what is under the cursor."""
    item, state = editor.item, editor.state
    is_waiting = not state.suggestions.keys() <= state.decisions.keys()
    finish = () if is_waiting else _hints(Mode.NORMAL, _ALL_DECIDED, keys)
    labels = _digits("pick-label", Mode.NORMAL, keys)
    if item is None:
        return (*finish, labels, *_hints(Mode.NORMAL, _NOWHERE, keys))
    decide = _UNDECIDED if state.is_undecided(item.id) else _DECIDED
    deciding = (*finish, *_hints(Mode.NORMAL, decide, keys))
    if isinstance(item, Event):
        return (*deciding, *_hints(Mode.NORMAL, _AT_EVENT, keys))
    return (*deciding, labels, *_hints(Mode.NORMAL, _AT_SPAN, keys))


def _digits(action_id: str, mode: Mode, keys: Keys) -> Hint:
    """The keys of labels; a click shows all labels."""
    pressed = (key for key, mapped in keymap(mode, keys).items() if mapped == action_id)
    return Hint("1-9", "label", press=next(pressed, ""))


def _hints(mode: Mode, lines: Lines, keys: Keys) -> Hints:
    mapped = keymap(mode, keys).items()
    if mode in (Mode.EVENT, Mode.COPY):  # where most letters are those of labels
        mapped = sorted(mapped, key=lambda pair: len(pair[0]) == 1)
    found = {action_id: key for key, action_id in reversed(mapped)}
    hints: list[Hint] = []
    for word, ids in lines:
        pressed = [found[action_id] for action_id in ids if action_id in found]
        if pressed:
            press = pressed[0] if len(ids) == 1 else ""
            hints.append(Hint("".join(map(shown_key, pressed)), word, _SHORT.get(word, ""), press))
    return tuple(hints)


def _names(editor: Editor) -> Hints:
    """The keys of what can be chosen now: event types, or the labels of a duplicate."""
    if editor.mode is Mode.EVENT or isinstance(editor.item, Event):
        return tuple(Hint(e.key, e.name, press=e.key) for e in editor.scheme.events)
    return tuple(Hint(key, name, press=key) for key, name in editor.label_keys().items())


def _taking(editor: Editor, keys: Keys) -> Hints:
    number, count = editor.occurrences.position
    key = key_of("occurrences-take", Mode.OCCURRENCES, keys)
    taken = len(editor.occurrences.taken)
    return (Hint(f"{number}/{count}", "places"), Hint(key, f"marks {taken}")) if count else ()
