"""A stop that is put right by hand: one of its versions is there to begin with, nothing is settled.

Whether it is settled shows when the adjudicator is through. Looking is not deciding: where nothing
was changed the stop is as open as it was, and the version is taken back.
"""

from __future__ import annotations

from annotator.model.annotations import AnnotationSet
from annotator.session.adjudication.disagreement_text import point_words
from annotator.session.adjudication.disagreements import DocumentComparison, Point
from annotator.session.adjudication.resolutions import settled_from
from annotator.session.adjudication.settling import draft, put_right
from annotator.session.session import Session


class ByHand:
    """One stop under an adjudicator's hands, from when it is begun to when it is ended."""

    def __init__(self, session: Session, comparison: DocumentComparison, point: Point) -> None:
        """Put the first version of an open stop into the gold set, unless something is there.

        A stop that is settled stays as it is.
        """
        self._session = session
        self._point = point
        is_there = point.is_existence and session.state.annotations.holds(point.thing)
        self._is_drafted = not (is_there or self._is_settled()) and self._drafted(
            comparison, point.present()[:1], "by hand, begun"
        )
        self._begun = session.state.annotations
        self._run_count = session.run_count
        self._last_change = session.last_change

    def end(self, comparison: DocumentComparison) -> bool:
        """Settle the stop by what is there now, where that was changed; gives whether it was.

        `comparison` is that of the document at the end.
        """
        session = self._session
        if session.state.document.id != self._begun.document_id:
            return False  # what was done was undone, and more
        if _items(session.state.annotations) == _items(self._begun):
            self._take_back(comparison)
            return False
        if session.run_count == self._run_count:
            return False  # undone only
        if not self._is_settled():
            title = point_words(comparison, self._point)
            session.run(put_right(comparison, session.state, self._point, f"by hand: {title}"))
        return True

    def _take_back(self, comparison: DocumentComparison) -> None:
        session = self._session
        if self._is_drafted and session.last_change == self._last_change:
            session.undo()
        elif self._is_drafted:  # a comment, say, came after it
            self._drafted(comparison, (), "by hand, left as it was")

    def _drafted(
        self, comparison: DocumentComparison, versions: tuple[int, ...], title: str
    ) -> bool:
        """Put versions into the gold set; gives whether that changed anything."""
        words = point_words(comparison, self._point)
        state = self._session.state
        command = draft(comparison, state, self._point, versions, f"{title}: {words}")
        return bool(self._session.run(command))

    def _is_settled(self) -> bool:
        return self._point.id in settled_from(self._session.state.decisions).choices


def _items(annotations: AnnotationSet) -> tuple[object, ...]:
    return annotations.entities, annotations.events, annotations.relations
