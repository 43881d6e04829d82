"""The page on agreement: it holds every number, runs nothing, and no name gets out of its place."""

from __future__ import annotations

import random
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from agreement.works import TOKENS, work
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import PageReader, inert

from annotator.agreement import (
    Decided,
    DocumentAnnotations,
    EntityMark,
    EventMark,
    practices,
    report,
)
from annotator.agreement.measures.names import MEASURES
from annotator.agreement.page.disputes import MOST_DOCUMENTS, disputes, worst_documents
from annotator.agreement.page.grid import TINTS
from annotator.agreement.page.page import Evidence, page
from annotator.agreement.page.style import DARK, LIGHT, contrast, ink_on, tint_colour
from annotator.agreement.report.rows import rows

HOSTILE = "<script>alert('1')</script>\"'><img src=x onerror=y>\u202e\x1b[31m\x00&amp;"
TEXT = f"Anna met {HOSTILE} in Ghent on Monday ..."[:50].ljust(50, ".")


def drawn(seed: int, *, documents: int = 30, names: tuple[str, ...] = ("ann", "ben", "cy")):
    """Works of several annotators who err now and then."""
    chance = random.Random(seed)
    for number in range(documents):
        marks = [(5 * place, 5 * place + 4, chance.choice("XYZ")) for place in range(0, 10, 2)]
        for name in names:
            own = [
                (start, end, label if chance.random() < 0.8 else chance.choice("XYZ"))
                for start, end, label in marks
                if chance.random() < 0.9
            ]
            yield work(name, f"d{number}", own, own[:2])


def evidence_of(works: list[DocumentAnnotations], **more) -> Evidence:
    """Works with a text each."""
    return Evidence(works, {one.document_id: TEXT for one in works}, **more)


@pytest.fixture(scope="module")
def works() -> list[DocumentAnnotations]:
    return list(drawn(1))


def test_every_headline_number_stands_on_the_page_as_it_is_in_json(works):
    found = report(works, draws=100)
    reader = inert(page(found, evidence_of(works)))
    values = [one.attributes["value"] for one in reader.all("data")]
    for layer in found.as_json()["layers"].values():
        headline = {
            **{name: layer["pooled"]["numbers"][name] for name in ("span_f1", "relaxed_f1",
               "unlabelled_f1", "macro_f1")},
            **{name: layer["everyone"][name] for name in ("token_alpha", "u_alpha", "bar_u_alpha",
               "cu_alpha")},
        }  # fmt: skip
        for name, number in headline.items():
            assert repr(number["value"]) in values, name
            for end in number["interval"]:
                assert repr(end) in values, name
    strict = found.layers["entities"].pooled.numbers["span_f1"]
    row = reader.row("strict F1")
    assert row[2] == f"{strict.value:.3f}"
    assert row[3] == "{:.3f}–{:.3f}".format(*strict.interval)
    assert row[4] == f"{strict.n:,} spans in {strict.documents} documents"


def test_the_same_report_gives_the_same_bytes(works):
    shuffled = works[:]
    random.Random(3).shuffle(shuffled)
    first, second = (
        page(report(found, draws=50), evidence_of(found)).encode() for found in (works, shuffled)
    )
    assert first == second


def test_what_is_undefined_is_a_dash_with_its_reason():
    lonely = [work("ann", "d1", [(0, 4, "X")]), work("ben", "d2", [(0, 4, "X")])]
    reader = inert(page(report(lonely, draws=10)))
    row = reader.row("strict F1")
    assert row[2] == "—"
    assert row[3].startswith("no document was finished by two annotators")
    assert "0.000" not in reader.root.text
    assert "1.000" not in reader.root.text
    (dash,) = [
        one.attributes["title"]
        for cell in reader.all("p")
        if cell.attributes.get("class") == "headline"
        for one in cell.all("span")
        if one.attributes.get("class") == "undefined"
    ][:1]
    assert dash == "no document was finished by two annotators"


def test_the_page_tells_every_reason_that_a_number_is_undefined_for(works):
    found = report([*works, work("ann", "e", [(0, 9, "X"), (5, 9, "Y")]), work("ben", "e")])
    text = PageReader(page(found)).root.text
    reasons = {row.estimate.undefined for row in rows(found)} - {""}
    assert len(reasons) > 3
    assert [reason for reason in reasons if reason not in text] == []


def test_the_page_without_annotators_is_a_page():
    reader = inert(page(report([])))
    assert "0 annotators" in reader.root.text


def test_a_browser_is_told_to_load_and_run_nothing(works):
    html = page(report(works, draws=10), evidence_of(works))
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (policy,) = [
        one.attributes["content"]
        for one in PageReader(html).all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_nothing_on_the_page_is_elsewhere(works):
    html = page(report(works, draws=10), Evidence(works))
    assert "http" not in html.replace("http-equiv", "")
    assert "//" not in html


def test_links_lead_to_parts_of_the_page(works):
    reader = PageReader(page(report(works, draws=10)))
    ids = {one.attributes["id"] for one in reader.all() if "id" in one.attributes}
    targets = {one.attributes["href"] for one in reader.all("a")}
    assert targets == {f"#{one}" for one in ids}


def test_only_the_layers_that_are_wanted_are_there(works):
    text = PageReader(page(report(works, draws=10), wanted=("entities",))).root.text
    assert "Entities" in text
    assert "Event" not in text


def test_every_plot_says_what_it_is_and_has_a_table(works):
    times = {f"d{n}": datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=n) for n in range(30)}
    html = page(report(works, draws=10), evidence_of(works, times=times))
    reader = PageReader(html)
    captions = {one.text for one in reader.all("caption")}
    plots = [one for one in reader.all("svg") if one.attributes.get("role") == "img"]
    assert len(plots) == 6
    for one in plots:
        assert one.attributes["aria-label"]
        assert one.all("title")
        assert one.attributes.get("aria-hidden") is None
    curves = [
        one.attributes["aria-label"] for one in plots if "by week" in one.all("title")[0].text
    ]
    assert curves == ["Entities: strict F1 by week", "Event triggers: strict F1 by week"]
    assert {*curves} <= captions
    for one in reader.all("svg"):
        assert one in plots or one.attributes["aria-hidden"] == "true"
    for table in reader.all("table"):
        assert table.all("caption")
        assert all(one.attributes["scope"] in ("row", "col") for one in table.all("th"))


def test_names_labels_and_texts_are_only_ever_text():
    marked = (EntityMark("e", ((0, 4),), HOSTILE), EntityMark("f", ((9, 30),), "X"))
    event = EventMark("v", ((5, 8),), HOSTILE, ((HOSTILE, "e"),), ((HOSTILE, HOSTILE),))
    other = replace(event, arguments=(("X", "e"),), attributes=((HOSTILE, "no"),))
    ours = DocumentAnnotations(HOSTILE, HOSTILE, 50, TOKENS, marked, (event,))
    theirs = DocumentAnnotations("ben", HOSTILE, 50, TOKENS, marked[:1], (other,))
    third = DocumentAnnotations("cy", HOSTILE, 50, TOKENS, (), ())
    habits = practices([Decided(HOSTILE, HOSTILE, HOSTILE, 1, 2)], {HOSTILE: [[0.0, 1.0]]})
    found = report([ours, theirs, third], draws=10, practice=habits)
    reader = inert(page(found, evidence_of([ours, theirs, third])))
    assert "<script>alert('1')</script>" in reader.root.text
    assert "␛[31m␀&amp;" in reader.root.text


@settings(max_examples=40)
@given(st.text(min_size=1), st.text(min_size=1))
def test_any_name_and_label_is_inert(name, label):
    ours = [work(f"a{name}", "d", [(0, 4, label)]), work("b", "d", [(0, 4, f"{label}x")])]
    inert(page(report(ours, draws=0), evidence_of(ours)))


def test_the_worst_documents_are_those_with_the_most_that_is_not_shared():
    works = [
        work("ann", "fine", [(0, 4, "X")]), work("ben", "fine", [(0, 4, "X")]),
        work("ann", "bad", [(0, 4, "X"), (5, 9, "X")]), work("ben", "bad"),
        work("ann", "so-so", [(0, 4, "X")]), work("ben", "so-so"),
    ]  # fmt: skip
    assert worst_documents(list(report(works).layers.values())) == ("bad", "so-so")


def test_there_are_at_most_twenty_worst_documents():
    works = [work("ann", f"d{n}", [(0, 4, "X")]) for n in range(50)]
    works += [work("ben", f"d{n}") for n in range(50)]
    found = report(works, draws=0)
    assert len(worst_documents(list(found.layers.values()))) == MOST_DOCUMENTS
    reader = PageReader(page(found, evidence_of(works)))
    tables = [t for t in reader.all("table") if t.attributes.get("class") == "disputes"]
    assert len(tables) == MOST_DOCUMENTS


def test_versions_that_belong_together_are_one_dispute():
    works = [
        work("ann", "d", [(0, 4, "X")]), work("ben", "d", [(0, 4, "X")]),
        work("cy", "d", [(0, 9, "Y")]), work("dee", "d"),
        work("gold", "d", [(5, 9, "Z")]),
    ]  # fmt: skip
    (one,) = disputes(works, ("entities",))["d"]
    assert one.kinds == ("boundary_label", "missed_by_b")
    assert [(v.words, v.ranges, names) for v, names in one.versions] == [
        ("X", ((0, 4),), ("ann", "ben")), ("Y", ((0, 9),), ("cy",)),
    ]  # fmt: skip
    assert one.lacking == ("dee",)
    assert one.place == (0, 9)


def test_both_versions_stand_in_the_words_of_the_text():
    works = [work("ann", "d", [(0, 4, "X")]), work("ben", "d", [(0, 8, "X")])]
    texts = {"d": "Anna met\nBen in Ghent.".ljust(50)}
    reader = PageReader(page(report(works), Evidence(works, texts)))
    assert [one.text for one in reader.all("mark")] == ["Anna", "Anna met"]
    (table,) = [t for t in reader.all("table") if t.attributes.get("class") == "disputes"]
    assert "edges" in table.text
    assert [one.text.split()[:3] for one in table.all("li")] == [
        ["ann", "X", "Anna"], ["ben", "X", "Anna"],
    ]  # fmt: skip
    assert "met Ben in Ghent" in table.text


def test_the_roles_and_attributes_of_events_are_disputes_too():
    entity = EntityMark("e", ((0, 4),), "X")
    ours = EventMark("v", ((5, 9),), "Meet", (("Agent", "e"),), (("tense", "past"),))
    theirs = EventMark("w", ((5, 9),), "Meet", (("Place", "e"),), (("tense", "future"),))
    works = [
        DocumentAnnotations("ann", "d", 50, TOKENS, (entity,), (ours,)),
        DocumentAnnotations("ben", "d", 50, TOKENS, (entity,), (theirs,)),
    ]
    found = disputes(works, ("entities", "triggers"))["d"]
    assert {one.kinds for one in found} == {("role",), ("attribute",)}
    assert disputes(works, ("entities",))["d"] == ()


def test_the_number_in_a_square_is_read_on_its_tint():
    for ends in (LIGHT, DARK):
        for step in range(TINTS):
            colour = tint_colour(*ends, step)
            assert contrast(ink_on(colour), colour) >= 4.5


def test_the_tints_go_from_the_page_on_in_one_direction():
    for ends, back in ((LIGHT, (251, 250, 246)), (DARK, (20, 23, 28))):
        found = [contrast(tint_colour(*ends, step), back) for step in range(TINTS)]
        assert found == sorted(found)
        assert found[-1] > 8


def test_every_measure_of_the_report_has_a_name_in_words(works):
    found = report(works, draws=0, practice=practices([], {"ann": [[0.0, 1.0]]}))
    assert {row.measure for row in rows(found)} - MEASURES.keys() == set()
