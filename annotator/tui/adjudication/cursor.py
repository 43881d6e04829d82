"""The adjudicator's way from difference to difference, without a screen: what each key does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from annotator.errors import AnnotatorError, StaleStateError
from annotator.model.span import Range, ranges_overlap
from annotator.project.adjudicating import Adjudicator, Wanted
from annotator.session.adjudication.by_hand import ByHand
from annotator.session.adjudication.disagreement_text import content_words
from annotator.session.adjudication.disagreements import DifferenceKind, Point
from annotator.session.adjudication.voting import Rule, vote
from annotator.session.session import Step
from annotator.text.safe_text import pictured


class AdjudicationCursor:
    """Stands at one stop of the adjudicator's document; `message` tells what was done."""

    def __init__(self, adjudicator: Adjudicator, key_of: Callable[[str], str]) -> None:
        self.adjudicator = adjudicator
        self.message = ""
        self._key_of = key_of
        """The key of an action, as people write it."""
        self._current = ""
        self._edit: ByHand | None = None
        self.go_to_open()
        self._tell_left_out()

    # -- where one is -------------------------------------------------------------------------

    @property
    def current(self) -> Point | None:
        """The stop that keys act on; None where there is none."""
        return next((p for p in self.adjudicator.stops if p.id == self._current), None)

    def visit(self, document_id: str, place: Range) -> None:
        """Go to a document, to a stop that touches a place where there is one."""
        self.adjudicator.open(document_id)
        near = [p.id for p in self.adjudicator.stops if ranges_overlap([p.place], [place])]
        self._current = near[0] if near else ""
        if not near:
            self.go_to_open()
        self._tell_left_out()

    def point_at(self, stop: str) -> None:
        """Make a stop the current one: by its id, or by that of the thing that it is about."""
        stops = self.adjudicator.stops
        found = next((p.id for p in stops if stop in (p.id, p.thing)), self._current)
        self._current = found

    def go_to_open(self, *, after: str = "") -> None:
        """Make the next open stop the current one, else stay where that still is a stop."""
        stops = self.adjudicator.stops
        ids = [point.id for point in stops]
        still = {point.id for point in self.adjudicator.open_disagreements}
        start = ids.index(after) + 1 if after in ids else 0
        waiting = [point_id for point_id in ids[start:] + ids[:start] if point_id in still]
        if waiting:
            self._current = waiting[0]
        elif self._current not in ids:
            self._current = ids[0] if ids else ""

    def _tell_left_out(self) -> None:
        """Tell what is not compared here since it points to nothing."""
        here = self.adjudicator.comparison.document.id
        for what, count in Counter(self.adjudicator.left_out.get(here, {}).values()).items():
            self.message = f"{self.message} Left out here: {what} ({count}).".lstrip()

    def _step(self, step: int) -> None:
        ids = [point.id for point in self.adjudicator.stops]
        if self._current in ids:
            self._current = ids[(ids.index(self._current) + step) % len(ids)]
        elif ids:
            self._current = ids[0]

    # -- what keys do -------------------------------------------------------------------------

    def act(self, action_id: str) -> str | None:
        """Do an action, and tell why where it cannot be done; gives the id of another's back."""
        self.message = ""
        try:
            if action_id.startswith("take-"):
                self.take(action_id.removeprefix("take-"))
                return None
            method = getattr(self, "do_" + action_id.replace("-", "_"), None)
            if method is None:
                return action_id or None
            method()
        except AnnotatorError as error:
            if isinstance(error, StaleStateError):
                self.adjudicator.session.reload()
            self.message = str(error)
        return None

    def take(self, word: str) -> None:
        """Settle the current stop by a letter, `both` or `neither`."""
        point = self.current
        if point is None:
            self.message = "There is no difference here."
            return
        adjudicator = self.adjudicator
        adjudicator.take(point, word)
        chosen = [point.versions[k] for k in adjudicator.settled.choices[point.id].versions]
        told = "Neither." if not chosen else "Both."
        if len(chosen) == 1:
            words = content_words(adjudicator.comparison, chosen[0].content)
            told = f"{adjudicator.voices(chosen[0].annotators)}: {words}."
        self.go_to_open(after=point.id)
        self.message = self._after(told)

    def _after(self, told: str) -> str:
        if self.adjudicator.open_disagreements:
            return told
        key = self._key_of("stop-finish")
        return f"The last one here: the document is done. {key} goes on."

    def do_stop_next(self) -> None:
        """Go to the next stop."""
        self._step(1)

    def do_stop_previous(self) -> None:
        """Go to the stop before."""
        self._step(-1)

    def begin_by_hand(self) -> str | None:
        """Make ready to put the current stop right by hand; gives its thing, None for no stop."""
        point = self.current
        if point is None:
            self.message = "There is no difference here."
            return None
        self._edit = self.adjudicator.begin_by_hand(point)
        return point.thing

    def end_by_hand(self) -> None:
        """Go on after something was put right by hand, in whichever document that ended.

        Where nothing was changed, stay: the difference is as open as it was.
        """
        edit, self._edit = self._edit, None
        if edit is not None and self.adjudicator.end_by_hand(edit):
            self.go_to_open(after=self._current)
            self.message = self._after("Put right by hand.")
        else:
            if self.current is None:
                self.go_to_open()
            self.message = "Nothing was changed, and nothing is settled by it."

    def do_stop_reopen(self) -> None:
        """Make the current stop an open one."""
        if self.current is not None:
            self.adjudicator.reopen(self.current)

    def do_stop_majority(self) -> None:
        """Settle what is open here by majority."""
        self._vote(Rule.MAJORITY)

    def do_stop_all_but_one(self) -> None:
        """Settle what is open here as all but one have it."""
        self._vote(Rule.ALL_BUT_ONE)

    def _vote(self, rule: Rule) -> None:
        count = 0
        for point in self.adjudicator.stops:
            choice = vote(point, rule) if point in self.adjudicator.open_disagreements else None
            if choice is not None:
                self.adjudicator.choose(point, choice.versions, choice.by)
                count += 1
        self.go_to_open()
        self.message = self._after(f"{count} settled by {rule.value}; undo takes one back.")

    def do_undo(self) -> None:
        """Take the last change back, and go there."""
        self._went(self.adjudicator.undo(), "Nothing to undo.")

    def do_redo(self) -> None:
        """Do again what was undone last."""
        self._went(self.adjudicator.redo(), "Nothing to do again.")

    def _went(self, step: Step | None, nothing: str) -> None:
        if step is None:
            self.message = nothing
            return
        ids = [change.id for change in step.changes if change.kind == "decision"]
        stops = {part.split("/")[1] for part in ids if part.startswith("stop/")}
        if len(stops) == 1:
            self._current = next(iter(stops))
        self.message = step.text

    def do_stop_finish(self) -> None:
        """Go to the next document with a difference."""
        self._open_next(1)

    def do_next_document(self) -> None:
        """Go to the next document with a difference."""
        self._open_next(1)

    def do_previous_document(self) -> None:
        """Go to the document before that has a difference."""
        self._open_next(-1)

    def _open_next(self, step: int) -> None:
        here = self.adjudicator.comparison.document.id
        left = len(self.adjudicator.open_disagreements)
        following = self.adjudicator.next_document(here, step)
        if following is None:
            self.message = "Nothing is left to settle in any document."
        elif following == here:
            self.message = f"No other document has a difference to settle; {left} are left here."
        else:
            self.adjudicator.open(following)
            self._current = ""
            self.go_to_open()
            self.message = f"{left} stay open in the document before." if left else ""
            self._tell_left_out()

    def do_stop_kind(self) -> None:
        """Visit the next kind of difference only, after the last one all."""
        stops = self.adjudicator.comparison.stops
        there = [None, *(kind for kind in DifferenceKind if any(kind in p.kinds for p in stops))]
        wanted = self.adjudicator.wanted
        here = there.index(wanted.kind) if wanted.kind in there else 0
        self._want(replace(wanted, kind=there[(here + 1) % len(there)]))

    def do_stop_label(self) -> None:
        """Visit the label of this stop only, or all again."""
        wanted, point = self.adjudicator.wanted, self.current
        label = point.labels[0] if point is not None and not wanted.label else ""
        self._want(replace(wanted, label=label))

    def do_stop_alone(self) -> None:
        """Visit where the next annotator is alone, after the last one all."""
        names = ["", *self.adjudicator.letters().values()]
        wanted = self.adjudicator.wanted
        here = names.index(wanted.differs) if wanted.differs in names else 0
        self._want(replace(wanted, differs=names[(here + 1) % len(names)]))

    def _want(self, wanted: Wanted) -> None:
        self.adjudicator.wanted = wanted
        if self.current is None:
            self.go_to_open()
        told = self.filter_words()
        self.message = f"Visits {told}." if told else "Visits every difference."

    def filter_words(self) -> str:
        """Which stops are visited, in words; empty for all."""
        wanted = self.adjudicator.wanted
        parts = [wanted.kind.value] if wanted.kind is not None else []
        parts += [wanted.label] if wanted.label else []
        parts += [f"{self.adjudicator.called(wanted.differs)} alone"] if wanted.differs else []
        return ", ".join(map(pictured, parts))

    def do_stop_names(self) -> None:
        """Show names, or letters only."""
        self.adjudicator.anonymous = not self.adjudicator.anonymous
        hidden = self.adjudicator.anonymous
        self.message = "Letters only, in another order." if hidden else "Names again."
