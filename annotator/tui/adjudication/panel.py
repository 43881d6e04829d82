"""Draws a difference beside the text: who has it how, an event role by role, and all stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.style import Style
from textual.strip import Strip

from annotator.model.event import Event
from annotator.session.adjudication.disagreement_text import content_words, point_words, thing_words
from annotator.session.adjudication.disagreements import About, DocumentComparison, Point, Version
from annotator.session.adjudication.resolutions import Settled
from annotator.text.safe_text import pictured
from annotator.tui.adjudication.dispute import Voices
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

OPEN, SETTLED, TAKEN = "≠", "●", "▶"
_NAME = 11
"""Cells for the name of a role."""
_NONE = "—"


class DisputePanel:
    """Draws one document's differences with one palette."""

    def __init__(
        self,
        comparison: DocumentComparison,
        settled: Settled,
        letters: Mapping[str, str],
        voices: Voices,
        palette: Palette,
        *,
        named: bool,
    ) -> None:
        self._comparison = comparison
        self._settled = settled
        self._letters = letters
        """Letter to annotator."""
        self._voices = voices
        self._palette = palette
        self._named = named

    def detail(self, point: Point | None, width: int, height: int) -> list[Strip]:
        """The stop in full: its versions and, of an event, all roles side by side."""
        blank = Canvas(width, self._plain).strip()
        if point is None:
            note = Canvas(width, self._plain)
            note.put(1, fitted("There is no difference to show here.", width - 2), self._faint)
            return [note.strip(), *[blank] * (height - 1)][:height]
        strips = [self._heading(point, width)]
        strips += [self._version(point, number, width) for number in self._ordered(point)]
        if self._comparison.things[point.thing].is_event and point.about is not About.RELATION:
            strips += self._table(point, width)
        return [*strips, *[blank] * height][:height]

    def stops(
        self, stops: Sequence[Point], current: Point | None, width: int, height: int
    ) -> list[Strip]:
        """The list of stops, the current one in view."""
        here = next((i for i, point in enumerate(stops) if point == current), 0)
        first = max(min(here - height // 2, len(stops) - height), 0)
        shown = stops[first : first + height]
        strips = [self._stop(point, width, is_current=point == current) for point in shown]
        blank = Canvas(width, self._plain).strip()
        return [*strips, *[blank] * height][:height]

    @property
    def _plain(self) -> Style:
        return styled(self._palette.foreground, self._palette.background)

    @property
    def _faint(self) -> Style:
        return styled(self._palette.faint, self._palette.background)

    def _ordered(self, point: Point) -> list[int]:
        """The versions in the order of their first letters."""
        return sorted(
            range(len(point.versions)), key=lambda k: self._voices(point.versions[k].annotators)
        )

    def _heading(self, point: Point, width: int) -> Strip:
        palette = self._palette
        canvas = Canvas(width, self._plain)
        kinds = " + ".join(kind.value for kind in point.kinds)
        chosen = self._settled.choices.get(point.id)
        hue = palette.warning if chosen is None else palette.success
        sign = OPEN if chosen is None else SETTLED
        column = canvas.put(1, f" {sign} {kinds} ", palette.chip(hue)) + 1
        words = fitted(pictured(point_words(self._comparison, point)), width - column - 1)
        canvas.put(column, words, styled(palette.foreground, palette.background, bold=True))
        return canvas.strip()

    def _version(self, point: Point, number: int, width: int) -> Strip:
        """One version: who has it, what it is, and whether it is taken."""
        palette, version = self._palette, point.versions[number]
        canvas = Canvas(width, self._plain)
        chosen = self._settled.choices.get(point.id)
        taken = chosen is not None and number in chosen.versions
        canvas.put(1, TAKEN if taken else " ", styled(palette.success, palette.background))
        meant = Style(meta={"name": self._first_letter(version).lower()})
        chip = palette.chip(palette.primary) + meant
        column = canvas.put(3, f" {self._voices(version.annotators)} ", chip) + 1
        words = content_words(self._comparison, version.content)
        words = words if version.content else _NONE
        hue = self._hue(point, version)
        style = styled(hue, palette.background, bold=bool(version.content)) + meant
        column = canvas.put(column, fitted(pictured(words), width - column - 1), style) + 2
        if self._named and column < width:
            names = ", ".join(version.annotators)
            canvas.put(column, fitted(pictured(names), width - column - 1), self._faint)
        return canvas.strip()

    def _first_letter(self, version: Version) -> str:
        letters = (letter for letter, name in self._letters.items() if name in version.annotators)
        return next(letters, "")

    def _hue(self, point: Point, version: Version) -> str:
        palette = self._palette
        if not version.content:
            return palette.faint
        if point.about is About.ENTITY:
            return palette.label(str(getattr(version.content, "label", "")))
        return palette.event

    def _table(self, point: Point, width: int) -> Iterator[Strip]:
        """The roles and attributes of an event, a column for each annotator who has it."""
        thing = self._comparison.things[point.thing]
        events = [
            (letter, thing.members[name])
            for letter, name in self._letters.items()
            if name in thing.members
        ]
        shown = [(letter, event) for letter, event in events if isinstance(event, Event)]
        room = max((width - _NAME - 4) // max(len(shown), 1), 6)
        yield self._row("", [letter for letter, _ in shown], room, width, self._faint, " ")
        rows: list[tuple[bool, str, list[str]]] = []
        for role in dict.fromkeys(each.role for _, event in shown for each in event.arguments):
            asked = point.about is About.ROLES and role in point.name.split(", ")
            cells = [self._fillers(event, self._letters[key], role) for key, event in shown]
            rows.append((asked, role, cells))
        for each in self._comparison.by_thing().get(point.thing, ()):
            if each.about is About.ATTRIBUTE:
                cells = [self._value(each, self._letters[key]) for key, _ in shown]
                rows.append((each == point, each.name, cells))
        for asked, name, cells in sorted(rows, key=lambda row: (not row[0], len({*row[2]}) == 1)):
            yield self._compared(name, cells, room, width, is_asked=asked)

    def _fillers(self, event: Event, annotator: str, role: str) -> str:
        targets = [a.target for a in event.arguments if a.role == role]
        found = (
            thing
            for thing in self._comparison.things.values()
            if annotator in thing.members and thing.members[annotator].id in targets
        )
        return "; ".join(thing_words(self._comparison, thing.id) for thing in found)

    def _value(self, point: Point, annotator: str) -> str:
        version = point.version_of(annotator)
        content = None if version is None else point.versions[version].content
        return content if isinstance(content, str) else ""

    def _compared(
        self, name: str, cells: Sequence[str], room: int, width: int, *, is_asked: bool
    ) -> Strip:
        differs = len(set(cells)) > 1
        if not differs:  # once, over all columns
            cells, room = cells[:1], width - _NAME - 4
        palette = self._palette
        hue = palette.foreground if is_asked else palette.warning if differs else palette.faint
        style = styled(hue, palette.background, bold=differs)
        sign = TAKEN if is_asked else OPEN if differs else " "
        return self._row(name, [cell or _NONE for cell in cells], room, width, style, sign)

    def _row(
        self, name: str, cells: Sequence[str], room: int, width: int, style: Style, sign: str
    ) -> Strip:
        canvas = Canvas(width, self._plain)
        canvas.put(1, sign, style)
        canvas.put(3, fitted(pictured(name), _NAME - 1), style)
        for index, cell in enumerate(cells):
            canvas.put(3 + _NAME + index * room, fitted(pictured(cell), room - 1), style)
        return canvas.strip()

    def _stop(self, point: Point, width: int, *, is_current: bool) -> Strip:
        palette = self._palette
        background = palette.panel if is_current else palette.background
        canvas = Canvas(width, styled(palette.foreground, background))
        choice = self._settled.choices.get(point.id)
        meant = Style(meta={"name": point.id})
        canvas.fill(0, width, " ", styled(palette.foreground, background) + meant)
        hue = palette.warning if choice is None else palette.success
        canvas.put(1, OPEN if choice is None else SETTLED, styled(hue, background) + meant)
        kind = point.kinds[0].value
        canvas.put(3, fitted(kind, 10), styled(palette.faint, background) + meant)
        taken = ""
        if choice is not None:
            voices = (self._voices(point.versions[k].annotators) for k in choice.versions)
            taken = "+".join(voices) or "neither"
        room = width - 14 - cell_width(taken) - 2
        words = fitted(pictured(point_words(self._comparison, point)), room)
        plain = styled(palette.foreground, background, bold=is_current) + meant
        canvas.put(14, words, plain)
        if taken:
            column = width - cell_width(taken) - 1
            canvas.put(column, taken, styled(palette.success, background) + meant)
        return canvas.strip()
