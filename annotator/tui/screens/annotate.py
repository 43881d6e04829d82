"""The annotate screen: shows what the editor holds, and hands it the keys."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from annotator.actions import Mode
from annotator.errors import AnnotatorError
from annotator.model.annotations import DONE, FLAGGED, SKIPPED
from annotator.model.span import Range
from annotator.model.suggestion import Outcome
from annotator.session.filtering import filter_text
from annotator.session.session import Session
from annotator.tui.editing.editor import Editor
from annotator.tui.page.cells import fitted
from annotator.tui.page.marks import cut_items, mark_of, marks_of, touched_by
from annotator.tui.page.page import Density
from annotator.tui.panels.card import card_of
from annotator.tui.panels.card_panel import card_line, card_strips
from annotator.tui.panels.label_panel import label_strips
from annotator.tui.panels.lines import Progress, header_strip, status_strip
from annotator.tui.panels.status_hints import key_of, situation_of
from annotator.tui.screens.navigation import NavigationScreen
from annotator.tui.screens.painting import Send
from annotator.tui.stopwatch import Stopwatch
from annotator.tui.theme import Palette
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.sheet import Sheet
from annotator.tui.widgets.span_list import SpanList

_WIDE = 100
"""From this many columns on the side panel is shown unless it was closed."""
_PANEL = 42
_CARD = 13
_NAME = 16
"""Cells for the annotator's name."""


class _Body(Horizontal):
    BLANK = True


class AnnotateScreen(NavigationScreen):
    """One annotator at one document after another."""

    BLANK = True

    class OtherTheme(Message):
        """Another theme was asked for."""

    def __init__(
        self,
        session: Session,
        palette: Palette,
        keys: dict[str, tuple[str, ...]],
        send: Send,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.view = DocumentView(palette, id="document")
        self.spans = SpanList(palette, id="spans")
        self._header, self._status = Sheet(id="header"), Sheet(id="status")
        self._card, self._labels = Sheet(id="card"), Sheet(id="labels")
        self._line = Sheet(id="line")
        drawn = (self._header, self.view, self._card, self.spans, self._line, self._status)
        super().__init__(send, drawn)
        self.editor = Editor(session, keys)
        self._keys = keys
        self._palette = palette
        self._shown_epoch = -1
        self._knew_tokens = False
        self._labels_drawn_in: Palette | None = None
        self._show_rejected = False
        self._panel: bool | None = None
        self._filter = Input(placeholder=_filter_hint(keys), id="filter", compact=True)
        self._stopwatch = Stopwatch(clock)
        self._done = 0

    def compose(self) -> ComposeResult:
        """Header, document beside the side panel, the current item, status."""
        yield self._header
        with _Body(id="body"):
            yield self.view
            with Vertical(id="side"):
                yield self._card
                yield self._labels
                yield self._filter
                yield self.spans
        yield self._line
        yield self._status

    def on_mount(self) -> None:
        """Show the first document."""
        self.editor.visible = self.view.visible_ids
        self.editor.visible_range = self.view.visible_range
        self.view.focus()
        self._place_panel()
        self.sync()

    def on_resize(self) -> None:
        """Give the panel its room and draw the lines anew."""
        self._place_panel()
        self.call_after_refresh(self._draw_lines)

    # -- keys and mouse -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Hand the key to the editor, or do what only the screen can."""
        if self._filter.has_focus:
            self._leave_filter(event)
            return
        event.stop()
        event.prevent_default()
        self._do(self.editor.press(_plain_key(event.key), event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Look for what is pasted while words are looked for."""
        if self.editor.mode is Mode.FIND and not self._filter.has_focus:
            self.editor.finding.add(event.text)
            self.sync()

    @on(DocumentView.ItemClicked)
    @on(SpanList.ItemClicked)
    def _item_clicked(self, event: DocumentView.ItemClicked | SpanList.ItemClicked) -> None:
        if not self.editor.linking.choose(event.item_id):
            self.editor.leave()
            self.editor.point_at(event.item_id)
        self.sync()

    @on(DocumentView.EdgeDragged)
    def _edge_dragged(self, event: DocumentView.EdgeDragged) -> None:
        self.editor.point_at(event.item_id)
        self.editor.edges.drag(event.offset, at_start=event.at_start)
        self.sync()

    @on(DocumentView.TextClicked)
    def _text_clicked(self, event: DocumentView.TextClicked) -> None:
        if not self.editor.linking.choose_at(event.offset):
            self.editor.making.do_cancel()
            self.editor.moving.to(event.offset)
        self.sync()

    @on(DocumentView.TextDragged)
    def _text_dragged(self, event: DocumentView.TextDragged) -> None:
        self.editor.making.select(event.start, event.end)
        self.sync()

    @on(Sheet.Chosen, "#labels")
    def _label_clicked(self, event: Sheet.Chosen) -> None:
        self.give_label(event.name, is_event=self.editor.scheme.event(event.name) is not None)

    @on(Sheet.Chosen, "#card")
    @on(Sheet.Chosen, "#line")
    def _role_clicked(self, event: Sheet.Chosen) -> None:
        self.editor.linking.begin_with(event.name)
        self.sync()

    @on(Sheet.Chosen, "#status")
    def _hint_clicked(self, event: Sheet.Chosen) -> None:
        self._do(self.editor.press(event.name, event.name if len(event.name) == 1 else None))

    def _do(self, action_id: str | None) -> None:
        """Do a screen's action, then show what changed."""
        if action_id is not None:
            getattr(self, "_do_" + action_id.replace("-", "_"))()
        self.sync()

    def _do_quit(self) -> None:
        self._shell.exit()

    def _do_redraw(self) -> None:
        self.refresh(layout=True)

    def _do_up(self) -> None:
        self.editor.moving.to(self.view.page.beside(self.editor.focus.cursor[0], -1))

    def _do_down(self) -> None:
        self.editor.moving.to(self.view.page.beside(self.editor.focus.cursor[0], 1))

    def _do_page_up(self) -> None:
        height = self.view.size.height
        self.editor.moving.to(self.view.page.further(self.editor.focus.cursor[0], -height))

    def _do_page_down(self) -> None:
        height = self.view.size.height
        self.editor.moving.to(self.view.page.further(self.editor.focus.cursor[0], height))

    def _do_panel(self) -> None:
        self._panel = not self._panel_is_shown
        self._place_panel()
        self.call_after_refresh(self._draw_lines)

    def _do_filter_spans(self) -> None:
        self._panel = True
        self._place_panel()
        self.set_focus(self._filter)

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        self.spans.narrow(event.value)

    def _leave_filter(self, event: events.Key) -> None:
        """Enter keeps the filter, Esc shows the whole list; other keys are for what is typed."""
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            if event.key == "escape":
                self._filter.clear()
            self.set_focus(self.view)

    def _do_density(self) -> None:
        order = list(Density)
        density = order[(order.index(self.view.density) + 1) % len(order)]
        self.view.set_density(density)
        self.editor.message = f"Density: {density.value}."

    def _do_rejected(self) -> None:
        self._show_rejected = not self._show_rejected
        self.view.set_rejected(shown=self._show_rejected)
        self.spans.set_rejected(shown=self._show_rejected)

    def _do_theme(self) -> None:
        self.post_message(self.OtherTheme())

    def _do_occurrences_everywhere(self) -> None:
        self.editor.message = "Looking into the other documents…"
        self.run_worker(self._suggest_elsewhere(*self.editor.occurrences.sought))

    async def _suggest_elsewhere(self, words: str, label: str) -> None:
        suggest = self.editor.session.suggest_elsewhere
        try:
            spread = await asyncio.to_thread(suggest, words, label)
            self.editor.occurrences.tell(spread)
        except AnnotatorError as error:
            self.editor.message = str(error)
        self.sync()

    # -- showing ------------------------------------------------------------------------------

    def sync(self) -> None:
        """Show what the editor holds now; only what differs is drawn again."""
        editor = self.editor
        state = editor.state
        changes = editor.taken_changes()
        if editor.epoch != self._shown_epoch:
            self._show_document()
        elif changes or self._knew_tokens is not bool(self._tokens):
            touched = touched_by(state, changes) | self._newly_cut()
            marks = {i: mark_of(state, editor.scheme, i, self._tokens) for i in touched}
            self.view.change(marks, editor.focus)
            self.spans.change(marks)
        if any(change.kind == "flag" for change in changes):
            self._done = editor.session.done_count()
        self.view.focus_on(editor.focus)
        self.spans.point_at(editor.current)
        self._draw_lines()

    def _show_document(self) -> None:
        state = self.editor.state
        self._shown_epoch = self.editor.epoch
        self._stopwatch.enter(state.document.id)
        self._done = self.editor.session.done_count()
        self._knew_tokens = bool(self._tokens)
        marks = list(marks_of(state, self.editor.scheme, self._tokens))
        title = state.document.title_range
        self.view.show(state.document.text, marks, title, self.editor.focus)
        self.spans.show(state.document.text, marks)

    @property
    def _tokens(self) -> tuple[Range, ...]:
        """The tokens of the export; none until its tokenizer is there."""
        session = self.editor.session
        return session.tokens if session.has_tokens else ()

    def _newly_cut(self) -> set[str]:
        """What turns out to cut words once the tokens are known."""
        if self._knew_tokens:
            return set()
        self._knew_tokens = bool(self._tokens)
        return cut_items(self.editor.state, self._tokens)

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._palette = palette
        self.view.set_palette(palette)
        self.spans.set_palette(palette)
        self._draw_lines()

    def _draw_lines(self) -> None:
        width = self.size.width
        if not width:
            return
        snap = key_of("snap", Mode.NORMAL, self._keys)
        editor = self.editor
        card = card_of(editor.state, editor.scheme, editor.current, self._tokens, snap)
        situation = situation_of(editor, self._keys, self._saved())
        situation = replace(situation, facts=self._facts())
        self._header.show([header_strip(self._progress(), self._palette, width)])
        status = status_strip(situation, self._palette, width)
        self._status.show([status])
        if self._panel_is_shown:
            self._card.show(card_strips(card, self._palette, _PANEL - 1, self._card_height))
            self._draw_labels()
        if self._line.display:
            self._line.show([card_line(card, self._palette, width)])
        self.paint()

    @property
    def can_paint(self) -> bool:
        """Whether nothing moves, and the drawer does not lie over the text."""
        return super().can_paint and not (self._panel_is_shown and self.size.width < _WIDE)

    def _draw_labels(self) -> None:
        if self._labels_drawn_in is self._palette:
            return
        self._labels_drawn_in = self._palette
        labels = label_strips(
            self.editor.scheme, self.editor.label_keys(), self._palette, _PANEL - 1
        )
        self._labels.styles.height = len(labels)
        self._labels.show(labels)

    @property
    def _panel_is_shown(self) -> bool:
        return self._panel if self._panel is not None else self.size.width >= _WIDE

    def _place_panel(self) -> None:
        shown, narrow = self._panel_is_shown, self.size.width < _WIDE
        self.set_class(narrow, "narrow")
        self.query_one("#side").display = shown
        self._line.display = narrow or not shown
        self._card.styles.height = self._card_height
        roomy = self.size.height >= 36
        self._labels.display = roomy

    @property
    def _card_height(self) -> int:
        return min(_CARD, max(self.size.height * 11 // 24, 4))

    def _progress(self) -> Progress:
        editor, state = self.editor, self.editor.state
        outcomes = [decision.outcome for decision in state.decisions.values()]
        rejected = outcomes.count(Outcome.REJECTED)
        annotations = state.annotations
        number, documents = editor.session.position
        return Progress(
            state.document.title,
            number,
            documents,
            accepted=len(annotations.entities) + len(annotations.events),
            undecided=len(state.suggestions.keys() - state.decisions.keys()),
            rejected=rejected,
            is_done=DONE in annotations.flags,
            is_flagged=FLAGGED in annotations.flags,
            is_skipped=SKIPPED in annotations.flags,
            filter=filter_text(editor.session.filter),
        )

    def _facts(self) -> tuple[str, ...]:
        """What the status line tells beside the keys, the most important first."""
        editor = self.editor
        share = 100 * editor.place // max(len(editor.state.document.text), 1)
        documents = editor.session.position[1]
        unit = " min" if self.size.width >= _WIDE else "m"
        minutes = f"{self._stopwatch.minutes}{unit}"
        return f"{share}%", minutes, f"{self._done}/{documents} done"

    def _saved(self) -> str:
        depth = self.editor.session.undo_depth
        undo = f" ↶{depth}" if depth else ""
        if self.size.width < _WIDE:
            return f"✓{undo}" if undo else "✓ saved"
        return f"{fitted(self.editor.session.annotator, _NAME)} ✓ saved{undo}"


def _filter_hint(keys: dict[str, tuple[str, ...]]) -> str:
    key = key_of("filter-spans", Mode.NORMAL, keys)
    return f"SPANS · {key} filters" if key else "SPANS"


def _plain_key(key: str) -> str:
    """Some terminals report a capital as shift and the letter."""
    modifier, _, name = key.partition("+")
    return name.upper() if modifier == "shift" and len(name) == 1 else key
