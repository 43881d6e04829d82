"""The patterns suggester: what it proposes, where, and under which ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import PatternError
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.scheme import EntityLabel, EventType, Role, Scheme
from annotator.model.suggestion import Suggestion
from annotator.schemes import toml as scheme_toml
from annotator.suggest import registry
from annotator.suggest.patterns.suggester import PatternSuggester
from annotator.text.sentences import sentences

LABELS = Path(__file__).parents[2] / "labels"
SHIPPED_SCHEME = scheme_toml.read(LABELS / "news-events.toml")
SHIPPED = PatternSuggester.load(LABELS / SHIPPED_SCHEME.patterns_file, SHIPPED_SCHEME)

SCHEME = Scheme(
    "small",
    entities=tuple(EntityLabel(name) for name in ("PERSON", "ORG", "GPE", "CARDINAL", "DATE")),
    events=(
        EventType("Attack", (Role("Attacker", ("ORG", "PERSON")), Role("Place", ("GPE",)))),
        EventType("Die", (Role("Victim", ("PERSON", "CARDINAL"), required=True),)),
    ),
)


def suggester(folder: Path, *lines: dict[str, object], scheme: Scheme = SCHEME) -> PatternSuggester:
    path = folder / "p.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return PatternSuggester.load(path, scheme)


def suggested(suggester: PatternSuggester, text: str, name: str = "d") -> tuple[Suggestion, ...]:
    ((_, suggestions),) = suggester.suggest([Document(name, text)])
    return suggestions


def words(suggester: PatternSuggester, text: str) -> list[tuple[str, str]]:
    return [(s.label, s.span.surface(text)) for s in suggested(suggester, text)]


def test_strings_match_in_their_exact_case_only(tmp_path: Path) -> None:
    found = words(suggester(tmp_path, {"label": "GPE", "pattern": "Turkey"}), "Turkey ate turkey.")
    assert found == [("GPE", "Turkey")]


def test_a_no_break_space_is_a_space_and_offsets_hold(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "GPE", "pattern": "New York"},
        {"label": "DATE", "pattern": [{"lower": "may"}, {"is_digit": True}]},
    )
    text = "In New\u00a0York on May\u202f3."
    assert words(patterns, text) == [("GPE", "New\u00a0York"), ("DATE", "May\u202f3")]


def test_overlaps_of_different_labels_are_kept(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "ORG", "pattern": "Bank of Japan"},
        {"label": "GPE", "pattern": "Japan"},
    )
    assert words(patterns, "Bank of Japan") == [("ORG", "Bank of Japan"), ("GPE", "Japan")]


def test_of_two_overlapping_spans_with_one_label_the_longer_stays(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path, {"label": "GPE", "phrases": ["York", "New York", "York City Hall"]}
    )
    assert words(patterns, "New York City Hall") == [("GPE", "York City Hall")]


def test_of_two_as_long_with_one_label_the_first_stays(tmp_path: Path) -> None:
    patterns = suggester(tmp_path, {"label": "GPE", "phrases": ["aa bb", "bb cc"]})
    assert words(patterns, "aa bb cc") == [("GPE", "aa bb")]


def test_a_line_that_yields_goes_where_the_other_label_stands(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "CARDINAL", "pattern": [{"is_digit": True}], "yields": ["DATE"]},
        {"label": "DATE", "pattern": [{"lower": "may"}, {"is_digit": True}]},
    )
    assert words(patterns, "On May 3, 40 came.") == [("DATE", "May 3"), ("CARDINAL", "40")]


def test_score_zero_keeps_words_from_being_suggested(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "CARDINAL", "pattern": [{"is_digit": True}]},
        {"label": "CARDINAL", "pattern": [{"is_digit": True}, {"lower": "km"}], "score": 0},
    )
    assert words(patterns, "3 men, 40 km away") == [("CARDINAL", "3")]


def test_what_stands_beside_a_span_is_no_part_of_it(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {
            "label": "PERSON",
            "before": [{"lower": "president"}],
            "pattern": [{"is_title": True, "op": "+"}],
            "after": [{"lower": "said"}],
        },
    )
    text = "President Ana Paz said that President Bo Li fell."
    assert words(patterns, text) == [("PERSON", "Ana Paz")]


def test_a_pattern_may_match_between_any_of_its_words(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {
            "label": "Attack",
            "pattern": [{"lower": "set"}],
            "after": [{"is_punct": False, "op": "*"}, {"lower": "fire"}],
        },
    )
    far = "He set " + "the long " * 30 + "house on fire"
    assert words(patterns, far) == [("Attack", "set")]


def test_a_country_glued_to_a_small_word_is_found(tmp_path: Path) -> None:
    patterns = suggester(tmp_path, {"label": "GPE", "pattern": "U.S."})
    assert words(patterns, "U.S.-backed troops") == [("GPE", "U.S.")]


def test_names_are_found_again_without_their_context(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {
            "label": "PERSON",
            "before": [{"lower": "mr"}],
            "pattern": [{"is_title": True}, {"is_title": True}],
        },
        {"label": "ORG", "pattern": "Free Press Union"},
    )
    text = "Okoro left. Mr Ama Okoro met the Free Press Union (FPU). Okoro and the FPU agreed."
    assert words(patterns, text) == [
        ("PERSON", "Okoro"),
        ("PERSON", "Ama Okoro"),
        ("ORG", "Free Press Union"),
        ("ORG", "FPU"),
        ("PERSON", "Okoro"),
        ("ORG", "FPU"),
    ]


def test_a_name_is_not_found_again_inside_another_span(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "PERSON", "pattern": "Ama Okoro"},
        {"label": "ORG", "pattern": "Okoro Bank"},
    )
    assert words(patterns, "Ama Okoro runs Okoro Bank; Okoros do not.") == [
        ("PERSON", "Ama Okoro"),
        ("ORG", "Okoro Bank"),
    ]


def test_event_types_give_events_with_a_trigger_of_their_own_id(tmp_path: Path) -> None:
    (suggestion,) = suggested(
        suggester(tmp_path, {"label": "Attack", "pattern": "raid"}), "A raid."
    )
    assert isinstance(suggestion.item, Event)
    assert suggestion.item.trigger.id == suggestion.id + "t"
    assert suggestion.item.trigger.ranges == ((2, 6),)


def test_ids_are_the_same_on_a_second_run_and_with_another_version(tmp_path: Path) -> None:
    line = {"label": "GPE", "pattern": "Mali"}
    first = suggester(tmp_path, line)
    again = suggester(tmp_path, line)
    later = suggester(tmp_path, line, {"label": "GPE", "pattern": "Chad"})
    ids = [[s.id for s in suggested(each, "In Mali.")] for each in (first, again, later)]
    assert ids[0] == ids[1] == ids[2]
    assert first.source == again.source != later.source
    assert first.name == later.name == "patterns:small"
    assert first.source == f"{first.name}@{first.version}"


def test_ids_differ_between_documents(tmp_path: Path) -> None:
    patterns = suggester(tmp_path, {"label": "GPE", "pattern": "Mali"})
    one, two = (suggested(patterns, "In Mali.", name)[0].id for name in ("d1", "d2"))
    assert one != two


def test_scores_come_from_the_line(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path,
        {"label": "GPE", "pattern": "Mali", "score": 0.4},
        {"label": "GPE", "pattern": "Chad"},
    )
    assert [s.score for s in suggested(patterns, "Mali, Chad")] == [0.4, 0.8]


def test_suggestions_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    found = suggested(SHIPPED, "Two soldiers died in Mali after a raid on Monday, Reuters said.")
    places = [(s.span.start, s.span.end, s.label) for s in found]
    assert places == sorted(places)
    assert len(places) > 5


def test_a_label_that_the_scheme_lacks_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"p\.jsonl:2: the scheme small has no label 'LOC'"):
        suggester(tmp_path, {"label": "GPE", "pattern": "x"}, {"label": "LOC", "pattern": "y"})
    with pytest.raises(PatternError, match=r"p\.jsonl:1: the scheme small has no label 'LOC'"):
        suggester(tmp_path, {"label": "GPE", "pattern": "x", "yields": ["LOC"]})


def test_what_spacy_refuses_is_named_with_its_line(tmp_path: Path) -> None:
    lone = "\ud800"
    path = tmp_path / "p.jsonl"
    path.write_text(
        '{"label": "GPE", "pattern": [{"lower": "' + ascii(lone)[1:-1] + '"}]}', "utf-8"
    )
    with pytest.raises(PatternError, match=r"p\.jsonl:1: "):
        PatternSuggester.load(path, SCHEME)


def test_a_scheme_without_patterns_has_no_suggester() -> None:
    assert registry.load(Scheme("bare"), LABELS) == ()


def test_a_scheme_with_patterns_has_the_suggester_of_its_file() -> None:
    (loaded,) = registry.load(SHIPPED_SCHEME, LABELS)
    assert loaded.name == "patterns:news-events"
    assert loaded.source == SHIPPED.source


def test_a_patterns_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"gone\.jsonl: cannot be read"):
        registry.load(Scheme("bare", patterns_file="gone.jsonl"), tmp_path)


def test_other_languages_are_matched_with_their_own_tokenizer(tmp_path: Path) -> None:
    patterns = suggester(tmp_path, {"label": "GPE", "pattern": "Mali"})
    document = Document("d", "L’armée du Mali", language="fr")
    ((_, found),) = patterns.suggest([document])
    assert [s.span.ranges for s in found] == [((11, 15),)]


NEWS_WORDS = st.sampled_from(
    [
        "Two", "police", "were", "killed", "in", "Mali", "on", "May\u00a03", "President",
        "Ana-Maria", "al-Assad", "(CSTO)", "U.S.-backed", "said", "€20bn", "1,000", ".", ",",
        "\n", "\u2028", "’s", "“", "\u200b", "\t", "storm", "the", "bases", "\u0301", "🇫🇷",
    ]
)  # fmt: skip
ODD_TEXT = st.one_of(
    st.text(),
    st.lists(NEWS_WORDS, max_size=40).map(" ".join),
    st.lists(NEWS_WORDS, max_size=40).map("".join),
)


@settings(max_examples=150)
@given(ODD_TEXT)
def test_spans_lie_in_any_text_without_white_space_at_their_edges(text: str) -> None:
    for suggestion in suggested(SHIPPED, text):
        start, end = suggestion.span.start, suggestion.span.end
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@settings(max_examples=100)
@given(ODD_TEXT)
def test_arguments_are_legal_fillers_of_the_same_sentence(text: str) -> None:
    found = {s.id: s for s in suggested(SHIPPED, text)}
    bounds = sentences(text)
    for event in (s.item for s in found.values() if isinstance(s.item, Event)):
        event_type = SHIPPED_SCHEME.event(event.type)
        assert event_type is not None
        targets = [argument.target for argument in event.arguments]
        assert len(targets) == len(set(targets))
        assert len({a.role for a in event.arguments}) == len(event.arguments)
        for argument in event.arguments:
            filler, role = found[argument.target], event_type.role(argument.role)
            assert role is not None
            assert SHIPPED_SCHEME.accepts(role, filler.label)
            hull = sorted(
                [filler.span.start, filler.span.end, event.trigger.start, event.trigger.end]
            )
            assert any(start <= hull[0] and hull[-1] <= end for start, end in bounds)
