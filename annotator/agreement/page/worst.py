"""The part of the page on the worst documents: what differs in them, in the words of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.agreement.naming import LAYERS
from annotator.agreement.page.disputes import Dispute, Version, worst_documents
from annotator.agreement.page.figures import UNDEFINED, counted, note, number, table
from annotator.agreement.page.markup import Content, Markup, element, joined, name
from annotator.agreement.report import LayerAgreement
from annotator.agreement.spans import Ranges

MOST_DISPUTES = 60
_AROUND = 28
"""Code points of the text that are shown on both sides."""
_LONG = 200
"""A longer stretch is cut."""
_OPEN = 3
"""How many documents are unfolded."""


def worst_part(
    layers: Sequence[LayerAgreement],
    found: Mapping[str, Sequence[Dispute]],
    texts: Mapping[str, str],
) -> Markup:
    """The documents that pull the numbers down most, each with its differences."""
    documents = worst_documents(layers)
    content = [
        _document(one, layers, found.get(one, ()), texts.get(one), is_open=place < _OPEN)
        for place, one in enumerate(documents)
    ]
    if not content:
        content = [note(element("span", UNDEFINED, class_="undefined"), " no spans differ")]
    return element(
        "section",
        element("h2", "Worst documents"),
        note(
            "Those with the most spans that the other annotator of a pair does not have alike, "
            f"{counted(len(documents), 'document')}. What pairs differ in alike is told once."
        ),
        *content,
        id="worst",
    )


def _document(
    document_id: str,
    layers: Sequence[LayerAgreement],
    found: Sequence[Dispute],
    text: str | None,
    *,
    is_open: bool,
) -> Markup:
    figures: list[Content] = []
    for layer in layers:
        counts = layer.pooled.documents.get(document_id)
        f1 = counts.f1() if counts else None
        figures += [f" · {LAYERS[layer.layer].lower()} ", UNDEFINED if f1 is None else number(f1)]
    shown = found[:MOST_DISPUTES]
    left_out = len(found) - len(shown)
    columns = ("where", "what", "some", "others")
    rows = [_row(one, text) for one in shown]
    summary = element(
        "summary",
        element("strong", name(document_id)),
        *figures,
        f" · {counted(len(found), 'difference')}",
    )
    content = table(f"Differences in {document_id}", columns, rows, "disputes")
    more = note(f"{counted(left_out, 'more difference')}.") if left_out else note()
    if is_open:
        return element("details", summary, content, more, open="")
    return element("details", summary, content, more)


def _row(one: Dispute, text: str | None) -> Sequence[Content]:
    place = one.place
    about: list[Content] = [one.kind]
    if one.about is not None:
        about += [" of ", _label(one.about.words), " ", _words(one.about.ranges, text)]
        about += [f" {one.attribute}"] if one.attribute else []
    sides = (
        _side(version, names, place, text)
        for version, names in zip(one.versions, one.names, strict=True)
    )
    return (f"{place[0]}–{place[1]}", joined(about), *sides)


def _side(
    version: Version | None, names: set[str], place: tuple[int, int], text: str | None
) -> Markup:
    who = element("div", ", ".join(sorted(names)), class_="who")
    if version is None:
        return joined((who, element("span", "nothing", class_="reason")))
    parts: list[Content] = [who, _label(version.words)]
    if version.ranges:
        parts += [" ", _snippet(version.ranges, place, text)]
    return joined(parts)


def _label(words: str) -> Markup:
    return element("span", words, class_="label")


def _words(ranges: Ranges, text: str | None) -> Markup:
    if text is None:
        return _offsets(ranges)
    words = " … ".join(text[start:end] for start, end in ranges)
    return element("q", words if len(words) <= _LONG else words[: _LONG - 1] + "…")


def _snippet(ranges: Ranges, place: tuple[int, int], text: str | None) -> Markup:
    """The text around, with the version marked."""
    if text is None:
        return _offsets(ranges)
    first, last = place
    if last - first > _LONG:
        first, last = ranges[0][0], min(ranges[-1][1], ranges[0][0] + _LONG)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    parts: list[Content] = ["…"] if start else []
    at = start
    for begin, stop in ranges:
        begin, stop = max(begin, at), min(stop, end)
        if begin < stop:
            parts += [text[at:begin], element("mark", text[begin:stop])]
            at = stop
    parts += [text[at:end], "…" if end < len(text) else ""]
    return element("span", *parts, class_="text", dir="auto")


def _offsets(ranges: Ranges) -> Markup:
    return element("span", ", ".join(f"{start}–{end}" for start, end in ranges), class_="text")
