"""Settings of a project: what is wrong is named by file and line, with what to do about it."""

from __future__ import annotations

import pytest

from annotator import config
from annotator.actions import PRESETS
from annotator.config import Config
from annotator.errors import ConfigError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "annotator.toml"


def refusal(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.read(path)
    return caught.value


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_set_of_keys_that_the_users_own_come_before(path, name):
    path.write_text(f'preset = "{name}"\n[keys]\naccept = ["f11"]\n', encoding="utf-8")
    read = config.read(path)
    assert read.keymap == {**PRESETS[name], "accept": ("f11",)}


@pytest.mark.parametrize("name", PRESETS)
def test_every_key_of_a_preset_is_a_key(path, name):
    lines = (f"{action} = {list(keys)}".replace("'", '"') for action, keys in PRESETS[name].items())
    path.write_text("[keys]\n" + "\n".join(lines), encoding="utf-8")
    assert config.read(path).keymap == PRESETS[name]


def test_a_key_that_a_preset_gave_away_is_a_clash_with_the_users_own(path):
    error = refusal(path, 'preset = "vim"\n[keys]\naccept = ["j"]\n')
    assert error.message.startswith("annotator.toml:3")
    assert "'j' would mean both accept and down" in error.message


def test_a_missing_file_gives_the_defaults(path):
    assert config.read(path) == Config()


def test_a_good_file_says_scheme_annotator_and_keys(path):
    path.write_text(
        'scheme = "ace2005"\nannotator = "mia"\n[keys]\naccept = ["a", "ctrl+s"]\nquit = ["f10"]\n',
        encoding="utf-8",
    )
    read = config.read(path)
    assert (read.scheme, read.annotator) == ("ace2005", "mia")
    assert read.keymap == {"accept": ("a", "ctrl+s"), "quit": ("f10",)}


def test_the_template_is_a_good_file_with_the_defaults(path):
    path.write_text(config.TEMPLATE.format(scheme="news-events"), encoding="utf-8")
    assert config.read(path) == Config()


def test_a_byte_order_mark_is_no_error(path):
    path.write_bytes(b'\xef\xbb\xbfannotator = "mia"\r\n')
    assert config.read(path).annotator == "mia"


@pytest.mark.parametrize(
    ("text", "where", "says", "hint"),
    [
        ('\nschem = "x"\n', "annotator.toml:2: schem", "no such key", "Did you mean scheme?"),
        ('colour = "x"\n', "annotator.toml:1: colour", "no such key", "See docs/guide.md."),
        ('\npreset = "emacs"\n', "annotator.toml:2: preset", "'vim'", "See docs/guide.md."),
        ("# a\nscheme = 3\n", "annotator.toml:2: scheme", "text in quotes", "See docs/guide.md."),
        ('\n\nkeys = "a"\n', "annotator.toml:3: keys", "a table", "See docs/guide.md."),
        (
            '[keys]\nacept = ["a"]\n',
            "annotator.toml:2: keys.acept",
            "no such action",
            "Did you mean accept?",
        ),
        (
            '[keys]\nzzzz = ["a"]\n',
            "annotator.toml:2: keys.zzzz",
            "no such action",
            "`annotator keys` lists the actions.",
        ),
        (
            '[keys]\nundo = ["u"]\naccept = ["hello"]\n',
            "annotator.toml:3: keys.accept",
            "'hello' is not a key",
            "Write a character",
        ),
        (
            '[keys]\nreject = ["a"]\n',
            "annotator.toml:2",
            "'a' would mean both accept and reject",
            "Give one of them another key.",
        ),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line_with_a_hint(path, text, where, says, hint):
    error = refusal(path, text)
    assert error.message.startswith(where)
    assert says in error.message
    assert hint in error.hint


@pytest.mark.parametrize("key", ["", "ctrl+", "hyper+a", "ctrl++", "é+", "f13", "Enter", "\\u001b"])
def test_what_is_no_key_is_refused(path, key):
    error = refusal(path, f'[keys]\naccept = ["{key}"]\n')
    assert "is not a key" in error.message
    assert error.message.isprintable()


@pytest.mark.parametrize(
    ("key", "says", "hint"),
    [
        ("shift+a", "is sent as the character itself", 'Write "A".'),
        ("ctrl+shift+a", "is sent as the character itself", 'Write "A".'),
        ("3", "gives a label or chooses a role", "Digits are not free"),
        ("ctrl+i", "is the same as tab in a terminal", 'Write "tab"'),
        ("ctrl+m", "is the same as enter in a terminal", 'Write "enter"'),
    ],
)
def test_a_key_that_would_never_do_its_action_is_refused(path, key, says, hint):
    error = refusal(path, f'\n[keys]\nundo = ["u"]\naccept = ["f2", "{key}"]\n')
    assert error.message == f"annotator.toml:4: keys.accept: {key!r} {says}."
    assert hint in error.hint


@pytest.mark.parametrize("action", ["link-done", "jump-cancel", "find-keep", "cancel"])
def test_where_letters_choose_an_action_needs_a_key_that_is_none(path, action):
    error = refusal(path, f'[keys]\n{action} = ["y"]\n')
    assert error.message.startswith(f"annotator.toml:2: keys.{action}: in ")
    path.write_text(f'[keys]\n{action} = ["y", "f5"]\n', encoding="utf-8")
    assert config.read(path).keymap == {action: ("y", "f5")}


@pytest.mark.parametrize("key", ["é", "ß", "Ö", "alt+ctrl+x", "tilde", "shift+f1", "f12", "delete"])
def test_characters_and_named_keys_with_modifiers_are_keys(path, key):
    path.write_text(f'[keys]\naccept = ["{key}"]\n', encoding="utf-8")
    assert config.read(path).keymap == {"accept": (key,)}


def test_modifiers_are_read_in_any_order(path):
    path.write_text('[keys]\naccept = ["shift+ctrl+left"]\n', encoding="utf-8")
    assert config.read(path).keymap == {"accept": ("ctrl+shift+left",)}


def test_an_action_may_take_the_key_of_one_that_has_another_now(path):
    path.write_text('[keys]\naccept = ["x"]\nreject = ["a"]\n', encoding="utf-8")
    assert config.read(path).keymap == {"accept": ("x",), "reject": ("a",)}


def test_a_file_that_is_no_toml_is_refused_with_its_line(path):
    error = refusal(path, 'scheme = "a"\nscheme = "b"\n')
    assert error.message.startswith("annotator.toml")
    assert "line 2" in error.message


def test_a_file_that_is_not_utf8_is_refused(path):
    path.write_bytes(b'annotator = "\xff"\n')
    with pytest.raises(ConfigError, match="not UTF-8"):
        config.read(path)


def test_a_file_of_megabytes_is_refused(path):
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ConfigError, match="larger than 1 MB"):
        config.read(path)


def test_the_login_name_is_never_empty():
    assert config.login_name()
