"""The projects that are measured: the seed article, a long document, and many documents."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.project.project import Project
from annotator.project.suggesting import suggest
from annotator.store import documents, suggestions

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "corpora" / "seed" / "000_719f1756240e1887.txt"
SHIPPED = ROOT / "corpus" / "02-almaty-unrest.txt"
WORDS, SPANS = 20_000, 1_000
_SOURCE = "benchmark:random@1"


def article() -> Document:
    """The seed article, or one of the project's own where that is not at hand."""
    path = SEED if SEED.is_file() else SHIPPED
    return Document(path.stem, path.read_text("utf-8"))


def one_article(root: Path) -> Project:
    """A project with one article and what the patterns suggest."""
    project = Project.create(root)
    documents.add(project.database, [article()])
    suggest(project)
    return project


def long_document(root: Path) -> Project:
    """A project with 20,000 words and 1,000 suggested spans, a tenth of them events."""
    project = Project.create(root)
    words = article().text
    while len(words.split()) < WORDS:
        words += "\n\n" + article().text
    text = " ".join(words.split(" ")[: WORDS + WORDS // 20])
    document = Document("long", text)
    documents.add(project.database, [document])
    made = tuple(Suggestion(item, _SOURCE, 0.5) for item in _items(document, project.scheme))
    suggestions.replace(project.database, _SOURCE, [(document.id, made)])
    return project


def many_documents(root: Path, count: int) -> Project:
    """A project with so many documents, each the article with a number."""
    project = Project.create(root)
    text = article().text
    documents.add(
        project.database,
        (Document(f"{number:06}", f"{text}\n\nNumber {number}.\n") for number in range(count)),
    )
    return project


def _items(document: Document, scheme: Scheme) -> Iterator[Span | Event]:
    chance = random.Random(1)
    words = [match.span() for match in re.finditer(r"\w+", document.text)]
    entities: list[Span] = []
    for number, first in enumerate(sorted(chance.sample(range(len(words) - 3), SPANS))):
        last = first + chance.choice((0, 0, 1, 2))
        if number % 10:
            label = chance.choice(scheme.entities).name
            span = Span.of(f"t{number}", words[first][0], words[last][1], label)
            entities.append(span)
            yield span
        else:
            kind = chance.choice(scheme.events)
            trigger = Span.of(f"e{number}t", *words[first], kind.name)
            near = entities[-2:]
            arguments = (Argument(r.name, s.id) for r, s in zip(kind.roles, near, strict=False))
            yield Event(f"e{number}", trigger, tuple(arguments))
