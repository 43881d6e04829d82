"""spaCy's own commands on a data set: they check it, train with it and find what was taught."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion
from annotator.training.dataset import write_dataset

pytestmark = pytest.mark.xdist_group("spacy")

PEOPLE = ("Anna Berg", "Karl Weiss", "Maria Lopez", "John Smith", "Li Wei", "Omar Haddad")
CITIES = ("Aleppo", "Almaty", "Lyon", "Santos", "Gdansk")
VERBS = (("attacked", "Attack"), ("visited", "Meet"), ("left", "Deploy"))


def article(number: int) -> Annotated:
    """A sentence with two entities and an event, one with an entity in another, and a rejection."""
    key = f"d{number:02}"
    person, city = PEOPLE[number % 6], CITIES[number % 5]
    verb, event_type = VERBS[number % 3]
    text = f"{person} {verb} {city} on day {number}. Police in {city} said nothing."
    at_verb, at_city, at_police = len(person) + 1, text.index(city), text.index("Police")
    end = text.index(" said")
    entities = (
        Span.of("person", 0, len(person), "PERSON"),
        Span.of("city", at_city, at_city + len(city), "GPE"),
        Span.of("again", end - len(city), end, "GPE"),
        Span.of("police", at_police, end, "GROUP"),
    )
    trigger = Span.of("t", at_verb, at_verb + len(verb), event_type)
    event = Event("e", trigger, (Argument("Agent", "person"), Argument("Place", "city")))
    annotations = AnnotationSet(
        key, "amy", {s.id: s for s in entities}, {"e": event}, flags=frozenset({"done"})
    )
    day = text.index("day")
    rejected = Suggestion(Span.of("s", day, day + 3, "DATE"), "patterns")
    decisions = {"amy": (Decision("s", Outcome.REJECTED),)}
    return Annotated(Document(key, text), (annotations,), (rejected,), decisions)


def run_spacy(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "spacy", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_spacy_checks_trains_and_finds_what_was_taught(tmp_path: Path) -> None:
    import spacy

    folder = tmp_path / "set"
    report = write_dataset([article(n) for n in range(30)], folder, Scheme("news"))
    assert report.settings["components"] == ["ner", "spancat", "triggers"]

    checked = run_spacy(folder, "debug", "data", "config.cfg")
    assert "Corpus is loadable" in checked
    assert "Pipeline can be initialized with data" in checked
    assert "misaligned" not in checked
    assert "No overlap between training and evaluation data" in checked

    steps = ("--training.max_steps", "60", "--training.eval_frequency", "30")
    trained = run_spacy(folder, "train", "config.cfg", "--output", "../model", *steps)
    assert "Saved pipeline to output directory" in trained, trained
    assert "NER F" in run_spacy(folder, "evaluate", "../model/model-best", "test.spacy")

    doc = spacy.load(tmp_path / "model" / "model-best")(
        "Karl Weiss attacked Lyon on day 99. Police in Lyon said nothing."
    )
    assert ("Karl Weiss", "PERSON") in {(span.text, span.label_) for span in doc.ents}
    nested = {(span.text, span.label_) for span in doc.spans["sc"]}
    assert {("Police in Lyon", "GROUP"), ("Lyon", "GPE")} <= nested
    assert [(span.text, span.label_) for span in doc.spans["events"]] == [("attacked", "Attack")]
