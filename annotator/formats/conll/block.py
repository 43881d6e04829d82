"""One document of a CoNLL file, token by token, and the values that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.conll.tags import Tag, runs
from annotator.formats.files.streams import Source, lines, shown
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.validation import checked
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.document import Document
from annotator.model.identity import suggestion_id
from annotator.model.span import Range, Span

Word = tuple[int, Sequence[Tag]]
"""The index of a token with tags; in CoNLL-U several words may stand in one token."""


@dataclass(frozen=True, slots=True)
class ConllLine:
    """A line that is not blank."""

    number: int
    text: str
    """Without its end."""
    after_blank: bool
    """Whether a line with nothing but white space comes before it."""
    problem: str = ""
    """Why it cannot be read."""


@dataclass(slots=True)
class Block:
    """The lines of one document so far."""

    line: int
    """Where it begins, counted from 1."""
    name: str = ""
    is_marked: bool = False
    """Whether a mark said that a document begins; without one it is a single sentence."""
    is_done: bool = True
    tokens: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """White space and the token that follows it."""
    after: str = ""
    """White space after the last token."""
    sentences: list[list[Word]] = field(default_factory=list[list[Word]])
    problem: tuple[int, str] | None = None
    """The first thing that is wrong with it: a line's number and a reason."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing came yet."""
        return not (self.is_marked or self.tokens or self.problem)

    def add(self, before: str, token: str, tags: Sequence[Tag]) -> None:
        """Add a token with white space before it to the last sentence."""
        self.sentences[-1].append((len(self.tokens), tags))
        self.tokens.append((before, token))

    def fail(self, line: int, reason: str) -> None:
        """Note that a line cannot be read, unless another could not before."""
        self.problem = self.problem or (line, reason)


def annotated(block: Block, number: int, source: Source, language: str) -> Annotated | Rejected:
    """The document of a block, the `number`-th of its file, or why there is none."""
    if block.problem is not None:
        return Rejected(shown(source), *block.problem)
    text, places = _laid_out(block)
    name = "" if (file := shown(source)) == "-" else f"{Path(file).stem}-{number}"
    document = Document(block.name or name or text_id(text), text, language=language)
    found = (
        _entity(text, places[words[first][0]][0], places[words[end - 1][0]][1], label)
        for words in block.sentences
        for first, end, label in runs(tags for _, tags in words)
    )
    annotations = AnnotationSet(
        document.id,
        "",
        {entity.id: entity for entity in found},
        flags=frozenset({DONE} if block.is_done else ()),
    )
    try:
        return checked(Annotated.of(document, (annotations,)))
    except ValueError as error:
        return Rejected(shown(source), block.line, str(error))


def numbered(source: Source) -> Iterator[ConllLine]:
    """The lines of a file that are not blank; one that cannot be decoded has its problem said."""
    last = 0
    for item in lines(source):
        number, raw = (item.line, b"") if isinstance(item, Rejected) else item
        after_blank, last = number > last + 1, number
        problem = item.reason if isinstance(item, Rejected) else ""
        try:
            text = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            text, problem = "", f"byte 0x{raw[error.start]:02X} is not UTF-8; save it so"
        yield ConllLine(number, text, after_blank, problem)


def _laid_out(block: Block) -> tuple[str, list[Range]]:
    """The text, and where its tokens are."""
    pieces: list[str] = []
    places: list[Range] = []
    at = 0
    for before, token in block.tokens:
        start = at + len(before)
        at = start + len(token)
        places.append((start, at))
        pieces += [before, token]
    return "".join([*pieces, block.after]), places


def _entity(text: str, start: int, end: int, label: str) -> Span:
    """Its id comes from the text, so that a sentence that comes twice has its entities once."""
    key = suggestion_id(text_id(text), "conll", "entity", [(start, end)], label)
    return Span.of(key, start, end, label)
