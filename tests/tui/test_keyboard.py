"""From bytes to keys: what is broken costs itself, what is whole arrives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from annotator.tui.terminal import keyboard as module
from annotator.tui.terminal.keyboard import Keyboard

pytestmark = pytest.mark.filterwarnings("ignore")


def keys(*chunks: bytes) -> list[str]:
    keyboard = Keyboard()
    found = [message for chunk in chunks for message in keyboard.feed(chunk)]
    return [message.key for message in found if isinstance(message, events.Key)]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ((b"a", b"j"), ["a", "j"]),
        ((b"aj\r\t",), ["a", "j", "enter", "tab"]),
        ((b"\x1b[A\x1b[1;2D",), ["up", "shift+left"]),
        ((b"\x1b", b"[", b"A", b""), ["up"]),
        ((b"\x1b", b""), ["escape"]),
        ((b"\x1b\x1b[A",), ["escape", "up"]),
        ((b"\x1ba",), ["alt+a"]),
        ((b"\x1bOP",), ["f1"]),
        (("ö".encode()[:1], "ö".encode()[1:]), ["ö"]),
        ((b"\xffa", b"\xfe\xffb"), ["�", "a", "�", "�", "b"]),
        ((b"\x1b[97:65;2ua",), ["a"]),
        ((b"\x1b[1;2:1Aa",), ["a"]),
        ((b"\x1b[99999999999999999999ua",), ["a"]),
        ((b"\x1b[55296ua",), ["a"]),
        ((b"\x1b[9;9;9;9za",), ["a"]),
        ((b"\x1b[12", b"", b"a"), ["a"]),
        ((b"\x1b[12\x1b[A",), ["up"]),
        ((b"\x1b]11;rgb:1234/1234/1234\x1b\\a",), ["a"]),
        ((b"\x1b]0;9 8 7", b"", b"a"), ["a"]),
        ((b"\x1bP1$r9 q\x1b\\a",), ["a"]),
        ((b"\x1b[200~123\x1b[201~a",), ["a"]),
    ],
)  # fmt: skip
def test_whole_keys_arrive_and_broken_sequences_press_none(sent, expected):
    found = keys(*sent)
    assert [key for key in found if key != "replacement_character"] == [
        key for key in expected if key != "�"
    ]


def test_after_a_paste_without_an_end_keys_come_back(monkeypatch):
    now = 0.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b[200~something long that was pasted"))
    list(keyboard.feed(b"aaa"))
    now = 1.1
    pasted = [m for m in keyboard.feed(b"x") if isinstance(m, events.Paste)]
    assert pasted[0].text == "something long that was pastedaaax"
    assert [m.key for m in keyboard.feed(b"j") if isinstance(m, events.Key)] == ["j"]


def test_a_long_paste_may_take_its_time(monkeypatch):
    now = 0.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    keyboard = Keyboard()
    list(keyboard.feed(b"\x1b[200~"))
    for _ in range(5):
        now += 0.9
        assert list(keyboard.feed(b"a thousand words")) == []
    found = list(keyboard.feed(b"\x1b[201~j"))
    assert [type(m) for m in found] == [events.Key, events.Paste] or [type(m) for m in found] == [
        events.Paste,
        events.Key,
    ]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_after_any_bytes_at_all_a_key_arrives(chunks):
    keyboard = Keyboard()
    for chunk in chunks:
        list(keyboard.feed(chunk))
    list(keyboard.feed(b"\x1b\\"))
    list(keyboard.feed(b""))
    list(keyboard.feed(b"\x1b[201~"))
    list(keyboard.feed(b""))
    found = [m.key for m in keyboard.feed(b"j") if isinstance(m, events.Key)]
    assert found[-1:] == ["j"]
