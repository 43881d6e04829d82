"""The plain words that open the screen mean to the short way what they mean to Typer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.commands import app
from annotator.cli.start import Order, Start, plain_start

GROUP: Any = typer.main.get_command(app)
WORD = st.sampled_from(["mia", "a b", "é", "annotate", "import", "shortest"])
ORDER = st.tuples(st.just("--order"), st.sampled_from(Order).map(str))
NAME = st.tuples(st.just("--annotator"), WORD)
ODD = st.sampled_from(
    [
        "--project",
        "--annotator",
        "--order",
        "",
        "-",
        "--",
        "-h",
        "--order=import",
        "~",
        "*.txt",
        "x",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """The words of a command line that opens the screen, or of one that is a little odd."""
    said = [st.just(()) | part for part in (st.tuples(WORD), NAME, ORDER)]
    parts = draw(st.tuples(*said).flatmap(st.permutations))
    project = draw(st.just(()) | st.tuples(st.just("--project"), WORD))
    command = ["annotate", *(word for part in parts for word in part)]
    words = [*project, *draw(st.just(command) | st.just([]))]
    for odd in draw(st.just([]) | st.lists(ODD, max_size=2)):
        words.insert(draw(st.integers(0, len(words))), odd)
    return words


def by_typer(words: list[str]) -> Start:
    """What Typer makes of the same words, without doing it."""
    group = GROUP.make_context("annotator", list(words))
    project = group.params["project"]
    rest = words[2:] if words[:1] == ["--project"] else words
    if not rest:
        return Start(project, makes_project=True)
    assert rest[0] == "annotate"
    said = GROUP.commands["annotate"].make_context("annotate", rest[1:], parent=group).params
    return Start(project, said["document"], said["annotator"], Order(said["order"]))


@given(lines())
def test_what_is_read_without_typer_is_what_typer_reads(words):
    start = plain_start(words)
    assert start is None or start == by_typer(words)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("", Start(makes_project=True)),
        ("--project x", Start(Path("x"), makes_project=True)),
        ("annotate", Start()),
        ("--project x annotate", Start(Path("x"))),
        ("annotate one --annotator mia", Start(document="one", annotator="mia")),
        ("annotate --order shortest one", Start(document="one", order=Order.SHORTEST)),
    ],
)
def test_the_usual_ways_to_open_the_screen_need_no_typer(words, start):
    assert plain_start(words.split()) == start


@pytest.mark.parametrize(
    "words",
    ["-h", "--version", "status", "annotate --help", "annotate one two", "annotate --order newest",
     "annotate --annotator", "annotate --project x", "--project", "annotate --colour x"],
)  # fmt: skip
def test_help_mistakes_and_other_commands_are_for_typer(words):
    assert plain_start(words.split()) is None
