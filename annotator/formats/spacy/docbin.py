"""Many `Doc`s as one DocBin file, byte for byte what spaCy writes, without holding them in memory.

What spaCy's own DocBin would keep of each `Doc` goes to a temporary file; a DocBin of any of them,
in any order, is put together from there. The form is msgpack within zlib, as in
`spacy.tokens._serialize`. spaCy's own class is not used because it looks up nine strings for every
token, and holds a hundred bytes of each token three times over while it packs.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self, cast

from annotator.errors import FormatError

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_TOKENS = 40_000_000
"""What one file holds: msgpack counts the bytes of a value with 32 bits."""
_STRINGS = ("ORTH", "NORM", "TAG", "DEP", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "LEMMA", "MORPH")
"""The attributes of a token that stand for strings."""
_MEMORY = 1 << 25
"""Bytes that are held in memory before there is a file."""


@dataclass(frozen=True, slots=True)
class _Packed:
    """Where one `Doc` lies in the temporary file: tokens, spaces, spans, user data, strings."""

    place: int
    sizes: tuple[int, int, int, int, int]
    length: int
    """In tokens."""
    unknown_spaces: bool


class DocStack:
    """`Doc`s to be written, numbered from 0. Use it in a `with` block."""

    def __init__(self) -> None:
        self._file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(_MEMORY))  # noqa: SIM115
        self._packed: list[_Packed] = []
        self._names: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._packed)

    def add(self, doc: Doc) -> None:
        """Put a `Doc` on the stack; its `user_data` has to be plain values, `cats` are not kept."""
        import numpy as np

        attributes, columns = _attributes()
        tokens: Any = doc.to_array(attributes)
        groups, of_spans = _span_groups(doc)
        found = _of_tokens(tokens, columns) | of_spans
        parts = (
            tokens.tobytes("C"),
            np.asarray(doc.to_array(["SPACY"]), dtype=bool).tobytes("C"),
            groups,
            _packer().pack(doc.user_data),
            np.fromiter(found, dtype=np.uint64, count=len(found)).tobytes(),
        )
        for key in found:
            if key not in self._names:
                self._names[key] = doc.vocab.strings[key]
        sizes = cast("tuple[int, int, int, int, int]", tuple(map(len, parts)))
        place = self._packed[-1].place + sum(self._packed[-1].sizes) if self._packed else 0
        self._file.seek(place)
        self._file.writelines(parts)
        self._packed.append(_Packed(place, sizes, len(doc), doc.has_unknown_spaces))

    def write(self, stream: IO[bytes], numbers: Iterable[int] | None = None) -> None:
        """Write a DocBin of the `Doc`s named, in that order; raises FormatError for too many."""
        chosen = self._packed if numbers is None else [self._packed[number] for number in numbers]
        length = sum(packed.length for packed in chosen)
        if length > MAX_TOKENS:
            raise FormatError(
                f"{length:,} tokens are more than a DocBin holds ({MAX_TOKENS:,}).",
                "Export fewer documents at a time.",
            )
        compressor = zlib.compressobj()
        for piece in self._message(chosen):
            stream.write(compressor.compress(piece))
        stream.write(compressor.flush())

    def _message(self, chosen: Sequence[_Packed]) -> Iterator[bytes]:
        from spacy.tokens import DocBin

        packed = _packer().pack
        yield b"\x8a" + packed("version") + packed(DocBin().version)
        yield packed("attrs") + packed(_attributes()[0])
        for index, name in enumerate(("tokens", "spaces")):
            yield packed(name) + _binary(sum(one.sizes[index] for one in chosen))
            yield from (self._part(one, index) for one in chosen)
        lengths = struct.pack(f"<{len(chosen)}i", *(one.length for one in chosen))
        yield packed("lengths") + packed(lengths)
        yield packed("strings") + packed(self._strings(chosen))
        yield packed("cats") + _array(len(chosen)) + packed({}) * len(chosen)
        yield packed("flags") + _array(len(chosen))
        yield from (packed({"has_unknown_spaces": one.unknown_spaces}) for one in chosen)
        for index, name in ((2, "span_groups"), (3, "user_data")):
            yield packed(name) + _array(len(chosen))
            yield from (packed(self._part(one, index)) for one in chosen)

    def _part(self, one: _Packed, index: int) -> bytes:
        self._file.seek(one.place + sum(one.sizes[:index]))
        return self._file.read(one.sizes[index])

    def _strings(self, chosen: Iterable[_Packed]) -> list[str]:
        import numpy as np

        hashes: set[int] = set()
        for one in chosen:
            found: Any = np.frombuffer(self._part(one, 4), dtype=np.uint64)
            hashes.update(found.tolist())
        return sorted({self._names[key] for key in hashes})


@cache
def _attributes() -> tuple[list[Any], list[int]]:
    """What spaCy keeps of a token, and which of it stands for strings."""
    from spacy import attrs  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - compiled
    from spacy.tokens import DocBin

    numbers: Any = cast("Any", attrs).IDS
    kept: Any = cast("Any", DocBin()).attrs
    return kept, [kept.index(numbers[name]) for name in _STRINGS]


def _of_tokens(tokens: Any, columns: Sequence[int]) -> set[int]:  # noqa: ANN401 - an array
    """The hashes of the strings of all tokens; most columns are zero all the way down."""
    import numpy as np

    some: Any = tokens.any(axis=0)
    used = [column for column in columns if some[column]]
    hashes: set[int] = set(np.unique(tokens[:, used]).tolist())
    return hashes | {0} if len(tokens) and len(used) < len(columns) else hashes


@cache
def _packer() -> Any:  # noqa: ANN401 - of a library without types
    """spaCy's packer, made once: making it looks through all that is installed."""
    from srsly import msgpack  # pyright: ignore[reportMissingTypeStubs] - has none

    return cast("Any", msgpack).Packer(use_bin_type=True)


def _span_groups(doc: Doc) -> tuple[bytes, set[int]]:
    """What `doc.spans.to_bytes()` gives, and the hashes of the strings of all spans in groups."""
    pack, pack_span = _packer().pack, struct.Struct(">QQQllll").pack
    known: Any = doc.vocab.strings
    groups: dict[bytes, list[str]] = {}
    hashes: set[int] = set()
    for key, group in cast("Any", doc.spans).items():
        spans: list[bytes] = []
        for one in group:
            names = (one.id, one.kb_id, one.label)
            hashes.update(names)
            edges = (one.start, one.end, one.start_char, one.end_char)
            spans.append(pack_span(*names, *edges))
        packed = pack({"name": group.name, "attrs": group.attrs, "spans": spans})
        groups.setdefault(packed, []).append(key)
    return pack(groups or []), {key for key in hashes if key in known}


def _binary(length: int) -> bytes:
    """How msgpack begins some bytes."""
    if length < 1 << 8:
        return struct.pack(">BB", 0xC4, length)
    return (
        struct.pack(">BH", 0xC5, length) if length < 1 << 16 else struct.pack(">BI", 0xC6, length)
    )


def _array(length: int) -> bytes:
    """How msgpack begins a list."""
    if length < 1 << 4:
        return struct.pack(">B", 0x90 | length)
    return (
        struct.pack(">BH", 0xDC, length) if length < 1 << 16 else struct.pack(">BI", 0xDD, length)
    )
