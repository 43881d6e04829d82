"""The part of the page on the worst documents: what differs in them, in the words of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.agreement.measures.names import KINDS, LAYERS
from annotator.agreement.page.disputes import PageDispute, PageVersion, worst_documents
from annotator.agreement.page.figures import UNDEFINED, counted, note, number, table, undefined
from annotator.agreement.page.markup import Content, Markup, element, isolated, joined
from annotator.agreement.report.report import LayerAgreement
from annotator.agreement.spans import Ranges

MOST_DISPUTES = 60
_AROUND = 28
"""Code points of the text that are shown on both sides."""
_LONG = 200
"""A longer stretch is cut."""
_SPACES = dict.fromkeys(map(ord, "\n\r\t"), " ")
_OPEN = 3
"""How many documents are unfolded."""


def worst_part(
    layers: Sequence[LayerAgreement],
    found: Mapping[str, Sequence[PageDispute]],
    texts: Mapping[str, str],
) -> Markup:
    """The documents that pull the numbers down most, each with its differences."""
    documents = worst_documents(layers)
    content = [
        _document(one, layers, found.get(one, ()), texts.get(one), is_open=place < _OPEN)
        for place, one in enumerate(documents)
    ]
    if not content:
        content = [undefined("no spans differ")]
    return element(
        "section",
        element("h2", "Worst documents"),
        note(
            "Those with the most spans that the other annotator of a pair does not have alike, "
            f"{counted(len(documents), 'document')}. Offsets are code points."
        ),
        *content,
        id="worst",
    )


def _document(
    document_id: str,
    layers: Sequence[LayerAgreement],
    found: Sequence[PageDispute],
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
    columns = ("where", "differs", "who says what")
    rows = [_row(one, text) for one in shown]
    summary = element(
        "summary",
        element("strong", isolated(document_id)),
        *figures,
        f" · {counted(len(found), 'difference')}",
    )
    content = table(f"Differences in {document_id}", columns, rows, "disputes")
    more = note(f"{counted(left_out, 'more difference')}.") if left_out else note()
    if is_open:
        return element("details", summary, content, more, open="")
    return element("details", summary, content, more)


def _row(one: PageDispute, text: str | None) -> Sequence[Content]:
    place = one.place
    about: list[Content] = [", ".join(dict.fromkeys(KINDS[kind] for kind in one.kinds))]
    if one.about is not None:
        about += [" of ", _label(one.about.words), " ", _words(one.about.ranges, text)]
        about += [f" {one.attribute}"] if one.attribute else []
    versions = [_version(version, names, place, text) for version, names in one.versions]
    if one.lacking:
        versions.append(_said(element("span", "nothing", class_="reason"), one.lacking))
    return f"{place[0]}–{place[1]}", joined(about), element("ul", *versions)


def _version(
    version: PageVersion, names: Sequence[str], place: tuple[int, int], text: str | None
) -> Markup:
    parts: list[Content] = [_label(version.words)]
    if version.ranges:
        parts += [" ", _snippet(version.ranges, place, text)]
    return _said(joined(parts), names)


def _said(content: Markup, names: Sequence[str]) -> Markup:
    who = element("span", ", ".join(names), class_="who")
    return element("li", who, " ", element("span", content))


def _label(words: str) -> Markup:
    return element("span", words, class_="label")


def _words(ranges: Ranges, text: str | None) -> Markup:
    if text is None:
        return _offsets(ranges)
    words = " … ".join(text[start:end].translate(_SPACES) for start, end in ranges)
    return element("q", words if len(words) <= _LONG else words[: _LONG - 1] + "…")


def _snippet(ranges: Ranges, place: tuple[int, int], text: str | None) -> Markup:
    """The text around, with the version marked."""
    if text is None:
        return _offsets(ranges)
    text = text.translate(_SPACES)
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
