"""The labels, roles and values that are written, for the `annotation.conf` beside them."""

from __future__ import annotations

from dataclasses import replace

from annotator.formats.brat.remarks import remark
from annotator.model.annotations import AnnotationSet
from annotator.model.scheme import (
    ANY_ENTITY,
    ANY_EVENT,
    Attribute,
    EntityLabel,
    EventType,
    Role,
    Scheme,
)
from annotator.schemes.brat_terms import YES, term


class Vocabulary:
    """What a scheme has, and what was used beyond it."""

    def __init__(self, scheme: Scheme | None = None) -> None:
        self._scheme = scheme or Scheme("brat")
        self._entities: dict[str, None] = {}
        self._events: dict[str, dict[str, None]] = {}
        self._attributes: dict[str, dict[str, None]] = {}
        self._of_spans: dict[str, dict[str, None]] = {}
        """Attributes of entities and relations, which are comments here."""
        self.relations: dict[str, None] = {}
        """The labels of relations, in the order in which they came."""

    def take(self, annotations: AnnotationSet) -> None:
        """Take what a set of annotations uses."""
        self._entities |= dict.fromkeys(span.label for span in annotations.entities.values())
        for event in annotations.events.values():
            roles = self._events.setdefault(event.type, {})
            roles |= dict.fromkeys(argument.role for argument in event.arguments)
            for name, value in event.attributes.items():
                self._attributes.setdefault(name, {})[value] = None
        for comment in annotations.comments.values():
            found = remark(comment.text, of_event=comment.target in annotations.events)
            if found.kind == "A":
                self._of_spans.setdefault(found.type, {})[found.value or YES] = None
        self.relations |= dict.fromkeys(r.label for r in annotations.relations.values())

    def roles(self, event_type: str) -> set[str]:
        """The roles of an event type, as they are written."""
        known = self._scheme.event(event_type)
        declared = (role.name for role in known.roles) if known else ()
        return {term(role) for role in (*declared, *self._events.get(event_type, ()))}

    def is_yes_or_no(self, attribute: str) -> bool:
        """Whether an attribute is just there or not."""
        known = next((a for a in self._scheme.attributes if a.name == attribute), None)
        return known is None or known.values == (YES,)

    def scheme(self) -> Scheme:
        """The scheme with what was used beyond it."""
        scheme = self._scheme
        labels = (EntityLabel(name) for name in self._entities if scheme.entity(name) is None)
        types = (EventType(name) for name in self._events if scheme.event(name) is None)
        known = {attribute.name for attribute in scheme.attributes}
        new = (Attribute(name, ()) for name in self._attributes if name not in known)
        others = (
            Attribute(name, tuple(values), applies_to=(ANY_ENTITY,))
            for name, values in self._of_spans.items()
            if name not in {*known, *self._attributes}
        )
        return replace(
            scheme,
            entities=(*scheme.entities, *labels),
            events=tuple(self._with_roles(event) for event in (*scheme.events, *types)),
            attributes=(*map(self._with_values, (*scheme.attributes, *new)), *others),
        )

    def _with_roles(self, event: EventType) -> EventType:
        new = (name for name in self._events.get(event.name, ()) if event.role(name) is None)
        roles = (Role(name, (ANY_ENTITY, ANY_EVENT)) for name in new)
        return replace(event, roles=(*event.roles, *roles))

    def _with_values(self, attribute: Attribute) -> Attribute:
        used = self._attributes.get(attribute.name, {})
        return replace(attribute, values=tuple(dict.fromkeys((*attribute.values, *used))))
