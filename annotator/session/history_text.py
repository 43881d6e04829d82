"""What a row of history did, in words: `accepted Attack “clashes”`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.model.annotations import DONE, FLAGGED, SKIPPED
from annotator.model.change import Change
from annotator.model.event import Argument, Event
from annotator.model.records import comment_from, event_from, span_from
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.adjudication.resolutions import is_remembered
from annotator.session.navigation import Item
from annotator.session.state import span_of
from annotator.text.safe_text import shortened

_LONG = 60
_FLAGS = {
    DONE: ("marked as done", "marked as not done"),
    FLAGGED: ("flagged", "took the flag off"),
    SKIPPED: ("skipped", "no longer skipped"),
}


@dataclass(frozen=True, slots=True)
class HistoryText:
    """One thing that was done, to one span or event or to the document."""

    verb: str
    label: str = ""
    is_event: bool = False
    words: str = ""
    """Those of the span or trigger, on one safe line."""
    detail: str = ""
    item_id: str = ""


def history_texts(
    changes: Sequence[Change], text: str, suggestions: Mapping[str, Suggestion]
) -> tuple[HistoryText, ...]:
    """What changes did to a document, each span and event told once."""
    teller = _Teller(changes, text, suggestions)
    return tuple(teller.history_texts())


class _Teller:
    def __init__(
        self, changes: Sequence[Change], text: str, suggestions: Mapping[str, Suggestion]
    ) -> None:
        self._changes = changes
        self._text = text
        self._suggestions = suggestions
        self._before = dict(self._items(after=False))
        self._after = dict(self._items(after=True))
        self._decided = {
            change.id: change
            for change in changes
            if change.kind == "decision" and not is_remembered(change.id)
        }

    def history_texts(self) -> Iterator[HistoryText]:
        """The deeds: events first, for their fillers came along."""
        changed = dict.fromkeys(c.id for c in self._changes if c.kind in ("event", "entity"))
        ids = dict.fromkeys((*changed, *self._decided))
        for item_id in sorted(ids, key=lambda each: not isinstance(self._known(each), Event)):
            yield from self._of_item(item_id)
        for change in self._changes:
            if change.kind == "flag" and change.id in _FLAGS:
                yield HistoryText(_FLAGS[change.id][change.after is None])
            elif change.kind == "comment":
                yield self._of_comment(change)
            elif change.kind == "relation":
                yield HistoryText("changed a relation")

    def _of_item(self, item_id: str) -> Iterator[HistoryText]:
        before, after = self._before.get(item_id), self._after.get(item_id)
        decision = self._decided.get(item_id)
        outcome = decision.after["outcome"] if decision and decision.after else ""
        known = after or before or self._known(item_id)
        if known is None:
            yield HistoryText(str(outcome) or "decided anew", item_id=item_id)
        elif before is not None and after is not None:
            yield from self._altered(before, after)
        elif after is not None:
            suggestion = self._suggestions.get(item_id)
            told = list(self._altered(suggestion.item, after)) if suggestion and outcome else []
            yield from told or [self._deed("accepted" if outcome else "added", after)]
        elif before is not None and not outcome and decision is None:
            yield self._deed("removed", before)
        else:
            yield self._deed("rejected" if outcome else "left undecided", known)

    def _altered(self, before: Item, after: Item) -> Iterator[HistoryText]:
        old, new = span_of(before), span_of(after)
        if old.label != new.label:
            yield self._deed("relabelled", after, f"was {old.label}")
        if old.ranges != new.ranges:
            yield self._deed("resized", after, f"was “{shortened(self._words(old), _LONG)}”")
        if isinstance(before, Event) and isinstance(after, Event):
            for argument in after.arguments:
                if argument not in before.arguments:
                    yield self._deed(f"filled {argument.role} of", after, self._filler(argument))
            for argument in before.arguments:
                if argument not in after.arguments:
                    yield self._deed(f"emptied {argument.role} of", after, self._filler(argument))
            for name in sorted({*before.attributes, *after.attributes}):
                value = after.attributes.get(name, "")
                if before.attributes.get(name, "") != value:
                    yield self._deed(f"set {name} of", after, f"to {value or 'nothing'}")

    def _of_comment(self, change: Change) -> HistoryText:
        record = change.after or change.before or {}
        comment = comment_from(record)
        verb = "commented" if change.after is not None else "took a comment back"
        about = self._known(comment.target)
        said = f"“{shortened(comment.text, _LONG)}”"
        if about is None:
            return HistoryText(verb, detail=said, item_id=comment.target)
        return self._deed(f"{verb} on" if change.after is not None else verb, about, said)

    def _deed(self, verb: str, item: Item, detail: str = "") -> HistoryText:
        span = span_of(item)
        words = shortened(self._words(span), _LONG)
        return HistoryText(verb, span.label, isinstance(item, Event), words, detail, item.id)

    def _filler(self, argument: Argument) -> str:
        item = self._known(argument.target)
        if item is None:
            return ""
        return f"with {span_of(item).label} “{shortened(self._words(span_of(item)), _LONG)}”"

    def _words(self, span: Span) -> str:
        return span.surface(self._text)

    def _known(self, item_id: str) -> Item | None:
        """An item by its id, from what is at hand."""
        suggestion = self._suggestions.get(item_id)
        found = self._after.get(item_id) or self._before.get(item_id)
        return found or (suggestion.item if suggestion is not None else None)

    def _items(self, *, after: bool) -> Iterator[tuple[str, Item]]:
        for change in self._changes:
            record = change.after if after else change.before
            if record is not None and change.kind in ("entity", "event"):
                yield change.id, (event_from if change.kind == "event" else span_from)(record)
