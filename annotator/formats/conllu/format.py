"""CoNLL-U: ten columns a token, entities as BILUO tags under `NE=` in the last, as spaCy takes it.

The text comes back to the last character: white space other than one blank is in `SpacesBefore`
and `SpacesAfter`. `# newdoc id` names a document, `# finished` says whether its annotator had
finished. In: a file without `# newdoc` is a document for each sentence, named by its `sent_id`, or
else by the file and a number. A document that does not say whether it is finished is, if it has any
tag. Words that share a surface, as `2-3`, are taken by it. `spacy convert` cuts a tag's label at
its first character that is no capital letter and no `_`; here labels may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.formats.conll.block import annotated, numbered
from annotator.formats.conll.file import write_layers
from annotator.formats.conll.layer import LOSES as LAYER_LOSES
from annotator.formats.conll.layer import ConllLayer
from annotator.formats.conll.tags import biluo
from annotator.formats.conllu import last_column
from annotator.formats.conllu.sentences import COLUMNS, FINISHED, blocks, is_row
from annotator.formats.files.streams import Source, Target
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected

NAME = "conllu"
SUFFIXES = (".conllu", ".conll")
CARRIES = frozenset({Kind.ENTITIES, Kind.EVENTS})
LOSES = LAYER_LOSES


def recognises(path: Path) -> bool:
    """Whether the first line that is no comment has CoNLL-U's columns."""
    for line in numbered(path):
        if line.problem or not line.text.startswith("#"):
            return not line.problem and is_row(line.text)
    return False


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document after another, in the language of `options`."""
    for number, block in enumerate(blocks(source), 1):
        yield annotated(block, number, source, options.language)


def write(
    items: Iterable[Annotated], target: Target, options: WriteOptions = WriteOptions()
) -> tuple[Loss, ...]:
    """All documents in one file; the same items give the same bytes.

    Raises FormatError where a document has several annotators.
    """
    made = write_layers(items, target, options, _misread, _lines)
    return tuple(loss for _, lost in made for loss in lost)


def _lines(made: ConllLayer) -> Iterator[str]:
    document, text = made.document, made.document.text
    yield f"# newdoc id = {document.id}"
    yield f"# {FINISHED} = {'yes' if made.is_done else 'no'}"
    starts = [tokens[0][0] for tokens in made.sentences]
    ends = [*starts[1:], len(text)]
    before = text[: starts[0]] if starts else ""
    for tokens, runs, end in zip(made.sentences, made.runs, ends, strict=True):
        yield f"# text = {' '.join(text[tokens[0][0] : tokens[-1][1]].split())}"
        nexts = [*(start for start, _ in tokens[1:]), end]
        tags = biluo(runs, len(tokens))
        for number, ((start, stop), tag, next_) in enumerate(
            zip(tokens, tags, nexts, strict=True), 1
        ):
            after, at_end = text[stop:next_], next_ == len(text)
            misc = last_column.written(tag, before, after, at_end=at_end)
            before = ""
            yield "\t".join([str(number), text[start:stop], *"_" * (COLUMNS - 3), misc])
        yield ""


def _misread(_label: str) -> None:
    """Every label can be said."""
