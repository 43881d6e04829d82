"""spaCy's own commands on a data set: they check it, train with it and find what was taught."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def label_files(folder: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_bytes()) for path in (folder / "labels").iterdir()}


def found_by_spacy(folder: Path) -> dict[str, Any]:
    """What `spacy init labels` writes where the config names no files of labels."""
    from spacy.training.initialize import init_nlp
    from spacy.util import load_config

    config = load_config(folder / "config.cfg")
    config["initialize"]["components"] = {}
    config["paths"] = {name: str(folder / f"{name}.spacy") for name in ("train", "dev")}
    config["paths"] |= {"vectors": None, "init_tok2vec": None}
    return {
        name: json.loads(json.dumps(component.label_data))
        for name, component in init_nlp(config).pipeline
        if getattr(component, "label_data", None) is not None
    }


def test_spacy_checks_trains_and_finds_what_was_taught(tmp_path: Path) -> None:
    import spacy

    folder = tmp_path / "set"
    report = write_dataset([article(n) for n in range(30)], folder, Scheme("news"))
    assert report.settings["components"] == ["ner", "spancat", "triggers"]
    assert label_files(folder) == found_by_spacy(folder)
    assert list(label_files(folder)["ner"]["1"]) == list(found_by_spacy(folder)["ner"]["1"])

    checked = run_spacy(folder, "project", "run", "debug")
    assert "Config is valid" in checked
    assert "Corpus is loadable" in checked
    assert "Pipeline can be initialized with data" in checked
    assert "misaligned" not in checked
    assert "invalid whitespace" not in checked
    assert "No overlap between training and evaluation data" in checked

    steps = ("--training.max_steps", "60", "--training.eval_frequency", "30")
    trained = run_spacy(folder, "train", "config.cfg", "--output", "../set-model", *steps)
    assert "Saved pipeline to output directory" in trained, trained
    evaluated = run_spacy(folder, "project", "run", "evaluate")
    assert "NER F" in evaluated, evaluated
    scores = json.loads((tmp_path / "set-model" / "scores.json").read_bytes())
    assert {"ents_f", "spans_entities_f", "spans_events_f"} <= scores.keys()

    doc = spacy.load(tmp_path / "set-model" / "model-best")(
        "Karl Weiss attacked Lyon on day 99. Police in Lyon said nothing."
    )
    assert ("Karl Weiss", "PERSON") in {(span.text, span.label_) for span in doc.ents}
    nested = {(span.text, span.label_) for span in doc.spans["entities"]}
    assert {("Police in Lyon", "GROUP"), ("Lyon", "GPE")} <= nested
    assert [(span.text, span.label_) for span in doc.spans["events"]] == [("attacked", "Attack")]

    write_dataset([article(n) for n in range(40)], folder, Scheme("news"))
    assert not (folder / "project.lock").exists()


def test_the_project_runs_what_the_card_says(tmp_path: Path) -> None:
    folder = tmp_path / "my set"
    write_dataset([article(n) for n in range(30)], folder, Scheme("news: é"))
    said = run_spacy(folder, "project", "run", "train", "--dry")
    command = "-m spacy train config.cfg --output '../my set-model'"
    assert command in said
    assert command in (folder / "README.md").read_text("utf-8")


class _Sight:
    """What spaCy's corpus reader and the loss of `ner` see of a data set."""

    def __init__(self, folder: Path) -> None:
        from spacy.training import Corpus
        from spacy.util import load_config, load_model_from_config

        self.nlp = load_model_from_config(load_config(folder / "config.cfg"), auto_fill=True)
        corpora = [Corpus(path)(self.nlp) for path in folder.glob("*.spacy")]
        found = [example for corpus in corpora for example in corpus]
        self.examples = {events_id(one.reference): one for one in found}
        labels = json.loads((folder / "labels" / "ner.json").read_bytes())
        self.nlp.initialize(lambda: found)
        assert set(self.nlp.get_pipe("ner").labels) <= {*labels["1"], "DATE"}

    def loss(self, key: str) -> float:
        losses: dict[str, float] = {}
        self.nlp.update([self.examples[key]], losses=losses, sgd=None)
        return losses["ner"]


def events_id(doc: Any) -> str:
    return json.loads(doc.user_data["annotator.document"])["id"]


def test_rejections_are_negative_and_what_is_undecided_is_missing_for_the_loss(
    tmp_path: Path,
) -> None:
    def emptied(item: Annotated, *, done: bool, rejected: bool) -> Annotated:
        flags = frozenset({"done"} if done else ())
        [said] = item.annotations
        said = replace(said, entities={}, flags=flags)
        decisions = item.decisions if rejected else {}
        return replace(item, annotations=(said,), decisions=decisions)

    items = [article(n) for n in range(20)]
    items[3] = emptied(items[3], done=False, rejected=False)
    items[4] = emptied(items[4], done=False, rejected=True)
    items[5] = emptied(items[5], done=True, rejected=False)
    items[6] = replace(items[6], annotations=(replace(items[6].annotations[0], flags=frozenset()),))
    items = [
        replace(i, annotations=(replace(i.annotations[0], events=_events_less_arguments(i)),))
        for i in items
    ]
    write_dataset(items, tmp_path / "set", Scheme("news"), task="ner")
    sight = _Sight(tmp_path / "set")
    tags = {key: example.get_aligned_ner() for key, example in sight.examples.items()}
    assert set(tags["d03"]) == {None}
    assert set(tags["d04"]) == {None}
    assert set(tags["d05"]) == {"O"}
    assert None in tags["d06"]
    assert "O" not in tags["d06"]
    assert any(tag and tag != "O" for tag in tags["d06"])
    [negative] = sight.examples["d04"].reference.spans["incorrect_spans"]
    assert (negative.text, negative.label_) == ("day", "DATE")
    assert sight.loss("d03") == 0
    assert sight.loss("d04") > 0
    assert sight.loss("d05") > 0


def _events_less_arguments(item: Annotated) -> dict[str, Event]:
    events = item.annotations[0].events
    return {key: replace(event, arguments=()) for key, event in events.items()}
