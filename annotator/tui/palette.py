"""The command palette: every action, label and document by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch

from annotator.actions import ACTIONS, Action, shown_key
from annotator.text.safe_text import pictured, shortened
from annotator.tui.screens.navigation import NavigationScreen

_DOCUMENTS = 20
_LONG = 80
_LEAST = 0.1
"""The score of a title that has the words, but not in their order."""
_LESS = 0.9
"""Documents come after actions and labels that fit as well."""


class NamesPalette(CommandPalette):
    """Textual's palette, which is given names to find."""

    def __init__(self) -> None:
        super().__init__([NamesProvider], placeholder="an action, a label, a document")

    def _action_command_list(self, action: str) -> None:
        """Pass a key on to the list, but not while it is hidden: turning its pages fails then."""
        if self.query_one(CommandList).size.width:
            super()._action_command_list(action)


class NamesProvider(Provider):
    """Finds what fits what is typed. Textual's own highlighting would read names as markup."""

    @property
    def _ways(self) -> NavigationScreen:
        return cast("NavigationScreen", self.screen)

    async def discover(self) -> Hits:
        """Every action that there is now."""
        for action in self._actions():
            name = _action_name(action)
            run = partial(self._ways.do_action, action.id)
            yield DiscoveryHit(_described(Content(name), self._keys(action)), run, name)

    async def search(self, query: str) -> Hits:
        """Actions, labels and documents."""
        search = FuzzySearch()
        for action in self._actions():
            run = partial(self._ways.do_action, action.id)
            if hit := self._hit(search, query, _action_name(action), self._keys(action), run):
                yield hit
        scheme = self._ways.editor.scheme
        labels = [(each.name, each.description, False) for each in scheme.entities]
        labels += [(each.name, each.description, True) for each in scheme.events]
        for label, about, is_event in labels:
            name = f"{'◆' if is_event else ''}{pictured(label)} (label)"
            run = partial(self._ways.give_label, label, is_event=is_event)
            if hit := self._hit(search, query, name, pictured(about), run):
                yield hit
        for document_id, title in self._ways.editor.session.catalogue.titled(query, _DOCUMENTS):
            name = shortened(title, _LONG)
            score, places = search.match(query, name)
            run = partial(self._ways.visit, document_id)
            content = _described(self._highlighted(name, places), "document")
            yield Hit(max(score, _LEAST) * _LESS, content, run, name)

    def _hit(
        self,
        search: FuzzySearch,
        query: str,
        name: str,
        about: str,
        run: Callable[[], None],
    ) -> Hit | None:
        score, places = search.match(query, name)
        content = _described(self._highlighted(name, places), about)
        return Hit(score, content, run, name) if score > 0 else None

    def _highlighted(self, name: str, places: Sequence[int]) -> Content:
        content = Content(name)
        for place in places:
            content = content.stylize(self.match_style or "bold", place, place + 1)
        return content

    def _actions(self) -> list[Action]:
        mode = self._ways.editor.mode
        return [each for each in ACTIONS if mode in each.modes and each.id != "palette"]

    def _keys(self, action: Action) -> str:
        keys = self._ways.keys.get(action.id, action.keys)
        return f"{' '.join(shown_key(key) for key in keys)} · {action.help}"


def _described(name: Content, about: str) -> Content:
    return Content.assemble(name, "\n", (about, "dim"))


def _action_name(action: Action) -> str:
    return f"{action.title} ({action.group.lower()})"
