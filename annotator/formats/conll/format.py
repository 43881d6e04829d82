"""CoNLL files: a token a line, its tag in the last column, a blank line after each sentence.

In: columns stand apart by a tab, or else by blanks; the first is the token, the last the tag (see
`annotator.formats.conll.tags`), and all lines of a document have as many. A line that begins with
`#` is a comment, unless it ends in a tag and has as many columns as the lines before it (2 or 4
where there are none). `-DOCSTART-` begins a document and may name it in another of its columns. In
a file without it every sentence is a document of its own, as in collections of posts. Who has no
name is named by the file and a number. The text is the tokens with a blank between two, each
sentence on a line of its own. Whoever tags every token has finished: documents come in as done.

Out: IOB2 in two columns with a tab between; `-DOCSTART-`, the id and O before each document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from annotator.formats.conll.block import annotated, numbered
from annotator.formats.conll.file import write_layers
from annotator.formats.conll.layer import DOCSTART, ConllLayer
from annotator.formats.conll.layer import LOSES as LAYER_LOSES
from annotator.formats.conll.rows import blocks, cells_of, document_name, is_tagged
from annotator.formats.conll.tags import iob2, parsed_cell
from annotator.formats.files.streams import Source, Target
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected

_LABELS = "labels that make no tag"
_SPACES = "spaces and line ends between tokens"
_UNFINISHED = "what is unfinished, which comes back as done"
_NAMES = "document ids that make no column"

NAME = "conll"
SUFFIXES = (".conll", ".iob", ".iob2", ".bio", ".bioes", ".annotated", ".tsv")
CARRIES = frozenset({Kind.ENTITIES, Kind.EVENTS})
LOSES = (*LAYER_LOSES, _LABELS, _SPACES, _UNFINISHED, _NAMES)


def recognises(path: Path) -> bool:
    """Whether the first line that is no comment begins a document or is a token with a tag."""
    for line in numbered(path):
        tagged = None if line.problem else is_tagged(line.text)
        if tagged is not None or line.problem:
            return bool(tagged)
    return False


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document after another; cells with several labels are taken as `options` say."""
    for number, block in enumerate(blocks(source, options), 1):
        yield annotated(block, number, source, options.language)


def write(
    items: Iterable[Annotated], target: Target, options: WriteOptions = WriteOptions()
) -> tuple[Loss, ...]:
    """All documents in one file; the same items give the same bytes.

    Raises FormatError where a document has several annotators.
    """
    losses: list[Loss] = []
    for made, lost in write_layers(items, target, options, _misread, _lines):
        losses += [*lost, *_losses(made)]
    return tuple(losses)


def _lines(made: ConllLayer) -> Iterator[str]:
    document = made.document
    named = _mark(document.id)
    yield named if _is_kept(document.id) else f"{DOCSTART}\tO"
    yield ""
    for tokens, runs in zip(made.sentences, made.runs, strict=True):
        for (start, end), tag in zip(tokens, iob2(runs, len(tokens)), strict=True):
            yield f"{document.text[start:end]}\t{tag}"
        yield ""


def _mark(name: str) -> str:
    return f"{DOCSTART}\t{name}\tO"


def _is_kept(name: str) -> bool:
    return "\n" not in name and document_name(cells_of(_mark(name))) == name


def _misread(label: str) -> str | None:
    try:
        kept = "\n" not in label and parsed_cell(cells_of(f"x\tB-{label}")[-1]) == (("B", label),)
    except ValueError:
        kept = False
    return None if kept else _LABELS


def _losses(made: ConllLayer) -> Iterator[Loss]:
    document = made.document
    rebuilt = "\n".join(
        " ".join(document.text[start:end] for start, end in tokens) for tokens in made.sentences
    )
    if rebuilt != document.text:
        pairs = enumerate(zip_longest(rebuilt, document.text))
        first = next(index for index, (ours, theirs) in pairs if ours != theirs)
        yield Loss(document.id, _SPACES, f"from character {first} on")
    if not made.is_done:
        yield Loss(document.id, _UNFINISHED, "not marked as done")
    if not _is_kept(document.id):
        yield Loss(document.id, _NAMES, repr(document.id))
