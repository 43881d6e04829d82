"""Arguments proposed by rules: who did what to whom in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.schemes import toml as scheme_toml
from annotator.suggest.arguments import with_arguments

SCHEME = scheme_toml.read(Path(__file__).parents[2] / "labels" / "news-events.toml")


@dataclass(frozen=True)
class Case:
    marked: str
    """`[words|LABEL]` is an entity, `{words|Type}` a trigger; the first trigger is asked."""
    roles: dict[str, str]


def arguments(marked: str) -> dict[str, str]:
    text, entities, events, start = "", [], [], 0
    for char in marked:
        if char in "[{":
            start = len(text)
        elif char in "]}":
            words, _, label = text[start:].rpartition("|")
            text = text[:start] + words
            span = Span.of(f"x{start}", start, len(text), label)
            if char == "]":
                entities.append(span)
            else:
                events.append(Event(f"e{start}", span))
        else:
            text += char
    by_id = {span.id: span for span in entities}
    filled = with_arguments(Document("d", text), entities, events, SCHEME)
    return {a.role: by_id[a.target].surface(text) for a in filled[0].arguments}


CASES = [
    Case(
        "[Troops|GROUP] {killed|Die} [two|CARDINAL] [protesters|GROUP]"
        " in [Mali|GPE] [overnight|TIME].",
        {"Victim": "protesters", "Agent": "Troops", "Place": "Mali", "Time": "overnight"},
    ),
    Case(
        "[Protesters|GROUP] were {killed|Die} by [police|GROUP].",
        {"Victim": "Protesters", "Agent": "police"},
    ),
    Case("At least [14|CARDINAL] people were {shot dead|Die}.", {"Victim": "14"}),
    Case("[Two|CARDINAL] {killed|Die} in raid", {"Victim": "Two"}),
    Case(
        "[Russia|GPE] {sent|Deploy} [paratroopers|GROUP] from [Ivanovo|GPE] to [Kazakhstan|GPE].",
        {
            "Agent": "Russia",
            "Force": "paratroopers",
            "Origin": "Ivanovo",
            "Destination": "Kazakhstan",
        },
    ),
    Case("[Paratroopers|GROUP] {landed|Deploy} in [Almaty|GPE].",
         {"Force": "Paratroopers", "Destination": "Almaty"}),
    Case("[Police|GROUP] {told|Statement} [Reuters|ORG] on [Monday|DATE].",
         {"Speaker": "Police", "Addressee": "Reuters", "Time": "Monday"}),
    Case("It fell, {according to|Statement} [Reuters|ORG].", {"Speaker": "Reuters"}),
    Case("[Israel|GPE]'s {attack|Attack} on [Gaza|GPE] went on.",
         {"Attacker": "Israel", "Target": "Gaza"}),
    Case("[Ana Paz|PERSON] heard of the {attack|Attack}.", {}),
    Case("[Ana Paz|PERSON] left. He {said|Statement} so.", {}),
    Case("The [Russian|NORP] [diplomats|GROUP] {met|Meet} in [Oslo|GPE].",
         {"Participant": "diplomats", "Place": "Oslo"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.marked)
def test_the_roles_of_a_plain_sentence_are_filled(case: Case) -> None:
    assert arguments(case.marked) == case.roles


def test_nothing_is_taken_from_another_sentence() -> None:
    assert arguments("{Died|Die}. [Ana Paz|PERSON] lives.") == {}


def test_a_type_that_the_scheme_lacks_gets_no_arguments() -> None:
    event = Event("e", Span.of("t", 0, 3, "Nothing"))
    person = Span.of("p", 4, 7, "PERSON")
    assert with_arguments(Document("d", "Ran Ana"), [person], [event], SCHEME) == (event,)
