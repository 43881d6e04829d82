"""A robot at the annotate screen: it sees what an annotator sees, and has nothing but keys.

It goes from suggestions to a gold by the cheapest keys that it knows and counts them by task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from gold import Gold, Item

from annotator.actions import Mode
from annotator.model.event import Argument, Event
from annotator.model.span import Range, Span
from annotator.session.roles import role_for, roles_of
from annotator.session.state import span_of
from annotator.text.alignment import token_at, touched
from annotator.tui.editing.editor import Editor

Press = Callable[[str], Awaitable[None]]


@dataclass
class Tally:
    """Keys by task: one number for each time that the task was done."""

    keys: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __str__(self) -> str:
        lines = [
            f"  {task:<28}{len(counts):>5} times {sum(counts) / len(counts):6.2f} keys,"
            f" at most {max(counts)}"
            for task, counts in self.keys.items()
        ]
        return "\n".join([*lines, f"  {'all':<28}{self.total:>17} keys"])

    @property
    def total(self) -> int:
        return sum(sum(counts) for counts in self.keys.values())


class Robot:
    """Plays one document. `press` sends a key and waits until the screen has settled."""

    def __init__(self, editor: Editor, press: Press, gold: Gold, *, in_bulk: bool = False) -> None:
        self.editor = editor
        self.tally = Tally()
        self._send = press
        self._gold = gold
        self._in_bulk = in_bulk
        self._ids: dict[str, str] = {}
        """The ids in the project of what the robot made, by their ids in the gold."""
        self._pressed = 0

    async def play(self) -> None:
        """Review, make what is missing, and mend the arguments."""
        await self._review()
        have = {*self.editor.state.suggestions}
        missing = [item for item in self._gold.values() if item.id not in have]
        missing.sort(key=lambda item: (isinstance(item, Event), span_of(item).start))
        for item in missing:
            await (self._make_event if isinstance(item, Event) else self._make_span)(item)
        for item in sorted(self._gold.values(), key=lambda item: span_of(item).start):
            if isinstance(item, Event) and self._differs(item):
                await self._go_to_item(self._id(item.id))
                if await self._show({a.target for a in self._wanted(item)}):
                    await self._go_to_item(self._id(item.id))
                await self._mend(item, "mend arguments")

    async def finish(self) -> None:
        """Mark the document as done and go to the next."""
        await self._do("next document", "D")

    # -- reviewing --------------------------------------------------------------------------

    async def _review(self) -> None:
        while waiting := [s.id for s in self.editor.state.undecided()]:
            if self._in_bulk and all(self._is_right(item_id) for item_id in waiting):
                await self._do("accept the rest", "Y")
                return
            current = self.editor.current
            if current not in waiting or self._has_to_wait(current):
                await self._do("go on", "j")
            else:
                await self._decide(current)

    def _has_to_wait(self, item_id: str) -> bool:
        """Whether accepting it would take over fillers that are not right yet."""
        item = self.editor.item
        wanted = self._gold.get(item_id)
        return isinstance(item, Event) and wanted is not None and any(
            self.editor.state.is_undecided(a.target) and not self._is_right(a.target)
            for a in item.arguments
        )  # fmt: skip

    def _is_right(self, item_id: str) -> bool:
        wanted = self._gold.get(item_id)
        item = self.editor.state.item(item_id)
        if wanted is None or item is None:
            return False
        a, b = span_of(item), span_of(wanted)
        return (a.ranges, a.label) == (b.ranges, b.label) and not self._differs(wanted)

    async def _decide(self, item_id: str) -> None:
        wanted = self._gold.get(item_id)
        if wanted is None:
            await self._do("reject", "x")
            return
        resized = await self._resize(item_id, span_of(wanted))
        if span_of(self._item(item_id)).label != span_of(wanted).label:
            await self._do("relabel", *self._label_keys(span_of(wanted).label))
        elif not resized:
            bulk = self._in_bulk and self._sentence_is_right()
            await self._do(*(("accept a sentence", "A") if bulk else ("accept", "a")))

    def _sentence_is_right(self) -> bool:
        place = self.editor.word[0]
        here = next((s for s in self.editor.session.sentences if s[0] <= place < s[1]), (0, 0))
        inside = [
            s.id
            for s in self.editor.state.undecided()
            if here[0] <= span_of(s.item).start < here[1]
        ]
        return len(inside) > 1 and all(self._is_right(item_id) for item_id in inside)

    async def _resize(self, item_id: str, wanted: Span) -> bool:
        tokens = self.editor.session.tokens
        first, last = touched(tokens, wanted.start, wanted.end)
        keys: list[str] = []
        span = span_of(self._item(item_id))
        a, b = touched(tokens, span.start, span.end)
        keys += ["s"] * (a - first) + ["g"] * (last - b) + ["d"] * (first - a) + ["f"] * (b - last)
        for key in keys:
            await self._do("move an edge by a token", key)
        assert span_of(self._item(item_id)).ranges == wanted.ranges
        return bool(keys)

    # -- making -----------------------------------------------------------------------------

    async def _make_span(self, span: Span) -> None:
        before = {*self.editor.state.annotations.entities}
        size = await self._reach(span)
        selecting = ["shift+right"] * (size - 1) if size > 1 else ["v"]
        if size == 1 and not self.editor.current:
            selecting = []
        await self._do(f"new span of {size}", *selecting, *self._label_keys(span.label))
        (made,) = self.editor.state.annotations.entities.keys() - before
        self._ids[span.id] = made

    async def _make_event(self, event: Event) -> None:
        before = {*self.editor.state.annotations.events}
        size = await self._reach(event.trigger)
        if await self._show({a.target for a in self._wanted(event)}):
            await self._reach(event.trigger)
        selecting = ["shift+right"] * (size - 1)
        if size == 1 and self.editor.current:
            selecting = ["v"]
        event_type = self.editor.scheme.event(event.type)
        assert event_type is not None
        self._pressed = 0
        await self._press(*selecting, "e", event_type.key)
        (made,) = self.editor.state.annotations.events.keys() - before
        self._ids[event.id] = made
        await self._mend(event, f"new event with {len(event.arguments)} arguments", self._pressed)

    async def _reach(self, span: Span) -> int:
        """Go to where a span is to begin; gives its tokens."""
        tokens = self.editor.session.tokens
        first, last = touched(tokens, span.start, span.end)
        await self._go(tokens[first])
        return last - first

    # -- arguments --------------------------------------------------------------------------

    def _wanted(self, event: Event) -> set[Argument]:
        return {Argument(a.role, self._id(a.target)) for a in event.arguments}

    def _differs(self, wanted: Item) -> bool:
        if not isinstance(wanted, Event):
            return False
        event = self._item(self._id(wanted.id))
        return {*self.editor.state.arguments(event)} != self._wanted(wanted)

    async def _mend(self, wanted: Event, task: str, pressed: int = 0) -> None:
        """Take out arguments of the current event that are wrong, and put in what it lacks."""
        event_id = self._id(wanted.id)
        target = self._wanted(wanted)
        self._pressed = pressed
        if self._arguments(event_id) != target and self.editor.mode is not Mode.LINK:
            await self._press("t")
        while self._arguments(event_id) - target:
            await self._press("backspace")
        for argument in sorted(target - self._arguments(event_id), key=lambda a: a.role):
            await self._link(event_id, argument)
        if self.editor.mode is Mode.LINK:
            await self._press("enter")
        assert self._arguments(event_id) == target
        self.tally.keys[task].append(self._pressed)

    async def _link(self, event_id: str, argument: Argument) -> None:
        editor = self.editor
        fits = role_for(editor.state, editor.scheme, event_id, argument.target)
        if fits != argument.role or argument.target not in editor.linking.hints:
            names = [role.name for role in roles_of(editor.state, editor.scheme, event_id)]
            await self._press(str(names.index(argument.role) + 1))
        await self._press(*editor.linking.hints[argument.target])

    async def _show(self, fillers: set[str]) -> bool:
        """Scroll where not all fillers are on the screen; gives whether the cursor moved."""
        unseen = fillers - {*self.editor.visible()}
        if not unseen:
            return False
        start = min(span_of(self._item(item_id)).start for item_id in unseen)
        await self._do("scroll", "pageup" if start < self.editor.place else "pagedown")
        return True

    def _arguments(self, event_id: str) -> set[Argument]:
        return {*self.editor.state.arguments(self._item(event_id))}

    # -- going ------------------------------------------------------------------------------

    async def _go_to_item(self, item_id: str) -> None:
        span = span_of(self._item(item_id))
        tokens = self.editor.session.tokens
        await self._go(tokens[token_at(tokens, span.start)])
        for _ in range(20):
            if self.editor.current == item_id:
                return
            await self._do("go on", "full_stop")
        raise AssertionError(f"cannot get to {item_id}")

    async def _go(self, word: Range) -> None:
        """Move the cursor to a word: on foot where that is cheap, else by its letters."""
        editor = self.editor
        keys_before = self._pressed
        self._pressed = 0
        while not self._sees(word):
            steps = self._steps(word)
            far, near = abs(steps) > 200, abs(steps) < 10
            forth, back = ("pagedown", "pageup") if far else ("l", "h") if near else ("down", "up")
            await self._press(forth if steps > 0 else back)
        steps = self._steps(word)
        if abs(steps) > 3:
            await self._press("apostrophe")
            near = min(editor.jumping.hints, key=lambda place: abs(place - word[0]))
            await self._press(*editor.jumping.hints[near])
            steps = self._steps(word)
        await self._press(*["l" if steps > 0 else "h"] * abs(steps))
        if self._pressed:
            self.tally.keys["go to a word"].append(self._pressed)
        self._pressed = keys_before

    def _sees(self, word: Range) -> bool:
        first, last = self.editor.visible_range()
        return first <= word[0] < last

    def _steps(self, word: Range) -> int:
        tokens = self.editor.session.tokens
        return token_at(tokens, word[0]) - token_at(tokens, self.editor.place)

    # -- keys -------------------------------------------------------------------------------

    def _label_keys(self, label: str) -> list[str]:
        return [next(key for key, name in self.editor.label_keys().items() if name == label)]

    def _id(self, item_id: str) -> str:
        return self._ids.get(item_id, item_id)

    def _item(self, item_id: str) -> Any:
        item = self.editor.state.item(item_id)
        assert item is not None
        return item

    async def _do(self, task: str, *keys: str) -> None:
        self._pressed = 0
        await self._press(*keys)
        self.tally.keys[task].append(self._pressed)

    async def _press(self, *keys: str) -> None:
        for key in keys:
            self._pressed += 1
            await self._send(key)
