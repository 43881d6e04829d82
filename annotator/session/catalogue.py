"""The list of documents as one annotator sees it: what matches, in which order, and each line."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.store import search
from annotator.store.database import Database, connect
from annotator.store.filter import Filter
from annotator.store.search import Column, Listed


class Catalogue:
    """Answers what the list of documents asks; a line is known by its position."""

    def __init__(self, database: Database, annotator: str) -> None:
        self._database = database
        self._annotator = annotator

    def all(self) -> tuple[int, ...]:
        """The positions of all documents; quick however many there are."""
        return search.matching(self._database, self._annotator, Filter())

    def matching(self, wanted: Filter, column: Column, *, falling: bool) -> tuple[int, ...]:
        """The positions of the documents that match, sorted; for a thread of its own."""
        with connect(self._database.path) as database:
            return search.matching(database, self._annotator, wanted, column, falling=falling)

    def lines(self, positions: Sequence[int]) -> tuple[Listed, ...]:
        """What the list says of the documents at some positions."""
        return search.listed(self._database, self._annotator, positions)

    def titled(self, text: str, limit: int) -> tuple[tuple[str, str], ...]:
        """The ids and titles of the first documents whose titles have the words in them."""
        return search.titled(self._database, text.split(), limit)
