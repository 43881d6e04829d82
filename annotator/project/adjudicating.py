"""Adjudication: one walk over what the annotators of a project differ in, into the gold set."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.errors import CommandError, NothingToDoError, UsageError
from annotator.model.annotations import AnnotationSet
from annotator.model.dangling import dangling, without_dangling
from annotator.model.suggestion import Decision
from annotator.project.finishing import HOW
from annotator.project.project import Project
from annotator.session.adjudication.by_hand import ByHand
from annotator.session.adjudication.comparing import compared
from annotator.session.adjudication.disagreement_text import content_words, point_words
from annotator.session.adjudication.disagreements import DifferenceKind, DocumentComparison, Point
from annotator.session.adjudication.resolutions import (
    AGREED_PREFIX,
    Choice,
    Settled,
    is_agreement,
    settled_from,
)
from annotator.session.adjudication.settling import choose, open_disagreements, reopen, take_over
from annotator.session.adjudication.voting import Rule, vote
from annotator.session.session import Session, Step
from annotator.session.state import state_of
from annotator.store import documents, entries, suggestions
from annotator.store.finished import finishers, with_decision
from annotator.training.gold import GOLD

LETTERS = string.ascii_uppercase


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stops are visited; what is empty leaves all."""

    label: str = ""
    kind: DifferenceKind | None = None
    differs: str = ""
    """An annotator who is alone with a version."""

    def fits(self, point: Point) -> bool:
        """Whether a stop is wanted."""
        alone = any(version.annotators == (self.differs,) for version in point.versions)
        return (
            (not self.label or self.label in point.labels)
            and (self.kind is None or self.kind in point.kinds)
            and (not self.differs or alone)
        )


_Known = tuple[DocumentComparison, Mapping[str, Decision], Settled, tuple[Point, ...]]


class Adjudicator:
    """Settles the stops of one document after another, under the name `gold`.

    A document is in the queue where two annotators at least have finished it. Opening one takes
    over what all agree on.
    """

    def __init__(
        self,
        project: Project,
        annotators: Sequence[str] = (),
        wanted: Wanted = Wanted(),
        *,
        anonymous: bool = False,
    ) -> None:
        self.wanted = wanted
        self.anonymous = anonymous
        self.session: Session = project.session(GOLD)
        self._database = project.database
        known = [name for name in project.annotators() if name != GOLD]
        for name in filter(None, (*annotators, wanted.differs)):
            if name not in known:
                raise UsageError(
                    f"{name!r} has annotated nothing.", f"There is: {', '.join(known) or 'nobody'}."
                )
        heard = {*(annotators or known)}
        done = finishers(project.database)
        found = {
            document_id: tuple(name for name in names if name in heard)
            for document_id, names in done.items()
        }
        foreign = {document_id for document_id, names in done.items() if GOLD in names}
        foreign -= with_decision(project.database, GOLD, AGREED_PREFIX)
        self.queue: Mapping[str, tuple[str, ...]] = {
            document_id: names
            for document_id, names in found.items()
            if len(names) > 1 and document_id not in foreign
        }
        """Document id to those who are compared, in the order of import.

        A gold set that was finished elsewhere, and imported, is left alone.
        """
        self.left_out: dict[str, dict[str, str]] = {}
        """What points to nothing and is not compared: by document each in words, and its kind."""
        self._comparison: DocumentComparison | None = None
        self._known: _Known | None = None
        self._clear: set[str] = set()

    # -- documents ----------------------------------------------------------------------------

    def require_queue(self) -> None:
        """Raise NothingToDoError where no document was finished by two annotators."""
        if not self.queue:
            raise NothingToDoError(
                "No document was finished by two annotators.",
                f"{HOW} Try it with simulated ones: `annotator demo`.",
            )

    def open(self, document_id: str) -> None:
        """Go to a document and take over what all agree on.

        Raises UsageError for one that is not in the queue.
        """
        if document_id not in self.queue:
            raise UsageError(
                f"{document_id!r} was not finished by two annotators, or its gold set is foreign.",
                "`annotator adjudicate --list` lists what was.",
            )
        self.session.open(document_id)
        self.refresh()
        self._take_over()

    def _take_over(self) -> None:
        command = take_over(self.comparison, self.session.state)
        if command is not None:
            self.session.run(command)

    def refresh(self) -> None:
        """Compare the annotators of the session's document, as they are saved now."""
        self._comparison = self._compared(self.session.state.document.id)

    def look_at(self, document_id: str) -> tuple[DocumentComparison, Settled]:
        """What is to be settled in a document, and what was; nothing is written."""
        decided = entries.load(self._database, GOLD, document_id)
        settled = settled_from(key for kind, key in decided if kind == "decision")
        return self._compared(document_id), settled

    def next_document(self, after: str | None = None, step: int = 1) -> str | None:
        """The next document with a wanted stop that is open, round and round; None for none.

        Documents on which all agree are taken over and done on the way.
        """
        ids = list(self.queue)
        here = -1 if step > 0 else 0
        if after is not None and after in self.queue:
            here = ids.index(after)
        for distance in range(1, len(ids) + 1):
            document_id = ids[(here + step * distance) % len(ids)]
            if document_id not in self._clear and self._has_open(document_id):
                return document_id
        if after is not None:
            self.open(after)
        return None

    def _has_open(self, document_id: str) -> bool:
        comparison, settled = self.look_at(document_id)
        stops = open_disagreements(comparison, settled)
        if not stops:
            self.open(document_id)
            self._clear.add(document_id)
        return any(map(self.wanted.fits, stops))

    def _compared(self, document_id: str) -> DocumentComparison:
        document = documents.get(self._database, document_id)
        sets = [self._set(name, document_id) for name in self.queue.get(document_id, ())]
        gold = entries.load(self._database, GOLD, document_id)
        in_gold = {key for kind, key in gold if kind in ("entity", "event")}
        suggested = self._suggested(document_id)
        return compared(document, sets, suggested, in_gold, self.session.scheme)

    def _suggested(self, document_id: str) -> set[str]:
        return {one.id for one in suggestions.of(self._database, document_id, GOLD)}

    def _set(self, name: str, document_id: str) -> AnnotationSet:
        document = documents.get(self._database, document_id)
        found = entries.load(self._database, name, document_id)
        annotations = state_of(document, name, (), found).annotations
        for each in dangling(annotations):
            self.left_out.setdefault(document_id, {})[f"{each.message} ({name})"] = each.what
        return without_dangling(annotations)

    # -- stops --------------------------------------------------------------------------------

    @property
    def comparison(self) -> DocumentComparison:
        """The comparison of the open document; raises NothingToDoError before one was opened."""
        if self._comparison is None:
            raise NothingToDoError("No document is open.")
        return self._comparison

    @property
    def settled(self) -> Settled:
        """What was settled in the open document."""
        return self._standing()[0]

    @property
    def stops(self) -> tuple[Point, ...]:
        """The wanted stops of the open document, but for those that lost their object."""
        settled, still = self._standing()
        return self._visited(self.comparison, settled, still)

    @property
    def open_disagreements(self) -> tuple[Point, ...]:
        """All stops of the open document that are not settled, wanted or not."""
        return self._standing()[1]

    def _standing(self) -> tuple[Settled, tuple[Point, ...]]:
        """What is settled and what is open; counted anew only where something was decided."""
        comparison, decisions = self.comparison, self.session.state.decisions
        known = self._known
        if known is None or known[0] is not comparison or known[1] is not decisions:
            settled = settled_from(decisions)
            known = (comparison, decisions, settled, open_disagreements(comparison, settled))
            self._known = known
        return known[2], known[3]

    def _visited(
        self, comparison: DocumentComparison, settled: Settled, still: Sequence[Point]
    ) -> tuple[Point, ...]:
        waiting = {point.id for point in still}
        return tuple(
            point
            for point in comparison.stops
            if (point.id in waiting or point.id in settled.choices) and self.wanted.fits(point)
        )

    def choose(self, point: Point, versions: Sequence[int], by: str = "") -> str:
        """Settle a stop; gives what was chosen, in words."""
        self._take_over()  # which may have been taken back
        choice = Choice(tuple(sorted(versions)), by)
        title = self._title(point, choice)
        command = choose(self.comparison, self.session.state, point, choice, title)
        self.session.run(command)
        return title

    def take(self, point: Point, word: str, by: str = "") -> str:
        """Settle a stop by a letter, `both` or `neither`; raises CommandError for another word."""
        if word == "neither":
            return self.choose(point, (), by)
        if word == "both":
            return self.choose(point, point.present(), by)
        annotator = self.letters().get(word.upper())
        version = point.version_of(annotator) if annotator is not None else None
        if version is None:
            raise CommandError(f"{word} has no say in this.", "Choose another one.")
        return self.choose(point, (version,), by)

    def begin_by_hand(self, point: Point) -> ByHand:
        """Make ready to put a stop right in the gold set, which settles nothing by itself."""
        self._take_over()
        return ByHand(self.session, self.comparison, point)

    def end_by_hand(self, edit: ByHand) -> bool:
        """Settle by hand what was begun, where anything was changed; gives whether it was."""
        self.refresh()
        return edit.end(self.comparison)

    def reopen(self, point: Point) -> None:
        """Make a settled stop an open one again."""
        self.session.run(reopen(self.session.state, point, "asked anew"))

    def vote(self, rule: Rule) -> int:
        """Settle every wanted stop of all documents that a rule settles; gives how many."""
        return sum(self._vote_here(document_id, rule) for document_id in self.queue)

    def _vote_here(self, document_id: str, rule: Rule) -> int:
        self.open(document_id)
        count = 0
        for point in self.comparison.stops:
            choice = vote(point, rule) if point in self.open_disagreements else None
            if choice is not None and self.wanted.fits(point):
                self.choose(point, choice.versions, choice.by)
                count += 1
        return count

    def undo(self) -> Step | None:
        """Take the last change back, in whichever document it was.

        What was taken over on the way goes with it; it comes again with the document.
        """
        while (step := self._went(self.session.undo())) is not None:
            if not any(is_agreement(c.id) for c in step.changes) or not self.session.undo_depth:
                break
        return step

    def redo(self) -> Step | None:
        """Do again what was undone last."""
        return self._went(self.session.redo())

    def _went(self, step: Step | None) -> Step | None:
        if step is not None and step.document_id != self.comparison.document.id:
            self.refresh()
        if step is not None:
            self._clear.discard(step.document_id)
        return step

    # -- words --------------------------------------------------------------------------------

    def letters(self, document_id: str | None = None) -> dict[str, str]:
        """Letter to annotator in a document, the open one where none is named.

        By name; where they are anonymous, in an order that is another one in each document.
        """
        document_id = document_id or self.comparison.document.id
        names = list(self.queue.get(document_id, ()))
        if self.anonymous:
            names.sort(key=lambda name: hashlib.sha256(f"{document_id}\0{name}".encode()).digest())
        return dict(zip(LETTERS, names, strict=False))

    def voices(self, annotators: Sequence[str], document_id: str | None = None) -> str:
        """The letters of some annotators: `A`, `A·C`."""
        letters = self.letters(document_id).items()
        return "·".join(letter for letter, name in letters if name in annotators)

    def called(self, annotator: str) -> str:
        """What an annotator is called: by name, or by letter where they are anonymous."""
        return self.voices((annotator,)) if self.anonymous else annotator

    def _title(self, point: Point, choice: Choice) -> str:
        comparison = self.comparison
        prefix = f"automatic, {choice.by}: " if choice.by else ""
        chosen = [point.versions[k] for k in choice.versions]
        if not chosen:
            return f"{prefix}neither, {point_words(comparison, point)}"
        if len(chosen) > 1:
            return f"{prefix}both, {point_words(comparison, point)}"
        who = " and ".join(self.called(name) for name in chosen[0].annotators)
        words = content_words(comparison, chosen[0].content)
        return f"{prefix}{who}, {point_words(comparison, point)}: {words}"

    def all_stops(self) -> Iterator[tuple[str, DocumentComparison, Settled, tuple[Point, ...]]]:
        """Each document of the queue with its wanted stops, settled or not; writes nothing."""
        for document_id in self.queue:
            comparison, settled = self.look_at(document_id)
            stops = self._visited(comparison, settled, open_disagreements(comparison, settled))
            yield document_id, comparison, settled, stops
