"""Hostile text in every field that is shown: nothing of it reaches the terminal as a code."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from annotator.model.annotations import Comment
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.project.project import Project
from annotator.session.commands import SetComment
from annotator.session.session import Session
from annotator.store import documents, entries, suggestions

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")

ESC, BEL = "\x1b", "\x07"
CODES = (
    f"{ESC}]52;c;b3duZWQ={ESC}\\", f"{ESC}]52;c;b3duZWQ={BEL}",
    f"{ESC}]8;;http://evil.example{ESC}\\link{ESC}]8;;{ESC}\\", f"{ESC}]0;owned{BEL}",
    f"{ESC}]2;owned{ESC}\\", f"{ESC}[2J{ESC}[H{ESC}[31mred", f"{ESC}[?1049l", f"{ESC}[6n{ESC}[c",
    f"{ESC}P$qm{ESC}\\ {ESC}Pq#0~{ESC}\\", f"{ESC}_Gf=100;{ESC}\\ {ESC}^pm{ESC}\\ {ESC}Xsos{ESC}\\",
    f"{ESC}Ptmux;{ESC}{ESC}]0;x{BEL}{ESC}\\", "\x9b31m \x9d52;c;b3duZWQ=\x9c \x90q\x9c", f"{ESC}c",
    BEL * 300, "Paris\rLyon ab\b\bcd", "a\x00b\x7fc", "a\x0bb\x0cc" + "\t" * 200,
    "one\u2028two\u2029three\x85four", f"{ESC}[201~{ESC}[200~", "\x0e\x0f\x01\x1a\x1c\x1d",
)  # fmt: skip
MARKUP = (
    "[red]x[/red]", "[@click=app.quit]x[/]", "[/b] [/]", "[0] [true, false] [type=x, v={'a[0]'}]",
    "[b", "[link='http://evil.example']x", "$variables {braces} %s {0.__class__} %(x)s", ":smile:",
    "![i](http://evil.example) <b>x</b> &amp;", "[bold red on blue]loud", "\\[x] \\n \\x1b",
)  # fmt: skip
UNICODE = (
    "\u202erlo\u202d \u202a\u202bx\u202c", "\u2066iso\u2067\u2068x\u2069\u2069",
    "\u061c\u200e\u200f", "a\u200bb\u200cc\u200dd\u2060e\ufeff",
    "tags\U000e0041\U000e0062\U000e007f", "e" + "\u0301" * 400, "é e\u0301 ﬁ",
    "💩 👩\u200d👩\u200d👧 👍🏽 🇫🇷 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥", "中文字符 日本語ﾃｽﾄ 한국어",
    "กำลัง नमस्ते", "İstanbul ОRG", "\ufffe\uffff\U0010ffff\ue000 \u0378",
    "\u3164\u115f\u00ad\u034f\u180e", "עברית العربية",
)  # fmt: skip
GROUPS = {"codes": CODES, "markup": MARKUP, "unicode": UNICODE}
BENIGN = ("Storm over Oslo", "Police said so", "in the north")

SCRIPT = """
import sys
from pathlib import Path
from annotator.project.project import Project
from annotator.session.session import Session
from answering import module

with Project.open(Path(sys.argv[1])) as project:
    name = Path(sys.argv[2]).read_bytes().decode()
    session = Session(project.database, project.scheme, name)
    session.open_last()
    status = module.run(session, project)
sys.exit(status)
"""
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[78=>]|[\x00-\x1f\x7f-\x9f]")
_ANSWER = re.compile(rb"\x1b\[\?777[78];[0-9;]+z")
"""What `answering` adds to the program; that to the last key may come too late to be sent."""
_COLOUR = re.compile(r"[34]8;2;\d+;\d+;\d+")


def codes_in(raw: bytes) -> set[str]:
    """The kinds of codes in a stream: numbers of colours and places left out."""
    found: set[str] = set()
    for code in _SEQUENCE.findall(raw.decode("utf-8", "replace")):
        if code.endswith("m"):
            found.update(_COLOUR.sub("colour", code[2:-1]).split(";"))
        else:
            found.add(code if "?" in code else re.sub(r"\d+", "N", code))
    return found


def shown(root: Path, fields: tuple[str, ...]) -> bytes:
    """What goes to the terminal in a session with these words in every field; labels a word."""
    all_of_it = " ".join(fields)
    name = all_of_it.replace("\x00", "")
    text = "\n\n".join(fields) + "\n\nRome"
    document = Document(f"../{all_of_it}", text, {"title": all_of_it})
    with Project.create(root) as project:
        documents.add(project.database, [document])
        made = [
            Suggestion(Span.of("a", 0, 5, all_of_it), f"{all_of_it}@1", 0.5),
            Suggestion(Span.of("b", 3, len(fields[0]) + 4, fields[0]), f"{all_of_it}@1", 0.5),
        ]
        suggestions.replace(project.database, made[0].source, [(document.id, made)])
        session = Session(project.database, project.scheme, name)
        session.open_last()
        session.run(SetComment(Comment("c1", "a", all_of_it)))
        session.run(SetComment(Comment("c2", "", all_of_it)))
        session.close()
    (root / "script.py").write_text(SCRIPT, "utf-8")
    (root / "name.txt").write_bytes(name.encode())
    command = [sys.executable, str(root / "script.py"), str(root), str(root / "name.txt")]
    terminal = Terminal(command, root, columns=120, rows=40)
    terminal.wait_for(lambda screen: "↶2" in screen, "the annotate screen")
    for key in ("c", "\x1b", "?", "\x1b", "r", "\x1b", "J", "K", "a", "x", "R", "z", "z", "z", "!"):
        terminal.press(key)
    for key in ("\x1b[F", "3"):
        terminal.press(key)
    terminal.wait_for(lambda screen: "↶6" in screen, "the new span")
    terminal.send("q")
    assert terminal.exit_status() == 0
    with Project.open(root) as project:
        assert project.verify() == ()
        stored = entries.load(project.database, name, document.id)
        spans = [record for (kind, _), record in stored.items() if kind == "entity"]
        places = [tuple(map(tuple, record["ranges"])) for record in spans]
        assert ((len(text) - 4, len(text)),) in places
    return _ANSWER.sub(b"", terminal.raw)


@pytest.fixture(scope="module")
def own_codes(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return codes_in(shown(tmp_path_factory.mktemp("benign"), BENIGN))


@pytest.mark.parametrize("group", GROUPS)
def test_no_code_of_a_hostile_text_reaches_the_terminal_and_no_offset_moves(
    group: str, own_codes: set[str], tmp_path: Path
) -> None:
    raw = shown(tmp_path / "project", GROUPS[group])
    assert codes_in(raw) - own_codes == set()
    assert raw.count(b"\x1b[?1049l") == 1
    text = raw.decode("utf-8", "strict")
    assert [c for c in text if unicodedata.bidirectional(c) in _TURNS or c in "\u2028\u2029"] == []
    assert "evil.example" in text or group == "unicode"


_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
