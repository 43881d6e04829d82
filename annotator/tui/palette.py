"""The command palette: every action, label and document by its name."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from annotator.actions import ACTIONS, Action, shown_key
from annotator.text.pictures import pictured, shortened
from annotator.tui.screens.ways import WaysScreen

_DOCUMENTS = 20
_LONG = 80
_LESS = 0.9
"""Documents come after actions and labels that fit as well."""


class NamesProvider(Provider):
    """Finds what fits what is typed; nothing here is ever markup."""

    @property
    def _ways(self) -> WaysScreen:
        return cast("WaysScreen", self.screen)

    async def discover(self) -> Hits:
        """Every action that there is now."""
        for action in self._actions():
            name = _action_name(action)
            run = partial(self._ways.do_action, action.id)
            yield DiscoveryHit(self._described(name, self._keys(action)), run, name)

    async def search(self, query: str) -> Hits:
        """Actions, then labels, then documents."""
        matcher = self.matcher(query)
        for action in self._actions():
            name = _action_name(action)
            score = matcher.match(name)
            if score > 0:
                run = partial(self._ways.do_action, action.id)
                yield Hit(
                    score, self._described(matcher.highlight(name), self._keys(action)), run, name
                )
        scheme = self._ways.editor.scheme
        labels = [(each.name, each.description, False) for each in scheme.entities]
        labels += [(each.name, each.description, True) for each in scheme.events]
        for label, about, is_event in labels:
            name = f"{'◆' if is_event else ''}{pictured(label)} (label)"
            score = matcher.match(name)
            if score > 0:
                run = partial(self._ways.give_label, label, is_event=is_event)
                yield Hit(
                    score, self._described(matcher.highlight(name), pictured(about)), run, name
                )
        for document_id, title in self._ways.editor.session.catalogue.titled(query, _DOCUMENTS):
            name = shortened(title, _LONG)
            score = max(matcher.match(name), 0.1) * _LESS
            run = partial(self._ways.visit, document_id)
            yield Hit(score, self._described(matcher.highlight(name), "document"), run, name)

    def _actions(self) -> list[Action]:
        mode = self._ways.editor.mode
        return [each for each in ACTIONS if mode in each.modes and each.id != "palette"]

    def _keys(self, action: Action) -> str:
        keys = self._ways.keys.get(action.id, action.keys)
        return f"{' '.join(shown_key(key) for key in keys)} · {action.help}"

    def _described(self, name: str | Content, about: str) -> Content:
        shown = name if isinstance(name, Content) else Content(name)
        return Content.assemble(shown, "\n", (about, "dim"))


def _action_name(action: Action) -> str:
    return f"{action.title} ({action.group.lower()})"
