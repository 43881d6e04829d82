"""The agreement on events, from the sums of `event_tally` and of the layer of triggers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

from annotator.agreement.coefficients.estimate import Measured, ratio
from annotator.agreement.measures.chance import kappa_of_cells, observed_of_cells
from annotator.agreement.measures.spans import NO_DOCUMENT, Numbers, Source, span_numbers
from annotator.agreement.tallies.bootstrap_counts import Key

NO_EVENTS = "no event has an argument"
NO_MATCH = "no matched event has an argument"
NO_ATTRIBUTE = "no matched event has the attribute"
ONE_VALUE = "all matched events have one value"
TRIGGERS = {
    "trigger_identification_f1": "unlabelled_f1",
    "trigger_classification_f1": "span_f1",
    "trigger_overlap_f1": "relaxed_f1",
}
"""What the measures of triggers are called where they are measures of spans."""


def event_numbers(triggers: Source, events: Source) -> Numbers:
    """F1 of triggers, and of arguments end to end and given a matched trigger.

    Identification is that of the filler, classification of role and filler; `_overlap` where the
    fillers need to overlap only. F1 is 2 both / (n(a) + n(b)), by the criteria that `event_tally`
    names; undefined where there is nothing to compare.
    """
    of_triggers = span_numbers(triggers)
    numbers = {name: of_triggers[span] for name, span in TRIGGERS.items()}
    for scope, prefix, why in (("all", "", NO_EVENTS), ("matched", "given_trigger_", NO_MATCH)):
        for kind, name in (("filler", "argument_identification"), ("role", "role_classification")):
            for how, suffix in (("exact", ""), ("overlap", "_overlap")):
                numbers[f"{prefix}{name}{suffix}_f1"] = _f1(
                    events,
                    (kind, scope, how),
                    [("arguments", scope, "a"), ("arguments", scope, "b")],
                    why,
                )
    return numbers


def role_numbers(events: Source) -> dict[str, Measured]:
    """F1 of role classification end to end, by role."""
    named = events.named("of_role")
    roles = sorted({cast("str", role) for side, role in named if side != "both"})
    return {
        role: _f1(
            events,
            ("of_role", "both", role),
            [("of_role", "a", role), ("of_role", "b", role)],
            NO_EVENTS,
        )
        for role in roles
    }


def attribute_numbers(events: Source) -> dict[str, Numbers]:
    """Kappa on the values of each attribute of matched events, and the share that is the same.

    To have no value is a category where the other one has one; events where neither has one are
    left out. A default is a value.
    """
    tables: dict[str, list[tuple[Hashable, Hashable]]] = {}
    for name, one, other in events.named("attribute"):
        tables.setdefault(cast("str", name), []).append((one, other))
    found: dict[str, Numbers] = {}
    for name, pairs in sorted(tables.items()):
        keys: list[Key] = [("attribute", name, *pair) for pair in pairs]
        cells = {pair: events[("attribute", name, *pair)] for pair in pairs}
        documents = events.documents(keys)
        found[name] = {
            "kappa": kappa_of_cells(cells, documents, "events", NO_ATTRIBUTE, ONE_VALUE),
            "observed": observed_of_cells(cells, documents, "events", NO_ATTRIBUTE),
        }
    return found


def _f1(events: Source, both: Key, sides: list[Key], why: str) -> Measured:
    n = events[sides[0]] + events[sides[1]]
    documents = events.documents(sides)
    reason = why if len(events) else NO_DOCUMENT
    return Measured(ratio(2 * events[both], n), documents, n[0], "arguments", reason)
