"""The agreement screen: numbers that can be trusted, and from each of them to its spans."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sample import ARTICLE, SCHEME, SCRIPTS, _suggestions
from screen_reader import at_rest, hides, lines, press, settle, shows, until
from snapshot import expect_snapshot
from test_screen import HOSTILE, SIZES, annotating, expect_sound

from annotator.config import Config
from annotator.model.document import Document
from annotator.model.scheme import EntityLabel
from annotator.model.span import Span
from annotator.paths import Layout
from annotator.project.project import Project
from annotator.project.simulating import simulate
from annotator.schemes import toml as scheme_toml
from annotator.session.commands import (
    AddSpan,
    FinishDocument,
    RejectSuggestion,
    Relabel,
    accept_rest,
)
from annotator.session.session import Session
from annotator.store import documents
from annotator.store import suggestions as stored_suggestions
from annotator.store.database import connect
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.agreement import AgreementScreen
from annotator.tui.screens.differences import DifferencesScreen
from annotator.tui.terminal.capabilities import Colours, Terminal


@pytest.fixture
def project(database, scheme, tmp_path):
    """Three annotators who finished both documents and differ in Rome and in Acme."""
    made = Project(Layout(tmp_path), Config(), scheme, database)
    finish(made, "ann", "news")
    finish(made, "bob", "news", RejectSuggestion("rome"), after=[Relabel("acme", "PER")])
    finish(made, "cyd", "news", after=[Relabel("acme", "LOC")])
    for name in ("ann", "bob", "cyd"):
        finish(made, name, "rain")
    return made


def finish(project, name, document_id, *before, after=()):
    session = Session(project.database, project.scheme, name)
    session.open(document_id)
    for command in before:
        session.run(command)
    session.run(accept_rest(session.state))
    for command in after:
        session.run(command)
    session.close()


@asynccontextmanager
async def running(project, size=(80, 24), annotator="ann", terminal=None, **settings):
    session = Session(project.database, project.scheme, annotator)
    session.open("rain" if "rain" in documents.ids(project.database) else "strike")
    app = AnnotatorApp(session, Config(**settings), terminal, project)
    async with app.run_test(size=size) as pilot:
        await annotating(pilot)
        yield pilot


async def agreeing(pilot):
    """Open the agreement, and wait for its numbers."""
    await press(pilot, "%")
    await until(pilot, lambda: isinstance(pilot.app.screen, AgreementScreen), "the agreement")
    await counted(pilot)


async def counted(pilot):
    screen = pilot.app.screen
    await until(pilot, lambda: not screen._is_counting, "all is counted")
    await settle(pilot)


async def listing(pilot):
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, DifferencesScreen), "differences")
    screen = pilot.app.screen
    await until(pilot, lambda: screen._groups is not None, "all are found")
    await settle(pilot)


async def view(pilot, name):
    """Go to a view with the key that goes from one to the next."""
    while pilot.app.screen._at.view != name:
        await press(pilot, "tab")
    await settle(pilot)


def line_with(app, words):
    return next((line for line in lines(app) if words in line), "")


# -- numbers ----------------------------------------------------------------------------------


@SIZES
async def test_the_headline_has_intervals_and_what_it_rests_on_and_esc_leaves(project, size):
    async with running(project, size) as pilot:
        await agreeing(pilot)
        await shows(pilot, "strict F1", "relaxed F1", "unlabelled F1", "kappa", "alpha", "n=28")
        await shows(pilot, "too small to trust", "1 document ")
        assert "0.71?" in line_with(pilot.app, "strict F1  ")
        expect_sound(pilot.app)
        await press(pilot, "escape")
        await annotating(pilot)


@SIZES
async def test_every_view_is_shown_and_tab_goes_round(project, size):
    async with running(project, size) as pilot:
        await agreeing(pilot)
        for words in ("F1 by label", "annotator × annotator", "(rows) × ", "same trigger", "sec/"):
            await press(pilot, "tab")
            await shows(pilot, words)
            expect_sound(pilot.app)
        await press(pilot, "tab")
        await shows(pilot, "Overview")
        await press(pilot, "shift+tab")
        await shows(pilot, "sec/step")


async def test_what_is_undefined_is_a_dash_with_its_reason(database, scheme, tmp_path):
    project = Project(Layout(tmp_path), Config(), scheme, database)
    finish(project, "ann", "news")
    finish(project, "bob", "rain")
    async with running(project) as pilot:
        await agreeing(pilot)
        await shows(pilot, "— no document was finished by two annotators")
        for _ in range(6):
            await press(pilot, "tab")
            expect_sound(pilot.app)
            assert "0.00" not in line_with(pilot.app, "strict F1")
            await press(pilot, "j", "l")


@SIZES
async def test_where_two_finished_nothing_it_says_what_finishes(database, scheme, tmp_path, size):
    made = Project(Layout(tmp_path), Config(), scheme, database)
    for name in ("ann", "bob"):
        session = Session(database, scheme, name)
        session.open("rain")
        session.run(AddSpan(Span.of("oslo", 13, 17, "LOC")))
        session.close()
    async with running(made, size) as pilot:
        await agreeing(pilot)
        await shows(pilot, "No document was finished by two", "`annotator finish`")
        finish(made, "ann", "rain")
        finish(made, "bob", "rain")
        await hides(pilot, "No document was finished by two")


async def test_one_annotator_alone_is_told_so(database, scheme, tmp_path):
    project = Project(Layout(tmp_path), Config(), scheme, database)
    finish(project, "ann", "news")
    async with running(project) as pilot:
        await agreeing(pilot)
        await shows(pilot, "Agreement needs two annotators.")
        await press(pilot, "j", "l", "tab", "enter", "n", "e", "m")
        await shows(pilot, "Agreement needs two annotators.")
        await press(pilot, "q")
        await annotating(pilot)


async def test_whose_layer_and_measure_are_chosen_with_keys(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await view(pilot, "pairs")
        await shows(pilot, "Strict F1 of entities")
        await press(pilot, "e")
        await shows(pilot, "Strict F1 of event triggers")
        await press(pilot, "m", "m", "m")
        await shows(pilot, "Kappa of tokens of event triggers")
        await view(pilot, "labels")
        await press(pilot, "n")
        await shows(pilot, "by label of event triggers, ann · bob")
        await press(pilot, "N", "N")
        await shows(pilot, "cyd with the others")


# -- from a number to its spans ---------------------------------------------------------------


@SIZES
async def test_a_number_leads_to_its_differences_and_these_to_their_place(project, size):
    async with running(project, size) as pilot:
        await agreeing(pilot)
        await listing(pilot)
        await shows(pilot, "Label 3", "Missed 2", "ORG “Acme” ≠ PER “Acme”", "LOC “Rome”  only ann")
        expect_sound(pilot.app)
        await press(pilot, "j")
        await shows(pilot, "cyd  LOC")
        await press(pilot, "enter")
        await annotating(pilot)
        editor = pilot.app.screen.editor
        assert editor.state.document.id == "news"
        assert editor.current == "acme"
        assert editor.word == (13, 17)


async def test_a_place_where_the_annotator_has_nothing_is_gone_to_all_the_same(project):
    async with running(project, annotator="bob") as pilot:
        await agreeing(pilot)
        await listing(pilot)
        await press(pilot, "end")
        await shows(pilot, "bob  nothing")
        await press(pilot, "enter")
        await annotating(pilot)
        editor = pilot.app.screen.editor
        assert editor.state.document.text[slice(*editor.word)] == "Rome"


async def test_the_cursor_goes_to_a_cell_of_the_confusion_and_lists_what_is_in_it(project):
    async with running(project, (120, 40)) as pilot:
        await agreeing(pilot)
        await view(pilot, "confusion")
        await press(pilot, "n", "j", "right")
        await shows(pilot, "ann (rows) × bob (columns)", "[·]")
        await press(pilot, "l")
        await shows(pilot, "ORG × PER: 1 span, 100% of the row", "[1]")
        await listing(pilot)
        await shows(pilot, "all 1", "ORG “Acme” ≠ PER “Acme”")
        await press(pilot, "escape")
        await shows(pilot, "[1]")


async def test_events_lead_to_roles_and_attributes(project):
    session = project.session("cyd")
    session.open("news")
    from annotator.session.commands import RemoveArgument, SetArgument, SetAttribute

    session.run(RemoveArgument("bombed", "Attacker", "mia"))
    session.run(SetArgument("bombed", "Place", "rome"))
    session.run(SetAttribute("bombed", "polarity", "negative"))
    async with running(project, (120, 40)) as pilot:
        await agreeing(pilot)
        await view(pilot, "events")
        await shows(pilot, "Argument and role, by role", "Attribute polarity", "Attacker")
        while "argument, same trigger" not in line_with(pilot.app, "▌argument, same"):
            await press(pilot, "j")
        await listing(pilot)
        await shows(pilot, "Role", "Attack “bombed”: Attacker “Mia Stone” ≠ none")
        await press(pilot, "escape")
        await press(pilot, "end")
        await listing(pilot)
        await shows(pilot, "polarity positive ≠ negative")


async def test_tab_lists_one_kind_after_the_other(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await listing(pilot)
        await press(pilot, "tab")
        await hides(pilot, "only ann")
        await press(pilot, "tab")
        await shows(pilot, "only ann")
        await hides(pilot, "≠")
        await pilot.click(offset=(lines(pilot.app)[0].index(" all 5") + 2, 0))
        await shows(pilot, "≠", "only ann")


async def test_one_comes_back_to_where_one_was(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await view(pilot, "pairs")
        await press(pilot, "j", "j")
        await shows(pilot, "bob · cyd")
        await listing(pilot)
        await press(pilot, "enter")
        await annotating(pilot)
        await agreeing(pilot)
        await shows(pilot, "bob · cyd: strict F1")


async def test_a_difference_is_handed_to_adjudication_where_that_is_there(project):
    handed = []
    async with running(project) as pilot:
        await agreeing(pilot)
        await listing(pilot)
        await press(pilot, "a")
        await shows(pilot, "Label 3")
        await press(pilot, "escape", "escape")
        await annotating(pilot)
        pilot.app.adjudicate = lambda *place: handed.append(place)
        await agreeing(pilot)
        await listing(pilot)
        await shows(pilot, "a adjudicate")
        await press(pilot, "a")
        await annotating(pilot)
    assert handed == [("news", 13)]


# -- filters and changes ----------------------------------------------------------------------


async def test_annotators_are_filtered_by_what_is_typed(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await press(pilot, "/", *"by:ann by:cyd", "enter")
        await shows(pilot, "all 2 annotators", "by:ann by:cyd")
        await counted(pilot)
        await view(pilot, "pairs")
        await hides(pilot, "bob")
        await press(pilot, "/", "escape")
        await shows(pilot, "bob")
        await view(pilot, "labels")
        await press(pilot, "/", *"annotator:bob", "enter")
        await shows(pilot, "bob with the others")
        await press(pilot, "/", *" by:zoe", "enter")
        await shows(pilot, "'zoe' has annotated nothing.")


async def test_a_label_is_filtered_by_how_it_begins(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await view(pilot, "labels")
        await shows(pilot, "PER", "LOC")
        await press(pilot, "/", *"label:o", "enter")
        await hides(pilot, " LOC", " PER")
        await shows(pilot, "ORG")
        await listing(pilot)
        await shows(pilot, "ORG, all 3 annotators", "label 2")
        await press(pilot, "escape", "/", "escape", "/", *"label:zzz", "enter")
        await shows(pilot, "Nobody marked anything here.")


async def test_documents_are_filtered_as_in_their_list(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await press(pilot, "/", *"oslo", "enter")
        await shows(pilot, "— nobody marked anything")
        await press(pilot, "/", "escape")
        await shows(pilot, "strict F1 0.714")


async def test_what_is_changed_meanwhile_is_taken_in(project):
    async with running(project) as pilot:
        await agreeing(pilot)
        await shows(pilot, "strict F1 0.714")
        with connect(project.database.path) as database:
            session = Session(database, project.scheme, "bob")
            session.open("news")
            session.run(Relabel("acme", "ORG"))
            await shows(pilot, "strict F1 0.786")
            session.undo()
            await shows(pilot, "strict F1 0.714")
            session.close()


# -- looks and safety -------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (12, 5), (30, 8), (60, 16), (300, 80)])
async def test_the_screens_work_at_any_size(project, size):
    async with running(project, size) as pilot:
        await agreeing(pilot)
        for _ in range(6):
            await press(pilot, "tab", "j", "l", "pagedown", "h", "k", "end", "home")
            expect_sound(pilot.app)
        await listing(pilot)
        await press(pilot, "j", "pagedown", "tab", "k", "end")
        await settle(pilot)
        expect_sound(pilot.app)


@SIZES
@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_labels_and_words_are_shown_and_never_obeyed(
    database, scheme, tmp_path, size, name
):
    words = HOSTILE[name]
    label = words.replace("\n", " ")
    scheme = replace(scheme, entities=(*scheme.entities, EntityLabel(label, label)))
    project = Project(Layout(tmp_path), Config(), scheme, database)
    documents.add(database, [Document(f"h {words}", f"{words} said", {"title": words})])
    for number, annotator in enumerate((f"a {words}", f"b {words}")):
        session = Session(database, scheme, annotator)
        session.open(f"h {words}")
        end = len(words) + 5 * number
        session.run(AddSpan(Span.of("x", 0, end, label)))
        session.run(FinishDocument())
        session.close()
    async with running(project, size, annotator=f"a {words}") as pilot:
        await agreeing(pilot)
        for _ in range(6):
            await press(pilot, "tab", "j")
            expect_sound(pilot.app)
        await press(pilot, "home")
        await listing(pilot)
        await shows(pilot, "Boundary 1")
        expect_sound(pilot.app)
        await press(pilot, "escape", "/")
        pilot.app.screen._typed.value = f"by:{words} label:{words} {words}"
        await press(pilot, "enter")
        await counted(pilot)
        expect_sound(pilot.app)


PROMISES = {
    "agreement-overview-80x24": ((80, 24), (), Terminal(), False),
    "agreement-labels-80x24": ((80, 24), ("tab",), Terminal(), True),
    "agreement-pairs-80x24-no-colour": ((80, 24), ("tab",) * 2, Terminal(Colours.NONE), False),
    "agreement-confusion-80x24-ascii": ((80, 24), ("tab",) * 3, Terminal(has_glyphs=False), False),
    "agreement-events-80x24": ((80, 24), ("tab",) * 4, Terminal(), False),
    "agreement-annotators-80x24": ((80, 24), ("tab",) * 5, Terminal(), False),
    "agreement-120x40": ((120, 40), ("tab",) * 3, Terminal(), True),
    "agreement-labels-60x16": ((60, 16), ("tab",), Terminal(), False),
    "differences-80x24": ((80, 24), ("enter", "j"), Terminal(), False),
    "differences-120x40": ((120, 40), ("enter", "j"), Terminal(), False),
}


@pytest.mark.parametrize("name", PROMISES)
async def test_the_screens_look_as_promised(tmp_path, name):
    size, keys, terminal, picture = PROMISES[name]
    with connect(tmp_path / "annotator.db", create=True) as database:
        documents.add(database, [Document("strike", ARTICLE), Document("scripts", SCRIPTS)])
        stored_suggestions.replace(database, "patterns:test@1", _suggestions())
        project = Project(Layout(tmp_path), Config(), scheme_toml.read(SCHEME), database)
        simulate(project, 3, seed=4)
        async with running(project, size, "mia", terminal) as pilot:
            await agreeing(pilot)
            for key in keys:
                await (listing(pilot) if key == "enter" else press(pilot, key))
            await at_rest(pilot)
            expect_snapshot(pilot.app, name, picture=picture)
