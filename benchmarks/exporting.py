"""What training data for spaCy costs to write, against the least that it can cost with spaCy.

Run from the project's folder: `python benchmarks/exporting.py [DOCUMENTS]`, 10,000 if not named.
Articles of some 400 words with 25 spans each come from `../shared/tools/gen.py`, finished by one
annotator. The limit tokenizes the bare texts and writes them with spaCy's own DocBin: no spans, no
database, no split, no config. Each run is a process of its own, the loading of spaCy included; the
best of two counts. The nearness of all texts is measured alone too, as it is part of an export.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import orjson

from annotator.formats import jsonl
from annotator.formats.record import Annotated
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.project.exporting import export, export_dataset
from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.store import documents
from annotator.training.near_duplicates import near_duplicates
from annotator.training.split import Split

ROOT = Path(__file__).resolve().parents[1]
GENERATOR = ROOT.parent / "shared" / "tools" / "gen.py"
RUNS = 2
EVENTS = {"Attack", "Meet", "Elect", "Transfer-Money", "Die", "Transport"}


def limit(project: Project, folder: Path) -> None:
    """Tokenize and write, with spaCy alone."""
    texts = [document.text for document in documents.every(project.database)]
    began = _now()
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    docs = DocBin(store_user_data=True)
    for text in texts:
        docs.add(nlp.make_doc(text))
    (folder / "limit.spacy").write_bytes(docs.to_bytes())
    _tell(began)


def file(project: Project, folder: Path) -> None:
    """`annotator export spacy --out work.spacy`."""
    began = _now()
    export(project, "spacy", folder / "work.spacy", "me")
    _tell(began)


def dataset(project: Project, folder: Path) -> None:
    """`annotator export spacy`: split, config, labels and card as well."""
    began = _now()
    export_dataset(project, folder / "set", "me", split=Split(), align="contract")
    _tell(began)


def nearness(project: Project, _: Path) -> None:
    """Only which articles are near-duplicates."""
    texts = [(document.id, document.text) for document in documents.every(project.database)]
    began = _now()
    near_duplicates(texts)
    _tell(began)


STEPS = {step.__name__: step for step in (limit, file, dataset, nearness)}


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _tell(began: tuple[float, float]) -> None:
    seconds = (now - then for now, then in zip(_now(), began, strict=True))
    print(*seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(name: str, project: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and peak megabytes, the best of some runs."""
    found: list[tuple[float, ...]] = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, name, project, folder]
            told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found.append(tuple(map(float, told.stdout.split())))
    clock, processor, peak = min(found, key=lambda figures: figures[1])
    return clock, processor, peak


def annotated(number: int, row: dict) -> Annotated:
    """An article that somebody has finished."""
    key = f"a{number:06}"
    entities, events = {}, {}
    for place, (start, end, label) in enumerate(row["label"]):
        span = Span.of(f"s{place}", start, end, label)
        if label in EVENTS:
            events[f"e{place}"] = Event(f"e{place}", span)
        else:
            entities[span.id] = span
    said = AnnotationSet(key, "me", entities, events, flags=frozenset({DONE}))
    return Annotated(Document(key, row["text"]), (said,))


def made_project(folder: Path, count: int) -> Path:
    """A project with so many articles."""
    command = [sys.executable, GENERATOR, "--n", str(count), "--out", folder]
    subprocess.run([*command, "--formats", "doccano", "--no-tokens"], check=True, stdout=-3)

    def items() -> Iterator[Annotated]:
        with (folder / "doccano.jsonl").open("rb") as lines:
            yield from (annotated(n, orjson.loads(line)) for n, line in enumerate(lines))

    stream = io.BytesIO()
    jsonl.write(items(), stream)
    (folder / "all.jsonl").write_bytes(stream.getvalue())
    with Project.create(folder / "project") as project:
        import_paths(project, [folder / "all.jsonl"])
    return folder / "project"


def main(count: int) -> None:
    print(f"{count:,} documents: seconds by the clock (of the processor), peak memory")
    with tempfile.TemporaryDirectory() as folder:
        project = made_project(Path(folder), count)
        least = measured("limit", project)
        for name in STEPS:
            clock, processor, peak = least if name == "limit" else measured(name, project)
            share = f"{processor / least[1]:.2f} times the limit" if name != "limit" else ""
            print(f"{name:<9} {clock:6.2f} ({processor:5.2f}) s {peak:5.0f} MB   {share}")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        with Project.open(Path(sys.argv[2])) as opened:
            STEPS[sys.argv[1]](opened, Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
