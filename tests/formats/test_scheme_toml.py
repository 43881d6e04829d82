"""Schemes as TOML: read exactly, refused with file, line and field, written and read back."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import SchemeError
from annotator.model.scheme import Attribute, EntityLabel, EventType, Role, Scheme
from annotator.schemes.toml import read, write
from annotator.schemes.toml_lines import Field, lines_of

LABELS = Path(__file__).parents[2] / "labels"
SHIPPED = sorted(LABELS.glob("*.toml"))

GOOD = """\
# A comment.
name = "strikes"
version = "2"
language = "pl"
description = 'Strikes "and" talks'
guidelines = "strikes.md"
patterns = "strikes.patterns.jsonl"

[entities.UNION]
key = "1"
colour = "cyan"
description = "A union"

[entities."Trade body"]

[events.Strike]
description = "Work stops"

[events.Strike.roles]
Agent = { fillers = ["UNION", "<ENTITY>"], required = true }
Answer = { fillers = ["<EVENT>"], repeatable = false, description = "What it answers", key = "w" }

[events.Strike.roles.Target]
fillers = [
  "Trade body",
  "Strike",
]

[events.Talks]
key = "s"
colour = "mint"

[attributes.realis]
key = "="
values = ["actual", "other"]
default = "actual"

[attributes.legal]
values = ["yes", "no"]
applies_to = ["Strike"]
description = "By law"
"""

GOOD_SCHEME = Scheme(
    name="strikes",
    version="2",
    description='Strikes "and" talks',
    language="pl",
    entities=(EntityLabel("UNION", "A union", "1", "cyan"), EntityLabel("Trade body")),
    events=(
        EventType(
            "Strike",
            (
                Role("Agent", ("UNION", "<ENTITY>"), required=True, key="a"),
                Role("Answer", ("<EVENT>",), False, False, "What it answers", "w"),
                Role("Target", ("Trade body", "Strike"), key="t"),
            ),
            "Work stops",
            "t",
        ),
        EventType("Talks", (), "", "s", "mint"),
    ),
    attributes=(
        Attribute("realis", ("actual", "other"), "actual", key="="),
        Attribute("legal", ("yes", "no"), "", ("Strike",), "By law"),
    ),
    guidelines={"": "Read this.", "UNION": "By name."},
    patterns_file="strikes.patterns.jsonl",
)


def scheme_file(folder: Path, text: str, name: str = "x.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def refusal(folder: Path, text: str) -> SchemeError:
    with pytest.raises(SchemeError) as caught:
        read(scheme_file(folder, text))
    return caught.value


def test_a_good_file_gives_exactly_its_scheme(tmp_path: Path):
    (tmp_path / "strikes.md").write_text("Read this.\n## UNION\nBy name.\n", encoding="utf-8")
    assert read(scheme_file(tmp_path, GOOD)) == GOOD_SCHEME


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path):
    (tmp_path / "strikes.md").write_text("Read this.\n## UNION\nBy name.\n", encoding="utf-8")
    windows = "\ufeff" + GOOD.replace("\n", "\r\n")
    assert read(scheme_file(tmp_path, windows)) == GOOD_SCHEME


def test_only_a_name_and_one_label_are_needed(tmp_path: Path):
    found = read(scheme_file(tmp_path, 'name = "x"\n[entities.A]\n'))
    assert found == Scheme("x", entities=(EntityLabel("A"),))


def test_a_role_without_fillers_takes_any_entity(tmp_path: Path):
    found = read(scheme_file(tmp_path, 'name = "x"\n[entities.A]\n[events.E.roles]\nR = {}\n'))
    assert found.events[0].roles[0].fillers == ("<ENTITY>",)


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        ("Agent, Addressee, Place, Time", "adpt"),
        ("Aa, AA1, aa-2", "abc"),
        ("Ärger, Öl", "äö"),
        ("日本, 123", "日a"),
        ("İş", "ş"),
    ],
)
def test_a_role_without_a_key_gets_the_first_free_letter(tmp_path: Path, names: str, keys: str):
    roles = "".join(f'"{name}" = {{}}\n' for name in names.split(", "))
    found = read(scheme_file(tmp_path, f'name = "x"\n[events.E.roles]\n{roles}'))
    assert "".join(role.key for role in found.events[0].roles) == keys


def test_a_key_that_is_written_is_never_given_to_another(tmp_path: Path):
    text = 'name = "x"\n[events.Attack]\n[events.Arrest]\n[events.Meet]\nkey = "a"\n'
    found = read(scheme_file(tmp_path, text))
    assert [event.key for event in found.events] == ["t", "r", "a"]


def test_with_more_roles_than_letters_the_last_have_no_key(tmp_path: Path):
    roles = "".join(f'"{number}" = {{}}\n' for number in range(60))
    found = read(scheme_file(tmp_path, f'name = "x"\n[events.E.roles]\n{roles}'))
    keys = [role.key for role in found.events[0].roles]
    assert len(set(keys[:52])) == 52
    assert keys[52:] == [""] * 8


HEAD = 'name = "x"\n[entities.PERSON]\n[events.Attack]\n'

WRONG: list[tuple[str, str, int, str, str, str]] = [
    # what is wrong, the text, line, field, part of the message, part of the hint
    ("unknown key", HEAD + 'colr = "x"', 4, "events.Attack.colr", "no such key", "'colour'"),
    ("unknown role key", HEAD + "[events.Attack.roles]\nA = { filler = 1 }", 5,
     "events.Attack.roles.A.filler", "no such key", "'fillers'"),
    ("unknown top key", 'name = "x"\nentites = 1', 2, "entites", "no such key", "'entities'"),
    ("unlike any key", 'name = "x"\nzzz = 1', 2, "zzz", "no such key", "name, version"),
    ("number for text", 'name = "x"\nversion = 1', 2, "version", "text in quotes, not 1", ""),
    ("text for truth", HEAD + '[events.Attack.roles]\nA={required="yes"}', 5,
     "events.Attack.roles.A.required", "true or false, not 'yes'", ""),
    ("text for list", HEAD + '[events.Attack.roles]\nA={fillers="PERSON"}', 5,
     "events.Attack.roles.A.fillers", "a list in brackets", ""),
    ("number in list", HEAD + "[attributes.a]\nvalues = [\n1]", 6,
     "attributes.a.values", "text in quotes, not 1", ""),
    ("text for table", 'name = "x"\n[entities]\nA = "b"', 3, "entities.A", "a table", ""),
    ("no name", "\n[entities.A]", 1, "name", "is missing", "name = "),
    ("no values", HEAD + "\n[attributes.a]", 5, "attributes.a.values", "is missing", "values = "),
    ("no labels", 'name = "x"', 1, "", "neither an entity label nor an event type", "[entities"),
    ("empty name", 'name = ""\n[entities.A]', 1, "name", "empty", ""),
    ("empty label", 'name = "x"\n[entities.""]', 2, "entities.", "empty", ""),
    ("space at edge", 'name = "x"\n\n[entities."A "]', 3, "entities.A ", "white space", ""),
    ("bracket", 'name = "x"\n[events."<EVENT>"]', 2, "events.<EVENT>", "bracket", "<ENTITY>"),
    ("control", 'name = "x"\n[entities."a\\u001b"]', 2, "entities.a␛", "U+001B", ""),
    ("line break", HEAD + '[attributes.a]\nvalues = ["b\\nc"]', 5, "attributes.a.values",
     "U+000A", ""),
    ("direction", 'name = "x"\n[entities."a\\u202Eb"]', 2, "entities.a¤b", "U+202E", ""),
    ("shared name", HEAD + "[events.Person]", 4, "events.Person", "taken by entities.PERSON", ""),
    ("composed name", 'name = "x"\n[entities."\\u00e9"]\n[entities."e\\u0301"]', 3,
     "entities.e\u0301", "taken by", ""),
    ("role twice", HEAD + "[events.Attack.roles]\nA = {}\na = {}", 6, "events.Attack.roles.a",
     "taken by events.Attack.roles.A", ""),
    ("value twice", HEAD + '[attributes.a]\nvalues = ["b", "B"]', 5, "attributes.a.values",
     "taken by", ""),
    ("filler", HEAD + '[events.Attack.roles]\nTarget = { fillers = ["PERZON"] }', 5,
     "events.Attack.roles.Target.fillers",
     "'PERZON' is neither an entity label nor an event type", "'PERSON'"),
    ("filler on its line", HEAD + '[events.Attack.roles.T]\nfillers = [\n"PERSON",\n"atack"]', 7,
     "events.Attack.roles.T.fillers", "'atack'", "'Attack'"),
    ("no filler", HEAD + "[events.Attack.roles]\nT = { fillers = [] }", 5,
     "events.Attack.roles.T.fillers", "is empty", "<ENTITY>"),
    ("default", HEAD + '[attributes.a]\nvalues = ["yes"]\ndefault = "yess"', 6,
     "attributes.a.default", "'yess' is not one of the values", "'yes'"),
    ("empty values", HEAD + "[attributes.a]\nvalues = []", 5, "attributes.a.values", "empty", ""),
    ("applies to", HEAD + '[attributes.a]\nvalues = ["y"]\napplies_to = ["PERSON"]', 6,
     "attributes.a.applies_to", "'PERSON' is not an event type", ""),
    ("applies to none", HEAD + '[attributes.a]\nvalues = ["y"]\napplies_to = []', 6,
     "attributes.a.applies_to", "empty", "<EVENT>"),
    ("long key", HEAD + 'key = "at"', 4, "events.Attack.key", "one printable character", ""),
    ("space key", HEAD + 'key = " "', 4, "events.Attack.key", "one printable character", ""),
    ("accent key", HEAD + 'key = "\\u0301"', 4, "events.Attack.key", "printable", ""),
    ("entity key", 'name = "x"\n[entities.A]\nkey="1"\n[entities.B]\nkey="1"', 5,
     "entities.B.key", "taken by entities.A.key", ""),
    ("event key", 'name = "x"\n[events.A]\nkey="1"\n[events.B]\nkey="1"', 5,
     "events.B.key", "taken by events.A.key", ""),
    ("role key", HEAD + '[events.Attack.roles]\nA = {key="q"}\nB = {key="q"}', 6,
     "events.Attack.roles.B.key", "taken by", ""),
    ("attribute key", HEAD + '[attributes.a]\nvalues=["x"]\nkey="q"\n[attributes.b]\nkey="q"\n'
     'values=["x"]', 8, "attributes.b.key", "taken by attributes.a.key", ""),
    ("no guidelines", 'name = "x"\nguidelines = "no.md"\n[entities.A]', 2, "guidelines",
     "no file 'no.md'", "leave guidelines out"),
    ("guidelines elsewhere", 'name = "x"\nguidelines = "../x.md"\n[entities.A]', 2, "guidelines",
     "not the name of a file beside", "same folder"),
    ("guidelines is a parent", 'name = "x"\nguidelines = ".."\n[entities.A]', 2, "guidelines",
     "not the name of a file beside", ""),
    ("patterns elsewhere", 'name = "x"\npatterns = "a\\\\b"\n[entities.A]', 2, "patterns",
     "not the name of a file beside", ""),
    ("too long a file name", f'name = "x"\npatterns = "{"n" * 300}"\n[entities.A]', 2, "patterns",
     "not the name of a file beside", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "field", "message", "hint"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_a_mistake_is_told_with_file_line_and_field(
    tmp_path: Path, text: str, line: int, field: str, message: str, hint: str
):
    error = refusal(tmp_path, text)
    place = f"{tmp_path / 'x.toml'}:{line}: {field}: " if field else f"x.toml:{line}: "
    assert place in error.message
    assert "\n" not in error.message
    assert message in error.message
    assert hint in error.hint


def test_several_mistakes_are_told_together_in_the_order_of_the_file(tmp_path: Path):
    text = HEAD + 'key = "at"\n[entities."<"]\n[attributes.a]\nvalues = ["y"]\ndefault = "n"\n'
    lines = refusal(tmp_path, text).message.split("\n")
    assert [line.split(":")[1] for line in lines] == ["4", "5", "8"]
    assert "Only <ENTITY>" in lines[1]


def test_no_more_than_twenty_mistakes_are_told(tmp_path: Path):
    text = 'name = "x"\n' + "".join(f'[entities."<{number}"]\n' for number in range(23))
    lines = refusal(tmp_path, text).message.split("\n")
    assert len(lines) == 21
    assert lines[-1] == "and 3 more"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name = "x\n', 1),
        ('name = "x"\n\n[entities.A\n', 3),
        ('name = "x"\n[entities.A]\n[entities.A]\n', 3),
        ('name = "x"\n[entities.A]\nkey = "1"\nkey = "2"\n', 4),
        ('name = "x"\nvalues = [', 2),
    ],
)
def test_toml_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, text: str, line: int):
    error = refusal(tmp_path, text)
    assert error.message.startswith(f"{tmp_path / 'x.toml'}:{line}: not valid TOML: ")
    assert error.hint


def test_lists_that_nest_without_end_are_refused(tmp_path: Path):
    error = refusal(tmp_path, "a = " + "[" * 100_000)
    assert "too deep" in error.message


def test_control_codes_of_a_file_never_reach_the_message(tmp_path: Path):
    error = refusal(tmp_path, 'name = "x"\n[entities.A]\nkey = "\\u001b]0;x\\u0007"\n"\\u001b" = 1')
    assert error.message.isprintable()


def test_a_missing_scheme_is_named(tmp_path: Path):
    with pytest.raises(SchemeError) as caught:
        read(tmp_path / "no.toml")
    assert caught.value.message.startswith(f"{tmp_path / 'no.toml'}: ")
    assert caught.value.hint


def test_a_scheme_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "x.toml"
    path.write_bytes('name = "x"\ndescription = "é"\n'.encode("latin-1"))
    with pytest.raises(SchemeError) as caught:
        read(path)
    assert caught.value.message == f"{path}:2: not UTF-8."
    assert caught.value.hint


def test_a_file_of_more_than_a_megabyte_is_not_read(tmp_path: Path):
    error = refusal(tmp_path, HEAD + "#" * 1_000_000)
    assert "larger than 1,000,000 bytes" in error.message
    assert error.hint


def test_a_folder_is_no_scheme(tmp_path: Path):
    with pytest.raises(SchemeError, match="no such file"):
        read(tmp_path)


TOML = '''\
a = """
[no.table]
b = 1"""""
'c' = [ # comment with ]
  "]",
  { d = "}", e = [1,
    2] },
]
[x . "y.z"]
"q\\"" = \'\'\'
'''


def test_each_key_and_item_is_found_on_its_line():
    lines = lines_of(TOML + "k''''\n[[t]]\nm.n = 1979-05-27 07:32:00\n[[t]]\n")
    assert lines == {
        ("a",): 1,
        ("c",): 4,
        ("c", 0): 5,
        ("c", 1): 6,
        ("c", 1, "d"): 6,
        ("c", 1, "e"): 6,
        ("c", 1, "e", 0): 6,
        ("c", 1, "e", 1): 7,
        ("x",): 9,
        ("x", "y.z"): 9,
        ("x", "y.z", 'q"'): 10,
        ("t",): 12,
        ("t", "m"): 13,
        ("t", "m", "n"): 13,
    }


def fields_of(value: Any, above: Field = ()) -> set[Field]:
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    found = {(*above, name) for name, _ in items}
    return found.union(*(fields_of(item, (*above, name)) for name, item in items))


names = st.text(
    st.characters(codec="utf-8", exclude_characters="<>", exclude_categories=["Z", "C"]),
    min_size=1,
    max_size=8,
)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
keys = st.sampled_from(["", *"abcdefg123-=\\\"'é"])


def distinct(size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(names, max_size=size, unique_by=folded)


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def with_distinct_keys(drawn: list[str]) -> list[str]:
    return [key if key not in drawn[:index] else "" for index, key in enumerate(drawn)]


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    labels = draw(distinct(6).filter(bool))
    cut = draw(st.integers(0, len(labels)))
    event_names = labels[cut:]
    entity_keys, event_keys, attribute_keys = (
        with_distinct_keys(draw(st.lists(keys, min_size=6, max_size=6))) for _ in range(3)
    )
    fillers = st.lists(st.sampled_from([*labels, "<ENTITY>", "<EVENT>"]), min_size=1, max_size=3)
    applies_to = st.lists(st.sampled_from([*event_names, "<EVENT>"]), min_size=1, max_size=2)

    def roles() -> tuple[Role, ...]:
        role_keys = with_distinct_keys(draw(st.lists(keys, min_size=4, max_size=4)))
        return tuple(
            Role(
                name,
                tuple(draw(fillers)),
                draw(st.booleans()),
                draw(st.booleans()),
                draw(texts),
                key,
            )
            for name, key in zip(draw(distinct(4)), role_keys, strict=False)
        )

    def attribute(name: str, key: str) -> Attribute:
        values = tuple(draw(distinct(3).filter(bool)))
        default = draw(st.sampled_from(["", *values]))
        return Attribute(name, values, default, tuple(draw(applies_to)), draw(texts), key)

    return Scheme(
        draw(names),
        draw(names),
        draw(texts),
        draw(names),
        tuple(
            EntityLabel(name, draw(texts), key, draw(texts))
            for name, key in zip(labels[:cut], entity_keys, strict=False)
        ),
        tuple(
            EventType(name, roles(), draw(texts), key, draw(texts))
            for name, key in zip(event_names, event_keys, strict=False)
        ),
        tuple(
            attribute(name, key)
            for name, key in zip(draw(distinct(3)), attribute_keys, strict=False)
        ),
        patterns_file=draw(st.sampled_from(["", "x.patterns.jsonl", "с пробелом.jsonl"])),
    )


def without_given_keys(scheme: Scheme, written: Scheme) -> Scheme:
    """`scheme` with the keys that reading added taken off again."""
    events = tuple(
        replace(
            event,
            key=event.key if old.key else "",
            roles=tuple(
                replace(role, key=role.key if old_role.key else "")
                for role, old_role in zip(event.roles, old.roles, strict=True)
            ),
        )
        for event, old in zip(scheme.events, written.events, strict=True)
    )
    return replace(scheme, events=events)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(schemes())
def test_a_scheme_that_is_written_is_read_back_the_same(tmp_path: Path, scheme: Scheme):
    found = read(scheme_file(tmp_path, write(scheme)))
    assert without_given_keys(found, scheme) == scheme
    assert read(scheme_file(tmp_path, write(found))) == found


@given(schemes())
def test_every_field_of_a_written_scheme_has_a_line_that_names_it(scheme: Scheme):
    text = write(scheme)
    lines = lines_of(text)
    assert set(lines) == fields_of(tomllib.loads(text))
    for field, line in lines.items():
        name = str(field[-1])
        if name.isascii() and name.isalnum() and not isinstance(field[-1], int):
            assert name in text.split("\n")[line - 1]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
class TestShippedSchemes:
    def test_it_reads_and_bears_the_name_of_its_file(self, path: Path):
        assert read(path).name == path.stem

    def test_it_is_read_back_the_same(self, path: Path, tmp_path: Path):
        scheme = replace(read(path), guidelines={})
        assert read(scheme_file(tmp_path, write(scheme))) == scheme

    def test_every_label_has_a_guideline_and_every_guideline_a_label(self, path: Path):
        scheme = read(path)
        labelled = (*scheme.entities, *scheme.events, *scheme.attributes)
        assert set(scheme.guidelines) == {"", *(item.name for item in labelled)}
        assert all(scheme.guidelines.values())

    def test_every_event_type_and_role_has_a_key_and_every_label_a_description(self, path: Path):
        scheme = read(path)
        roles = [role for event in scheme.events for role in event.roles]
        assert all(item.key for item in (*scheme.events, *roles))
        assert all(item.description for item in (*scheme.entities, *scheme.events))

    def test_every_key_of_the_file_has_a_line(self, path: Path):
        text = path.read_text(encoding="utf-8")
        assert set(lines_of(text)) == fields_of(tomllib.loads(text))


def test_the_default_scheme_is_shipped():
    assert "news-events" in [path.stem for path in SHIPPED]


def test_sections_of_the_default_scheme_give_examples_for_and_against():
    scheme = read(LABELS / "news-events.toml")
    for name, text in scheme.guidelines.items():
        if name:
            for_it, _, against = text.partition("**Not**\n")
            assert 3 <= for_it.partition("**Yes**\n")[2].count("\n- ") + 1 <= 5, name
            assert 2 <= against.count("\n- ") + 1 <= 5, name


def test_sections_of_the_default_scheme_tell_every_role():
    scheme = read(LABELS / "news-events.toml")
    for event in scheme.events:
        told = scheme.guidelines[event.name].partition("**Yes**")[0]
        for role in event.roles:
            line = re.compile(rf"^- [^:]*\b{role.name}\b[^:]*: ", re.MULTILINE)
            assert line.search(told), f"{event.name}.{role.name}"
