"""The adjudicate screen: one key a difference, and nothing else is asked."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from disputed import TEXT, ada, bo, cy, project_of, save
from screen_reader import at_rest, hides, press, settle, shows, text, until
from snapshot import expect_snapshot
from test_screen import HOSTILE, SIZES, expect_sound

from annotator.config import Config
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.project.adjudicating import Adjudicator, Wanted
from annotator.session.adjudication.disagreements import DifferenceKind
from annotator.store import documents
from annotator.text import tokenizer
from annotator.training.gold import content
from annotator.tui.adjudication.app import AdjudicationApp
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.gold import GoldScreen


@pytest.fixture
def project(database, scheme):
    for one in (ada(), bo(), cy()):
        save(database, one)
    return project_of(database, scheme)


@asynccontextmanager
async def adjudicating(project, size=(80, 24), keys=(), **options):
    tokenizer.blank_pipeline("en")
    adjudicator = Adjudicator(project, **options)
    adjudicator.open(adjudicator.next_document())
    app = AdjudicationApp(adjudicator, Config(keys=dict(keys)))
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, AdjudicateScreen)
        yield pilot, adjudicator


async def on_screen(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind), kind.__name__)
    await settle(pilot)


def gold(adjudicator):
    return adjudicator.session.state.annotations


@SIZES
async def test_one_key_settles_a_difference_and_goes_to_the_next(project, size):
    async with adjudicating(project, size) as (pilot, adjudicator):
        await shows(pilot, "boundary", "Mia Stone of Acme", "A·C PER", "B PER")
        await press(pilot, "a")
        await shows(pilot, "label", "LOC/ORG “Rome”", "C ORG")
        assert gold(adjudicator).entities["mia"].surface(TEXT) == "Mia Stone"
        await press(pilot, "c", "b", "x", "b", "equals_sign")
        await shows(pilot, "the document is done")
        expect_sound(pilot.app)
        assert gold(adjudicator).is_done
        assert gold(adjudicator).events["bombed"].fillers("Attacker") == ()
        assert gold(adjudicator).events["bombed"].attributes == {"polarity": "negative"}
        assert "paris" in gold(adjudicator).entities


@SIZES
async def test_edit_and_escape_without_a_change_settle_nothing(project, size):
    async with adjudicating(project, size) as (pilot, adjudicator):
        before, asked = gold(adjudicator), adjudicator.open_disagreements
        for _ in asked:
            await press(pilot, "e")
            await on_screen(pilot, GoldScreen)
            await press(pilot, "escape")
            await on_screen(pilot, AdjudicateScreen)
            await shows(pilot, "nothing is settled")
            await press(pilot, "n")
        assert adjudicator.open_disagreements == asked
        assert gold(adjudicator) == before
        assert not gold(adjudicator).is_done


async def test_whoever_set_nothing_is_shown_with_the_default(project):
    one = ada()
    unset = {"bombed": replace(one.events["bombed"], attributes={})}
    save(project.database, replace(one, events=unset))
    wanted = Wanted(kind=DifferenceKind.ATTRIBUTE)
    async with adjudicating(project, wanted=wanted) as (pilot, _):
        await shows(pilot, "attribute", "A·C  positive", "B  negative")
        (row,) = [line for line in text(pilot.app).split("\n") if line.startswith(" ▶ polarity")]
        assert row.split()[2:] == ["positive", "negative", "positive"]


@SIZES
async def test_undo_goes_back_to_the_difference_and_redo_forward(project, size):
    async with adjudicating(project, size) as (pilot, adjudicator):
        await press(pilot, "a", "a")
        await shows(pilot, "type")
        await press(pilot, "u")
        await shows(pilot, "Undone", "LOC/ORG “Rome”")
        assert "rome" not in gold(adjudicator).entities
        await press(pilot, "U")
        await shows(pilot, "Done again")
        assert gold(adjudicator).entities["rome"].label == "LOC"


async def test_an_event_is_compared_role_by_role(project):
    async with adjudicating(project) as (pilot, _):
        await press(pilot, "n", "n", "n")
        await shows(pilot, "role", "Attacker “Mia Stone of Acme”", "Attacker “Acme”")
        await shows(pilot, "▲A·C Attack", "▲B ")
        assert "Target" in text(pilot.app)


async def test_next_and_previous_go_round_without_settling(project):
    async with adjudicating(project) as (pilot, adjudicator):
        await press(pilot, "k")
        await shows(pilot, "missed")
        await press(pilot, "j", "tab", "N")
        await shows(pilot, "Mia Stone of Acme")
        assert len(adjudicator.open_disagreements) == 6


@SIZES
async def test_edit_leads_to_the_gold_set_and_back(project, size):
    async with adjudicating(project, size) as (pilot, adjudicator):
        await press(pilot, "e")
        await on_screen(pilot, GoldScreen)
        assert pilot.app.screen.editor.current == "mia"
        await press(pilot, "2")
        await until(pilot, lambda: gold(adjudicator).entities["mia"].label == "ORG", "an ORG")
        await press(pilot, "D", ">")
        assert not gold(adjudicator).is_done
        await press(pilot, "escape")
        await on_screen(pilot, AdjudicateScreen)
        await shows(pilot, "Put right by hand", "LOC/ORG “Rome”")
        assert len(adjudicator.open_disagreements) == 5
        assert gold(adjudicator).entities["mia"].label == "ORG"


async def test_one_who_has_no_say_cannot_be_followed(project):
    async with adjudicating(project, annotators=["ada", "bo"]) as (pilot, adjudicator):
        await press(pilot, "c")
        await shows(pilot, "has no say")
        await press(pilot, "9")
        assert len(adjudicator.open_disagreements) == 4


async def test_filters_are_set_by_keys_and_shown(project):
    async with adjudicating(project) as (pilot, adjudicator):
        await press(pilot, "f")
        await shows(pilot, "[missed]", "Paris")
        await press(pilot, *["f"] * 6, "w", "w", "w")
        await shows(pilot, "[cy alone]")
        assert [point.kinds[0] for point in adjudicator.stops] == ["label", "type"]
        await press(pilot, "w", "l")
        await shows(pilot, "Visits LOC")


async def test_a_majority_settles_what_is_open_and_each_can_be_taken_back(project):
    async with adjudicating(project) as (pilot, adjudicator):
        await press(pilot, "M")
        await shows(pilot, "the document is done")
        assert content(gold(adjudicator)) == content(ada())
        await press(pilot, "u", "u")
        assert len(adjudicator.open_disagreements) == 2


async def test_done_goes_to_the_next_document_with_differences(project, database):
    other = Document("rain", "Rain fell on Oslo.")
    for name, label in (("ada", "LOC"), ("bo", "ORG")):
        span = Span.of("oslo", 13, 17, label)
        one = replace(ada(), annotator=name, document_id="rain", entities={"oslo": span}, events={})
        save(database, one, "rain")
    assert documents.get(database, "rain") == other
    async with adjudicating(project) as (pilot, adjudicator):
        await press(pilot, *"aaaaaaD")
        await shows(pilot, "Rain fell on Oslo", "LOC/ORG “Oslo”")
        await press(pilot, "u")
        await shows(pilot, "A raid", "Undone")
        assert adjudicator.comparison.document.id == "news"
        assert len(adjudicator.open_disagreements) == 1
        await press(pilot, "a", "D", "b", "D")
        await shows(pilot, "Nothing is left to settle")


async def test_names_can_be_hidden(project):
    async with adjudicating(project) as (pilot, _):
        await shows(pilot, "ada, cy")
        await press(pilot, "A")
        await hides(pilot, "ada", "cy")


async def test_help_lists_the_keys_of_adjudication_and_no_others(project):
    async with adjudicating(project, (100, 60)) as (pilot, _):
        await press(pilot, "question_mark")
        await shows(pilot, "take what A, B or C has", "Take no version; that is an answer too.")
        await hides(pilot, "Move the left edge out.")


async def test_users_give_other_keys(project):
    async with adjudicating(project, keys={"take-neither": ("delete",)}) as (pilot, adjudicator):
        await press(pilot, "x")
        assert len(adjudicator.open_disagreements) == 6
        await press(pilot, "delete")
        assert len(adjudicator.open_disagreements) == 5


@SIZES
@pytest.mark.parametrize("name", ["markup", "escape", "bidi", "wide", "marks"])
async def test_hostile_text_and_names_are_shown_and_never_obeyed(database, scheme, size, name):
    hostile = HOSTILE[name]
    documents.add(database, [Document("evil", f"{hostile} end")])
    for number, label in enumerate((hostile[:20] or "x", "PER")):
        span = Span.of("s", 0, len(hostile), label)
        who = f"{number} [b]{number}"
        one = replace(ada(), annotator=who, document_id="evil", entities={"s": span}, events={})
        save(database, one, "evil")
    async with adjudicating(project_of(database, scheme), size) as (pilot, _):
        await shows(pilot, "label")
        expect_sound(pilot.app)
        await press(pilot, "b")
        await shows(pilot, "done")
        expect_sound(pilot.app)


@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [
        ("adjudicate-80x24", (80, 24), "n"),
        ("adjudicate-120x40", (120, 40), "aannn"),
        ("adjudicate-roles-80x24", (80, 24), "aan"),
    ],
)
async def test_the_adjudicate_screen_looks_as_promised(project, name, size, keys):
    async with adjudicating(project, size) as (pilot, _):
        await press(pilot, *keys)
        await at_rest(pilot)
        expect_snapshot(pilot.app, name, picture=name.endswith("120x40"))
