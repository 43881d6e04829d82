"""The lines of a CoNLL-U file put together to documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.formats.conll.block import Block, ConllLine, numbered
from annotator.formats.conllu import last_column
from annotator.formats.files.streams import Source

COLUMNS = 10
FINISHED = "finished"
"""The key of our own comment that says whether the annotator had finished."""

_COMMENT = re.compile(r"#\s*(newdoc id|newdoc|newpar id|newpar|sent_id|finished)\s*(?:=\s*(.*))?")
_ID = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9})|\.[0-9]{1,9})?")


def blocks(source: Source) -> Iterator[Block]:
    """The documents of a file: from `# newdoc` to the next, or single sentences where none was."""
    reading = _Reading()
    for line in numbered(source):
        yield from reading.take(line)
    yield from reading.closed()


def is_row(text: str) -> bool:
    """Whether a line has CoNLL-U's ten columns, with a number or a range in the first."""
    cells = text.split("\t")
    return len(cells) == COLUMNS and _ID.fullmatch(cells[0]) is not None


class _Reading:
    """What is known of a file up to one of its lines."""

    def __init__(self) -> None:
        self._block = Block(1)
        self._says_finished: bool | None = None
        self._is_tagged = False
        self._is_new_sentence = True
        self._is_new_paragraph = False
        self._name = ""
        self._gap: str | None = ""
        """White space after the last token, None where the file does not say."""
        self._surface_end = 0
        """The number of the last word that stands in the last token."""

    def take(self, line: ConllLine) -> Iterator[Block]:
        """Take a line; gives the document that ended before it, if one did."""
        self._is_new_sentence |= line.after_blank
        if line.text.startswith("#") and not line.problem:
            yield from self._comment(line)
            return
        if self._is_new_sentence:
            yield from self._begin_sentence(line)
        try:
            if line.problem:
                raise ValueError(line.problem)
            self._row(line.text.split("\t"))
        except ValueError as error:
            self._block.fail(line.number, str(error))

    def closed(self) -> Iterator[Block]:
        """The document that is being read, if there is one, as finished as it says."""
        if not self._block.is_empty:
            said = self._says_finished
            self._block.is_done = self._is_tagged if said is None else said
            self._block.after = self._gap or ""
            yield self._block

    def _comment(self, line: ConllLine) -> Iterator[Block]:
        match = _COMMENT.fullmatch(line.text)
        if match is None:
            return
        key, value = match[1].split(" ")[0], match[2] or ""
        if key == "newdoc":
            yield from self._begin(Block(line.number, value, is_marked=True))
        elif key == "newpar":
            self._is_new_paragraph = True
        elif key == "sent_id":
            self._name = value
        else:
            self._says_finished = value == "yes"

    def _begin(self, block: Block) -> Iterator[Block]:
        yield from self.closed()
        self._block, self._says_finished, self._is_tagged, self._gap = block, None, False, ""
        self._is_new_sentence = True

    def _begin_sentence(self, line: ConllLine) -> Iterator[Block]:
        if not self._block.is_marked:
            yield from self._begin(Block(line.number, self._name))
        if self._gap is None and self._is_new_paragraph:
            self._gap = "\n"
        self._block.sentences.append([])
        self._surface_end, self._name = 0, ""
        self._is_new_sentence = self._is_new_paragraph = False

    def _row(self, cells: Sequence[str]) -> None:
        match = _ID.fullmatch(cells[0])
        if len(cells) != COLUMNS or match is None:
            raise ValueError("expected ten columns, the first a number, apart by tabs")
        if "." in cells[0]:
            return
        if not cells[1]:
            raise ValueError("expected a word in the second column")
        found = last_column.fields(cells[-1])
        if match[2]:
            self._token(cells[1], found)
            self._surface_end = int(match[2])
            return
        if int(match[1]) > self._surface_end:
            self._token(cells[1], found)
        self._is_tagged |= "NE" in found
        self._block.sentences[-1].append((len(self._block.tokens) - 1, last_column.tags(found)))

    def _token(self, token: str, found: dict[str, str]) -> None:
        gap = " " if self._gap is None else self._gap
        self._block.tokens.append((gap + last_column.before(found), token))
        self._gap = last_column.after(found)
