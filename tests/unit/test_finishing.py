"""Documents finished from outside: those that are meant, once, and taken back like any change."""

from __future__ import annotations

import pytest
from disputed import ada, project_of, save

from annotator.errors import NothingToDoError, StoreError
from annotator.model.annotations import SKIPPED
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.project import finishing
from annotator.session.commands import AddSpan, SetFlag
from annotator.session.session import Session
from annotator.store import documents, finished, history
from annotator.store.verify import verify


@pytest.fixture
def project(database, scheme):
    documents.add(database, [Document("wind", "Wind."), Document("hail", "Hail in Rome.")])
    yield project_of(database, scheme)
    assert verify(database) == ()


def work(project, annotator, *document_ids, skipped=False) -> None:
    session = Session(project.database, project.scheme, annotator)
    for document_id in document_ids:
        session.open(document_id)
        session.run(AddSpan(Span.of(f"x-{document_id}", 0, 4, "LOC")))
        if skipped:
            session.run(SetFlag(SKIPPED, on=True))


def test_all_that_was_begun_is_finished_in_the_order_of_import_and_nothing_else(project):
    work(project, "mia", "hail", "rain")
    work(project, "mia", "wind", skipped=True)
    work(project, "bo", "news")
    made = finishing.finish(project, "mia")
    assert (made.changed, made.already) == (("rain", "hail"), 0)
    assert finished.finishers(project.database) == {"rain": ("mia",), "hail": ("mia",)}


def test_what_is_named_is_finished_though_nothing_is_marked_or_it_was_skipped(project):
    work(project, "mia", "wind", skipped=True)
    made = finishing.finish(project, "mia", ["hail", "wind", "hail"])
    assert made.changed == ("hail", "wind")
    assert finished.by(project.database, "mia") == ("wind", "hail")
    again = finishing.finish(project, "mia", ["hail", "rain"])
    assert (again.changed, again.already) == (("rain",), 1)


def test_undo_on_the_screen_takes_it_back_document_by_document_and_redo_does_it_again(project):
    work(project, "mia", "rain", "hail")
    finishing.finish(project, "mia")
    session = Session(project.database, project.scheme, "mia")
    session.open("rain")
    assert session.undo().document_id == "hail"
    assert finished.by(project.database, "mia") == ("rain",)
    assert session.redo().document_id == "hail"
    assert finished.by(project.database, "mia") == ("rain", "hail")


def test_reopening_all_is_the_other_way_round(project):
    work(project, "mia", "rain", "hail")
    finishing.finish(project, "mia")
    assert finishing.finish(project, "mia", ["rain"], reopen=True).changed == ("rain",)
    assert finishing.finish(project, "mia", reopen=True).changed == ("hail",)
    assert finished.by(project.database, "mia") == ()
    with pytest.raises(NothingToDoError, match="mia has finished nothing"):
        finishing.finish(project, "mia", reopen=True)


def test_a_document_that_is_not_there_stops_it_before_anything_is_written(project):
    before = history.stacks(project.database, "mia").last
    with pytest.raises(StoreError, match="nowhere"):
        finishing.finish(project, "mia", ["news", "nowhere"])
    assert history.stacks(project.database, "mia").last == before


def test_who_has_begun_nothing_is_told_who_has(project):
    work(project, "bo", "news")
    with pytest.raises(NothingToDoError, match="mia has begun nothing") as caught:
        finishing.finish(project, "mia")
    assert "--annotator: bo" in caught.value.hint
    assert finishing.unfinished(project) == {"bo": 1}


def test_undecided_suggestions_in_what_is_finished_are_counted(project):
    save(project.database, ada())
    work(project, "mia", "news")
    assert finishing.finish(project, "mia").undecided == 8


def test_more_documents_than_one_batch_are_all_finished(project, monkeypatch):
    monkeypatch.setattr(finishing, "_BATCH", 2)
    made = finishing.finish(project, "mia", ["news", "rain", "wind", "hail", "news"])
    assert made.changed == ("news", "rain", "wind", "hail")
