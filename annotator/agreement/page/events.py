"""The part of the page on events: triggers, arguments and roles, attributes."""

from __future__ import annotations

from annotator.agreement.measures.names import measure_words
from annotator.agreement.page.bars import Bar, bars
from annotator.agreement.page.figures import counted, note
from annotator.agreement.page.markup import NOTHING, Markup, element
from annotator.agreement.report.events import EventAgreement


def events_part(events: EventAgreement) -> Markup:
    """The whole part, with a heading."""
    pooled = events.pooled
    numbers: list[Bar] = [(measure_words(name), one) for name, one in pooled.numbers.items()]
    roles: list[Bar] = list(pooled.roles.items())
    attributes: list[Bar] = [
        (f"{name}: {measure_words(measure)}", one)
        for name, found in pooled.attributes.items()
        for measure, one in found.items()
    ]
    return element(
        "section",
        element("h2", "Events"),
        note(
            f"{counted(pooled.matched, 'pair')} of events with the same trigger and type, all "
            "pairs of annotators added up."
        ),
        bars("Events: triggers and arguments", "what has to be equal", numbers),
        bars("Events: argument and role, by role", "role", roles) if roles else NOTHING,
        bars("Events: values of attributes", "attribute", attributes) if attributes else NOTHING,
        id="events",
    )
