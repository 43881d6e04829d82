"""A screen that paints lines at once, where Textual asks all widgets and waits for its clock.

Between a key and what is seen of it that is half of the time.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from textual.screen import Screen

from annotator.tui.terminal.screen_diff import Placed
from annotator.tui.theme import Palette
from annotator.tui.widgets.direct import Direct

Send = Callable[[Sequence[Placed]], None]
"""Brings strips to the terminal."""


class PaintingScreen(Screen[None]):
    """Paints the touched lines of some widgets that nothing lies over, save a scroll bar."""

    def __init__(self, send: Send, direct: Sequence[Direct]) -> None:
        super().__init__()
        self._send = send
        self._direct = direct
        for widget in direct:
            widget.holds = True

    @abstractmethod
    def sync(self) -> None:
        """Show what there is now."""

    @abstractmethod
    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""

    def paint(self) -> None:
        """Paint what was touched.

        Where Textual has to lay something out or to paint a widget anew, the lines are left to
        it too, so that all is seen at once.
        """
        if self.can_paint:
            self._send([placed for widget in self._direct for placed in self._placed(widget)])
        else:
            for widget in self._direct:
                widget.release()

    @property
    def can_paint(self) -> bool:
        """Whether all widgets lie where they will lie in the next frame."""
        waits = self._layout_required or self._scroll_required or self._repaint_required
        return self.is_current and not waits and not any(each.waits for each in self._direct)

    def _placed(self, widget: Direct) -> list[Placed]:
        """The touched lines of a widget, with their places on the screen."""
        found = self._compositor.visible_widgets.get(widget)
        lines = sorted(widget.touched())
        if found is None or not lines:
            return []
        (left, top, _, height), _ = found
        lines = [y for y in lines if 0 <= y < height]
        placed: list[Placed] = []
        for y, strip in zip(lines, widget.lines(lines), strict=True):
            room = next(cut for cut in self._compositor.cuts[top + y] if cut > left) - left
            fits = strip.cell_length <= room  # else a scroll bar lies over the rest
            placed.append((left, top + y, strip if fits else strip.crop(0, room)))
        return placed
