"""What our writer puts together is what spaCy's own DocBin would have written, byte for byte."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan

from annotator.errors import FormatError
from annotator.formats.spacy import docbin
from annotator.formats.spacy.docbin import DocStack
from annotator.text.tokenizer import blank_pipeline

pytestmark = pytest.mark.xdist_group("spacy")

LABELS = ("PER", "lieu: été", "城市")


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    """Documents with entities, missing tokens, groups and user data, the empty one too."""
    pieces = st.sampled_from(
        ["Mia ", "don't ", "U.S.-backed ", "北京 ", "👩‍👩‍👧", "\r\n", "\u00a0", "é "]
    )
    made = blank_pipeline(draw(st.sampled_from(("en", "de", "xx")))).make_doc(
        "".join(draw(st.lists(pieces, max_size=12)))
    )
    edges = st.integers(0, len(made))
    spans: list[DocSpan] = []
    for begin, end in map(sorted, draw(st.lists(st.tuples(edges, edges), max_size=4))):
        if begin != end:
            label, key = draw(st.sampled_from(LABELS)), draw(st.text(max_size=3))
            spans.append(DocSpan(made, begin, end, label, span_id=key))
    if draw(st.booleans()):
        made.spans["sc"], made.spans["all"] = spans, spans
    default = draw(st.sampled_from(("outside", "missing", "unmodified")))
    made.set_ents(spans[:1], default=default)
    made.user_data["annotator.document"] = draw(st.text(max_size=20))
    return made


def by_spacy(found: Iterable[Doc]) -> bytes:
    return DocBin(store_user_data=True, docs=found).to_bytes()


def written(stack: DocStack, numbers: Iterable[int] | None = None) -> bytes:
    stream = io.BytesIO()
    stack.write(stream, numbers)
    return stream.getvalue()


@settings(max_examples=50)
@given(found=st.lists(docs(), max_size=20), data=st.data())
def test_the_bytes_are_those_that_spacy_writes(found: list[Doc], data: st.DataObject) -> None:
    with DocStack() as stack:
        for one in found:
            stack.add(one)
        assert written(stack) == by_spacy(found)
        numbers = data.draw(st.lists(st.sampled_from(range(len(found))))) if found else []
        assert written(stack, numbers) == by_spacy(found[number] for number in numbers)


def test_many_large_documents_are_what_spacy_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docbin, "_MEMORY", 1 << 16)
    made = [blank_pipeline("en").make_doc(f"Word{n} " * 700) for n in range(70)]
    with DocStack() as stack:
        for one in made:
            stack.add(one)
        assert written(stack) == by_spacy(made)


def test_too_many_tokens_for_one_file_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(docbin, "MAX_TOKENS", 3)
    with DocStack() as stack:
        stack.add(blank_pipeline("en").make_doc("Mia met Bo in Rome"))
        with pytest.raises(FormatError, match="more than a DocBin holds"):
            written(stack)
