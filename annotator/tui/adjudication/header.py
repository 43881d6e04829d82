"""The header of the adjudicate screen: which document, which difference, how many are open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from textual.strip import Strip

from annotator.text.safe_text import pictured
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

_FILTER = 24


@dataclass(frozen=True, slots=True)
class AdjudicationPlace:
    """Where the adjudicator is."""

    title: str
    number: int
    """Of the document in the queue, from 1."""
    documents: int
    stop: int
    """Of the difference, from 1; 0 where there is none."""
    stops: int
    open: int
    agreed: int
    """Points on which all agree, which were taken over."""
    is_done: bool = False
    filter: str = ""


@lru_cache(maxsize=4)
def place_strip(place: AdjudicationPlace, palette: Palette, width: int) -> Strip:
    """Title and place in the queue; at the right how many differences are open and settled."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    canvas.put(0, "▌", styled(palette.primary, palette.panel))
    settled = place.stops - place.open
    counts = f"{place.stop}/{place.stops}  ≠{place.open} ●{settled} ={place.agreed} "
    number = f"{place.number}/{place.documents}"
    state = " done" if place.is_done else ""
    state += f" [{fitted(pictured(place.filter), _FILTER)}]" if place.filter else ""
    right = width - cell_width(counts)
    room = max(right - cell_width(number) - cell_width(state) - 6, 8)
    strong = styled(palette.foreground, palette.panel, bold=True)
    column = canvas.put(2, fitted(pictured(place.title), room), strong)
    column = canvas.put(column + 2, number, styled(palette.faint, palette.panel))
    canvas.put(column, state, styled(palette.success, palette.panel, bold=True))
    canvas.put(right, counts, styled(palette.foreground, palette.panel))
    return canvas.strip()
