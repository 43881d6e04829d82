"""A project's settings: `annotator.toml`, checked when it is read."""

from __future__ import annotations

import difflib
import getpass
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from annotator.actions import ACTIONS, PRESETS, SPELLING, Action, clashes
from annotator.errors import ConfigError
from annotator.shape import Misfit, ShapeError, shaped

_LIMIT = 1_000_000
_SAME = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter"}
"""Keys that terminals cannot tell from others."""
_NAMED_KEYS = frozenset(
    "enter escape tab space backspace delete insert up down left right home end pageup pagedown "
    "semicolon colon comma full_stop slash backslash question_mark exclamation_mark at "
    "number_sign dollar_sign percent_sign ampersand asterisk plus minus equals_sign underscore "
    "less_than_sign greater_than_sign left_square_bracket right_square_bracket "
    "left_curly_bracket right_curly_bracket left_parenthesis right_parenthesis vertical_line "
    "tilde grave_accent circumflex_accent apostrophe quotation_mark".split()
)

TEMPLATE = """\
# Settings of this project. What is not set here has its default.

# A label scheme: a name out of labels/, or the path of a .toml file.
scheme = "{scheme}"

# Who annotates when no --annotator is given; empty means the name you are logged in with.
annotator = ""

# The look: ink (dark), paper (light), ink-contrast, paper-contrast, or ansi (the terminal's own
# 16 colours). NO_COLOR in the environment is honoured.
theme = "ink"

# Lines and shapes: auto, or ascii for fonts that have no others.
glyphs = "auto"

# A set of keys: default, vim, or arrows (hardly any letters needed).
preset = "default"

# Other keys for actions (`annotator keys` lists both):
# [keys]
# accept = ["a", "enter"]
"""


@dataclass(frozen=True, slots=True)
class Config:
    """What `annotator.toml` may say."""

    scheme: str = "news-events"
    """A scheme's name in `labels/`, or the path of its file."""
    annotator: str = ""
    """The annotator when none is named; empty for the login name."""
    theme: Literal["ink", "paper", "ink-contrast", "paper-contrast", "ansi"] = "ink"
    """The colours at the start; a key changes them."""
    glyphs: Literal["auto", "ascii"] = "auto"
    """`ascii` where the terminal's font has no lines and shapes; else by the environment."""
    preset: Literal["default", "vim", "arrows"] = "default"
    """The set of keys that holds where `keys` says nothing."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Action id to the keys that it has instead of its own."""

    @property
    def keymap(self) -> dict[str, tuple[str, ...]]:
        """The preset's keys and the user's own, as `actions.keymap` takes them."""
        own = {action: tuple(map(_as_sent, keys)) for action, keys in self.keys.items()}
        return {**PRESETS[self.preset], **own}


def read(path: Path) -> Config:
    """The settings in a file, or the defaults where there is none; raises ConfigError."""
    if not path.exists():
        return Config()
    try:
        if path.stat().st_size > _LIMIT:
            raise ConfigError(f"{path.name} is larger than 1 MB.", "Is it the settings file?")
        text = path.read_bytes().decode("utf-8-sig")
        values: dict[str, Any] = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name} is not UTF-8.", "Save it as UTF-8.") from error
    except RecursionError as error:
        raise ConfigError(f"{path.name} is nested too deeply.") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f"{path.name}:{place[1]}" if place else path.name
        raise ConfigError(f"{where}: {error}.", "Mend that line.") from error
    try:
        config = shaped(Config, values)
    except ShapeError as error:
        raise _config_error(path, text, error.misfits[0]) from error
    _check_keys(path, text, config)
    return config


def key_line(path: Path, action_id: str) -> int:
    """The line of the settings at which an action gets its keys, 0 where there is none."""
    try:
        return _line(path.read_text(encoding="utf-8-sig"), action_id)
    except (OSError, UnicodeDecodeError):
        return 0


def login_name() -> str:
    """The name of whoever runs the program, `annotator` where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "annotator"


def _config_error(path: Path, text: str, misfit: Misfit) -> ConfigError:
    name = next(str(part) for part in reversed(misfit.place) if isinstance(part, str))
    near = difflib.get_close_matches(name, misfit.known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "See docs/guide.md."
    place = ".".join(str(part) for part in misfit.place)
    return ConfigError(f"{path.name}:{_line(text, name)}: {place}: {misfit.message}.", hint)


def _check_keys(path: Path, text: str, config: Config) -> None:
    known = {action.id: action for action in ACTIONS}
    for action_id, keys in config.keys.items():
        where = f"{path.name}:{_line(text, action_id)}: keys.{action_id}"
        if action_id not in known:
            near = difflib.get_close_matches(action_id, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "`annotator keys` lists the actions."
            raise ConfigError(f"{where}: there is no such action.", hint)
        for key in keys:
            if wrong := _key_fault(key):
                raise ConfigError(f"{where}: {key!r} {wrong[0]}.", wrong[1])
        _check_spelling(where, known[action_id], keys)
    for key, first, second in clashes(config.keymap):
        line = _line(text, second if second in config.keys else first)
        raise ConfigError(
            f"{path.name}:{line}: {key!r} would mean both {first} and {second}.",
            "Give one of them another key.",
        )


def _key_fault(key: str) -> tuple[str, str] | None:
    """What is wrong with a key, and what to do."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    is_character = len(name) == 1 and name.isalnum()
    is_named = name in _NAMED_KEYS or re.fullmatch(r"f([1-9]|1[0-2])", name) is not None
    if not (is_character or is_named) or not {*modifiers} <= {"ctrl", "shift", "alt"}:
        hint = 'Write a character such as "a", or a name such as "ctrl+s" or "pageup".'
        return "is not a key", hint
    if is_character and "shift" in modifiers:
        return "is sent as the character itself", f'Write "{name.upper()}".'
    if not modifiers and name.isdigit():
        return "gives a label or chooses a role", "Digits are not free for actions."
    if same := _SAME.get(key):
        return f"is the same as {same} in a terminal", f'Write "{same}", or choose another key.'
    return None


def _check_spelling(where: str, action: Action, keys: Iterable[str]) -> None:
    """Where letters are typed or choose something, an action needs a key that is no letter."""
    for mode in SPELLING:
        if mode in action.modes and all(len(key) == 1 for key in keys):
            raise ConfigError(
                f"{where}: in {mode.value} mode letters are what is chosen or typed.",
                'Add a key that is no letter, such as "enter" or "escape".',
            )


def _as_sent(key: str) -> str:
    """A key with its modifiers in the order in which Textual names them."""
    *modifiers, name = key.split("+")
    return "+".join([*sorted(modifiers), name])


def _line(text: str, name: str) -> int:
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(rf"""\s*\[?["']?{re.escape(name)}["']?\s*[=\].]""", line):
            return number
    return 1
