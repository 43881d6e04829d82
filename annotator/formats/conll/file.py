"""A file of documents whose tokens stand one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotator.errors import FormatError
from annotator.formats.conll.layer import ConllLayer, layer
from annotator.formats.files.streams import Target, written
from annotator.formats.options import WriteOptions
from annotator.formats.record import Annotated, Loss


def write_layers(
    items: Iterable[Annotated],
    target: Target,
    options: WriteOptions,
    misread: Callable[[str], str | None],
    lines: Callable[[ConllLayer], Iterator[str]],
) -> Iterator[tuple[ConllLayer, tuple[Loss, ...]]]:
    """Write the `lines` of each document, and give it with what its layer lost.

    `misread` says which loss a label is that would be read as another. Raises FormatError where a
    document has several annotators, or text that is no UTF-8.
    """
    with written(target) as stream:
        for item in items:
            made = layer(item, options.align, misread)
            stream.write(_encoded(lines(made), item.document.id))
            yield made, tuple(made.losses)


def _encoded(lines: Iterable[str], document_id: str) -> bytes:
    try:
        return "".join(f"{line}\n" for line in lines).encode("utf-8")
    except UnicodeEncodeError as error:  # half a surrogate pair
        raise FormatError(f"Document {document_id!r} cannot be written: {error}.") from error
