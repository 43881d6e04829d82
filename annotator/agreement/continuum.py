"""A corpus as one continuum, in the rows that pygamma-agreement reads.

Mathet's gamma is not computed here: it is drawn at random, takes minutes for a thousand documents,
and its library is large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.agreement.document_annotations import DocumentAnnotations, Layer, finished
from annotator.agreement.tallies.statistics import GOLD

Unit = tuple[str, str, int, int]
"""`(annotator, label, start, end)`."""


def continuum(works: Iterable[DocumentAnnotations], layer: Layer) -> Iterator[Unit]:
    """The units of the documents that all annotators finished, end to end in order of their ids.

    Pieces of a discontinuous span are units of their own. Gold is left out.
    """
    done = finished(one for one in works if one.annotator != GOLD)
    names = {name for by in done.values() for name in by}
    offset = 0
    for by in done.values():
        if by.keys() != names:
            continue
        for name, work in by.items():
            for item in work.items(layer):
                for start, end in item.ranges:
                    yield name, item.label, offset + start, offset + end
        offset += next(iter(by.values())).length
