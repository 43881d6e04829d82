"""A guideline is shown without the signs of Markdown, and wraps anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.safe_text import pictured
from annotator.tui.panels.guideline import guideline_content

TEXT = """\
# ORG

Names of bodies that
act for **others**.

- a **party**
- a union,
  too
1. first"""


def test_paragraphs_are_joined_and_headings_and_bold_words_stand_out():
    shown = guideline_content(TEXT)
    assert shown.plain.split("\n") == [
        "ORG",
        "",
        "Names of bodies that act for others.",
        "",
        "- a party",
        "- a union, too",
        "1. first",
    ]
    bold = [shown.plain[span.start : span.end] for span in shown.spans if span.style == "bold"]
    assert bold == ["ORG", "others", "party"]


@given(st.text(st.sampled_from("ab *#-[]\n\x1b\u202e\r"), max_size=60))
def test_nothing_in_it_is_obeyed(text):
    for line in guideline_content(text).plain.split("\n"):
        assert line == pictured(line)
