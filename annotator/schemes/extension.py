"""The text of a scheme's file with more in it; what people wrote there stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import SchemeError
from annotator.model.scheme import Scheme
from annotator.schemes.toml import attribute_block, entity_block, event_block, role_block, scheme_of
from annotator.schemes.toml_lines import Field, ends_of
from annotator.schemes.toml_text import quoted
from annotator.text.safe_text import pictured

_Insertion = tuple[int, str]
"""Where, and what."""


def extended(path: Path, text: str, scheme: Scheme) -> str:
    """`text`, which says less than `scheme`, with what it lacks.

    New labels, roles and attributes stand at the end, new members of a list after its last.
    Raises SchemeError where that does not make `scheme` of it, as where a table is in braces.
    """
    before = scheme_of(path, text)
    found = text
    for place, more in sorted(_members(text, before, scheme), reverse=True):
        found = found[:place] + more + found[place:]
    blocks = "".join(f"\n{block}" for block in _blocks(before, scheme))
    end = "" if found.endswith("\n") else "\n"
    found += (end + blocks).replace("\n", "\r\n" if "\r\n" in text else "\n") if blocks else ""
    try:
        is_right = scheme_of(path, found) == scheme
    except SchemeError:
        is_right = False
    if not is_right:
        raise SchemeError(
            pictured(f"{path}: nothing can be added here without writing it anew."),
            "Put tables that are in braces or dotted keys under headings in brackets.",
        )
    return found


def _blocks(before: Scheme, after: Scheme) -> Iterator[str]:
    """Tables for what `before` lacks."""
    yield from (entity_block(e) for e in after.entities if before.entity(e.name) is None)
    for event in after.events:
        known = before.event(event.name)
        if known is None:
            yield event_block(event)
        else:
            yield from (role_block(event, r) for r in event.roles if known.role(r.name) is None)
    names = {attribute.name for attribute in before.attributes}
    yield from (attribute_block(a) for a in after.attributes if a.name not in names)


def _members(text: str, before: Scheme, after: Scheme) -> Iterator[_Insertion]:
    """New values and event types of attributes that are there."""
    ends = ends_of(text)
    known = {attribute.name: attribute for attribute in before.attributes}
    for attribute in after.attributes:
        if old := known.get(attribute.name):
            place = ("attributes", attribute.name)
            yield from _more(ends, (*place, "values"), old.values, attribute.values)
            yield from _more(ends, (*place, "applies_to"), old.applies_to, attribute.applies_to)


def _more(
    ends: dict[Field, int], field: Field, old: tuple[str, ...], new: tuple[str, ...]
) -> Iterable[_Insertion]:
    end = ends.get((*field, len(old) - 1))
    added = "".join(f", {quoted(value)}" for value in new if value not in old)
    return [(end, added)] if added and end is not None else []
