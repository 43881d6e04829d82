"""The lines of a CoNLL file put together to documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.formats.conll.block import Block, ConllLine, numbered
from annotator.formats.conll.layer import DOCSTART
from annotator.formats.conll.tags import parsed_cell
from annotator.formats.files.streams import Source
from annotator.formats.options import ReadOptions

_FILLERS = {"", "O", "_", "-", "-X-"}
"""What stands in the other columns of `-DOCSTART-` and names nothing."""


def blocks(source: Source, options: ReadOptions) -> Iterator[Block]:
    """The documents of a file."""
    reading = _Reading(options)
    for line in numbered(source):
        yield from reading.take(line)
    if not reading.block.is_empty:
        yield reading.block


def is_tagged(text: str) -> bool | None:
    """Whether a line begins a document or is a token with a tag; None for a comment."""
    cells = cells_of(text)
    if cells[0] == DOCSTART:
        return True
    return None if _is_comment(cells, 0) else len(cells) > 1 and _ends_in_tag(cells)


def document_name(cells: Sequence[str]) -> str:
    """The name that a line `-DOCSTART-` gives its document, empty where it gives none."""
    return " ".join(cell for cell in cells[1:] if cell not in _FILLERS).strip()


def cells_of(text: str) -> list[str]:
    """The columns of a line: apart by tabs where it has one, else by blanks."""
    text = text.rstrip(" \t")
    if "\t" in text:
        return [cell.strip(" ") for cell in text.split("\t")]
    return re.split(" +", text.lstrip(" "))


class _Reading:
    """What is known of a file up to one of its lines."""

    def __init__(self, options: ReadOptions) -> None:
        self.block = Block(1)
        self._options = options
        self._columns = 0
        self._is_new_sentence = True

    def take(self, line: ConllLine) -> Iterator[Block]:
        """Take a line; gives the document that ended before it, if one did."""
        self._is_new_sentence |= line.after_blank
        cells = cells_of(line.text)
        if line.problem:
            yield from self._begin_sentence(line)
            self.block.fail(line.number, line.problem)
        elif cells[0] == DOCSTART:
            yield from self._begin(Block(line.number, document_name(cells), is_marked=True))
        elif not _is_comment(cells, self._columns):
            yield from self._begin_sentence(line)
            try:
                self._add(cells)
            except ValueError as error:
                self.block.fail(line.number, str(error))

    def _begin(self, block: Block) -> Iterator[Block]:
        if not self.block.is_empty:
            yield self.block
        self.block, self._is_new_sentence = block, True

    def _begin_sentence(self, line: ConllLine) -> Iterator[Block]:
        if self._is_new_sentence:
            if not self.block.is_marked:
                yield from self._begin(Block(line.number))
            self.block.sentences.append([])
            self._is_new_sentence = False

    def _add(self, cells: Sequence[str]) -> None:
        if len(cells) < 2 or not cells[0]:
            raise ValueError("expected a token and its tag")
        if not self.block.tokens:
            self._columns = len(cells)
        elif len(cells) != self._columns:
            raise ValueError(f"{len(cells)} columns, where the lines before have {self._columns}")
        tags = parsed_cell(cells[-1])
        if len(tags) > 1 and self._options.several_labels == "refuse":
            raise ValueError(f"several labels for one token: {cells[-1]}")
        before = " " if self.block.sentences[-1] else "\n"
        self.block.add(before if self.block.tokens else "", cells[0], tags)


def _is_comment(cells: Sequence[str], columns: int) -> bool:
    if not cells[0].startswith("#"):
        return False
    return not _ends_in_tag(cells) or len(cells) not in ((columns,) if columns else (2, 4))


def _ends_in_tag(cells: Sequence[str]) -> bool:
    try:
        parsed_cell(cells[-1])
    except ValueError:
        return False
    return True
