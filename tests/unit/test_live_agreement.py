"""The agreement that is kept: what changed is counted, and the rest is as it was."""

from __future__ import annotations

import pytest

from annotator.agreement.differences import differences
from annotator.agreement.report.report import report
from annotator.config import Config
from annotator.errors import NothingToDoError, UsageError
from annotator.paths import Layout
from annotator.project import agreeing
from annotator.project.live_agreement import AgreementSelection, LiveAgreement
from annotator.project.project import Project
from annotator.session.commands import (
    FinishDocument,
    RejectSuggestion,
    Relabel,
    SetAttribute,
    accept_rest,
)
from annotator.store.filter import Filter
from annotator.tui.agreement.report_view import ReportView
from annotator.tui.agreement.views import View, content


@pytest.fixture
def project(database, scheme, tmp_path):
    """Two documents that three annotators finished; one of them has suggestions."""
    made = Project(Layout(tmp_path), Config(), scheme, database)
    for name, *commands in (
        ("ann",),
        ("bob", RejectSuggestion("rome"), Relabel("acme", "PER")),
        ("cyd", Relabel("acme", "LOC")),
    ):
        finish(made, name, "news", *commands)
        finish(made, name, "rain")
    return made


def finish(project, name, document_id, *commands):
    session = project.session(name)
    session.open(document_id)
    rejected = [one for one in commands if isinstance(one, RejectSuggestion)]
    for one in rejected:
        session.run(one)
    session.run(accept_rest(session.state))
    for one in commands:
        if one not in rejected:
            session.run(one)
    session.close()


def whole(project, names=()):
    """The report counted from the start."""
    chosen = agreeing.chosen_annotators(project, names)
    works = agreeing.works(project, chosen)
    return report(works, practice=agreeing.practice(project, chosen)).as_json()


def test_the_first_report_is_that_of_all_annotators(project):
    live = LiveAgreement(project)
    assert live.has_changed
    assert live.report().as_json() == whole(project)
    assert live.names == ("ann", "bob", "cyd")
    assert not live.has_changed


def test_after_any_change_it_is_as_if_counted_from_the_start(project):
    live = LiveAgreement(project)
    first = live.report().as_json()
    session = project.session("bob")
    session.open("news")
    session.run(Relabel("acme", "ORG"))
    assert live.has_changed
    second = live.report().as_json()
    assert second == whole(project)
    assert second["layers"] != first["layers"]
    session.undo()
    assert live.report().as_json()["layers"] == first["layers"]


def test_a_default_that_one_has_set_is_that_which_the_others_have(project):
    live = LiveAgreement(project)
    first = live.report().as_json()
    session = project.session("bob")
    session.open("news")
    session.run(SetAttribute("said", "polarity", "positive"))
    assert live.report().as_json()["events"] == first["events"] == whole(project)["events"]
    assert live.report().events.pooled.attributes["polarity"]["observed"].value == 1
    session.run(SetAttribute("said", "polarity", "negative"))
    assert live.report().as_json() == whole(project)
    found = live.differences([("ann", "bob"), ("bob", "cyd")])
    values = [(one.value_a, one.value_b) for one in found if one.kind == "attribute"]
    assert values == [("positive", "negative"), ("negative", "positive")]


def test_an_annotator_who_comes_later_is_taken_in(project):
    live = LiveAgreement(project)
    live.report()
    finish(project, "dan", "rain")
    assert live.report().as_json() == whole(project)
    assert live.names == ("ann", "bob", "cyd", "dan")


def test_a_document_that_is_no_longer_done_no_longer_counts(project):
    live = LiveAgreement(project)
    assert live.report().documents == 2
    for name in ("ann", "bob"):
        session = project.session(name)
        session.open("rain")
        session.undo()
    assert live.report().documents == 1
    session.run(FinishDocument())
    assert live.report().documents == 2


def test_annotators_are_chosen_by_name_or_a_part_of_it(project):
    live = LiveAgreement(project)
    assert live.report(AgreementSelection(("ann", "YD"))).as_json() == whole(
        project, ("ann", "cyd")
    )
    assert live.report().annotators == ("ann", "bob", "cyd")
    with pytest.raises(UsageError):
        live.report(AgreementSelection(("ann", "zoe")))
    with pytest.raises(NothingToDoError):
        live.report(AgreementSelection(("ann",)))


def test_documents_are_chosen_as_in_the_list_of_documents(project):
    live = LiveAgreement(project)
    only = live.report(AgreementSelection(documents=Filter(words=("bombed",))))
    assert list(only.layers["entities"].pooled.documents) == ["news"]
    none = live.report(AgreementSelection(documents=Filter(words=("snow",))))
    assert none.documents == 0
    assert none.layers["entities"].pooled.numbers["span_f1"].value is None
    assert live.report().documents == 2


def test_one_annotator_alone_is_refused(database, scheme, tmp_path):
    project = Project(Layout(tmp_path), Config(), scheme, database)
    finish(project, "ann", "news")
    live = LiveAgreement(project)
    with pytest.raises(NothingToDoError):
        live.report()
    finish(project, "bob", "news")
    assert live.report().annotators == ("ann", "bob")


def test_differences_are_those_of_the_works(project):
    live = LiveAgreement(project)
    assert live.differences([("ann", "bob")]) == ()
    live.report()
    by = {(w.annotator, w.document_id): w for w in agreeing.works(project, ("ann", "bob"))}
    expected = differences(by["ann", "news"], by["bob", "news"])
    assert live.differences([("ann", "bob")]) == expected != ()


@pytest.mark.parametrize("layer", ["entities", "triggers"])
@pytest.mark.parametrize("scope", [(), ("bob",), ("ann", "bob")])
def test_behind_each_number_of_confused_labels_are_as_many_differences(project, layer, scope):
    live = LiveAgreement(project)
    view = ReportView(live.report(), layer, scope)
    matrix = content(View.CONFUSION, view)
    found = live.differences(view.pairs)
    counted = 0
    for row, name in enumerate(matrix.rows):
        for column, other in enumerate(matrix.columns):
            cell = matrix.at(row, column)
            if name != other and cell.sought is not None:
                assert sum(map(cell.sought.fits, found)) == int(cell.text)
                counted += 1
    assert counted or layer == "triggers"
