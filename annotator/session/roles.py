"""Which roles of an event are open, and what may fill them."""

from __future__ import annotations

from annotator.model.event import Event
from annotator.model.scheme import Role, Scheme
from annotator.session.state import State, span_of


def roles_of(state: State, scheme: Scheme, event_id: str) -> tuple[Role, ...]:
    """The roles of an event's type, in the scheme's order; none for what is not an event."""
    item = state.item(event_id)
    event_type = scheme.event(item.type) if isinstance(item, Event) else None
    return event_type.roles if event_type is not None else ()


def role_for(state: State, scheme: Scheme, event_id: str, target: str) -> str | None:
    """The role that a filler most likely takes: an empty one that accepts its label.

    Required roles come first; where every fitting role is filled, a repeatable one is taken.
    """
    event, filler = state.item(event_id), state.item(target)
    if not isinstance(event, Event) or filler is None:
        return None
    label = span_of(filler).label
    fitting = [r for r in roles_of(state, scheme, event_id) if scheme.accepts(r, label)]
    empty = [role for role in fitting if not event.fillers(role.name)]
    for role in sorted(empty, key=lambda role: not role.required):
        return role.name
    return next((role.name for role in fitting if role.repeatable), None)


def legal_fillers(
    state: State, scheme: Scheme, event_id: str, role_name: str | None = None
) -> tuple[str, ...]:
    """The ids of items that may fill a role of the event, or any open role where none is named.

    What fills the role already, the event itself and what was rejected are left out. A role is
    open unless it is filled and takes one filler only.
    """
    event = state.item(event_id)
    if not isinstance(event, Event):
        return ()
    roles = [
        role
        for role in roles_of(state, scheme, event_id)
        if role.name == role_name
        or (role_name is None and (role.repeatable or not event.fillers(role.name)))
    ]
    taken = {(a.role, a.target) for a in event.arguments}
    used = {a.target for a in event.arguments}
    found: list[str] = []
    for item in state.items():
        label = span_of(item).label
        if item.id == event_id or (role_name is None and item.id in used):
            continue
        if any(scheme.accepts(r, label) and (r.name, item.id) not in taken for r in roles):
            found.append(item.id)
    return tuple(found)
