"""Guidelines: Markdown cut into a section for each label."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SchemeError
from annotator.schemes.guidelines import read, sections


def test_a_level_2_heading_begins_the_section_of_its_label():
    assert sections("## PERSON\n\nBy name.\n\n## Attack\nViolence.\n") == {
        "PERSON": "By name.",
        "Attack": "Violence.",
    }


def test_labels_that_share_a_heading_share_its_text():
    assert sections("## DATE, TIME\nWhen.") == {"DATE": "When.", "TIME": "When."}


def test_text_before_the_first_label_is_general():
    assert sections("# Title\n\nRead this.\n## A\nText") == {
        "": "# Title\n\nRead this.",
        "A": "Text",
    }


def test_where_no_text_is_general_there_is_no_general_section():
    assert sections("\n\n## A\nText") == {"A": "Text"}


def test_text_after_a_level_1_heading_is_general_again():
    found = sections("First.\n## A\nText\n# Events\nTriggers.\n## B\nMore")
    assert found == {"": "First.\n# Events\nTriggers.", "A": "Text", "B": "More"}


def test_smaller_headings_stay_in_the_section():
    assert sections("## A\n### Edges\nShort.") == {"A": "### Edges\nShort."}


def test_a_heading_in_a_code_block_begins_nothing():
    text = "## A\n```\n## B\n~~~\n# C\n```\nend\n## D\nlast"
    assert sections(text) == {"A": "```\n## B\n~~~\n# C\n```\nend", "D": "last"}


def test_sections_of_one_label_are_joined_in_order():
    assert sections("## A\none\n## B\ntwo\n## A\nthree") == {"A": "one\n\nthree", "B": "two"}


def test_closing_marks_and_blanks_of_a_heading_are_no_part_of_the_label():
    assert sections("##  C#, Peace talks  ##\nx") == {"C#": "x", "Peace talks": "x"}


def test_a_heading_without_a_label_is_general():
    assert sections("## \nlost?") == {"": "lost?"}


def test_a_label_without_text_has_an_empty_section():
    assert sections("## A\n## B\nx") == {"A": "", "B": "x"}


def test_windows_line_ends_make_no_difference():
    assert sections("top\r\n## A\r\none\r\ntwo\r\n") == sections("top\n## A\none\ntwo\n")


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z][A-Za-z_-]{0,9}", fullmatch=True),
        st.from_regex(r"[a-z ,.\[\]]{0,30}(\n[a-z*][a-z ]{0,9}){0,3}", fullmatch=True),
        min_size=1,
    )
)
def test_every_section_that_is_written_is_found_with_its_text(texts: dict[str, str]):
    markdown = "".join(f"## {label}\n\n{text}\n\n" for label, text in texts.items())
    assert sections(markdown) == {label: text.strip() for label, text in texts.items()}


def test_a_guideline_file_is_read_with_its_byte_order_mark_left_out(tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_bytes("\ufeff## Aé\r\nText\r\n".encode())
    assert read(path) == {"Aé": "Text"}


def test_a_missing_guideline_file_is_named(tmp_path: Path):
    with pytest.raises(SchemeError) as caught:
        read(tmp_path / "no.md")
    assert caught.value.message.startswith(f"{tmp_path / 'no.md'}: ")
    assert caught.value.hint


def test_a_guideline_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "x.md"
    path.write_bytes(b"## A\ncaf\xe9\n")
    with pytest.raises(SchemeError) as caught:
        read(path)
    assert caught.value.message == f"{path}:2: not UTF-8."
