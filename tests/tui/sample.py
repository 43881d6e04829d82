"""A small project whose screen shows everything there is to see: always the same."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

from screen_reader import at_rest, press, settle, until

from annotator.config import Config
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.schemes import toml as scheme_toml
from annotator.session.session import Session
from annotator.store import documents
from annotator.store import suggestions as stored_suggestions
from annotator.store.database import connect
from annotator.text import tokenizer
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.stopwatch import Stopwatch

SCHEME = Path(__file__).parents[2] / "labels" / "news-events.toml"
ARTICLE = "\n\n".join(
    [
        "Dockers and sailors of Port Alma strike as the harbour council meets",
        "Thousands of dockers marched through Port Alma on Monday after the Harbour Council of "
        "Almaland dismissed its president, Ada Fenwick, and sent police and two armoured cars from "
        "the capital to the old customs house early on Tuesday.",
        "North and South Quay stayed closed. “We will not go back,” said Fenwick, who led the "
        "council for nine years. A guard was killed in the clashes and 12 people were hurt, the "
        "union said.",
        "The minister promised talks by 5 May.",
    ]
)
SCRIPTS = """\
中文报道：北京警方星期一逮捕了三名示威者。
قال الوزير إن المحادثات ستبدأ يوم الاثنين في القاهرة.
दिल्ली में सोमवार को किसानों ने विरोध किया।
👩‍👩‍👧 and 👍🏽 met in 🇫🇷 Paris, naïvely.
"""


def _place(text: str, words: str, after: str = "") -> tuple[int, int]:
    start = text.index(words, text.index(after) if after else 0)
    return start, start + len(words)


def _span(item_id: str, words: str, label: str, after: str = "", text: str = ARTICLE) -> Span:
    return Span(item_id, (_place(text, words, after),), label)


def _suggestions() -> list[tuple[str, list[Suggestion]]]:
    body = "Thousands"
    items: list[Span | Event] = [
        _span("s01", "Dockers", "GROUP"),
        _span("s02", "Port Alma", "GPE"),
        _span("s03", "dockers", "GROUP", body),
        Event(
            "s04",
            _span("s04t", "marched", "Protest", body),
            (Argument("Agent", "s03"), Argument("Place", "s05"), Argument("Time", "s06")),
        ),
        _span("s05", "Port Alma", "GPE", body),
        _span("s06", "Monday", "DATE", body),
        _span("s07", "Harbour Council of Almaland", "ORG", body),
        _span("s08", "Almaland", "GPE", body),
        _span("s09", "Ada Fenwick", "PERSON", body),
        Event(
            "s10",
            _span("s10t", "sent", "Deploy", body),
            (
                Argument("Agent", "s07"),
                Argument("Force", "s11"),
                Argument("Force", "s12"),
                Argument("Destination", "s13"),
                Argument("Time", "s14"),
            ),
        ),
        _span("s11", "police", "GROUP", body),
        _span("s12", "two armoured cars", "WEAPON", body),
        _span("s13", "old customs house", "FAC", body),
        _span("s14", "Tuesday", "DATE", body),
        Span("s15", (_place(ARTICLE, "North"), _place(ARTICLE, "Quay")), "FAC"),
        _span("s16", "South Quay", "FAC"),
        _span("s17", "Fenwick", "PERSON", "said Fenwick"),
        _span("s18", "nine years", "DATE"),
        Event("s19", _span("s19t", "killed", "Die"), (Argument("Victim", "s20"),)),
        _span("s20", "guard", "GROUP"),
        _span("s21", "12", "CARDINAL"),
        _span("s22", "5 May", "DATE"),
    ]
    scripts: list[Span | Event] = [
        _span("t1", "北京", "GPE", text=SCRIPTS),
        _span("t2", "三名示威者", "GROUP", text=SCRIPTS),
        _span("t3", "القاهرة", "GPE", text=SCRIPTS),
        _span("t4", "दिल्ली", "GPE", text=SCRIPTS),
        _span("t5", "किसानों", "GROUP", text=SCRIPTS),
        _span("t6", "Paris", "GPE", text=SCRIPTS),
    ]
    return [
        ("strike", [Suggestion(item, "patterns:test@1", 0.8) for item in items]),
        ("scripts", [Suggestion(item, "patterns:test@1", 0.8) for item in scripts]),
    ]


@asynccontextmanager
async def sample_screen(folder, size, *keys, document="strike", config=None, terminal=None):
    """The annotate screen on the sample, after some keys."""
    tokenizer.blank_pipeline("en")
    with connect(folder / "annotator.db", create=True) as database:
        documents.add(database, [Document("strike", ARTICLE), Document("scripts", SCRIPTS)])
        stored_suggestions.replace(database, "patterns:test@1", _suggestions())
        session = Session(database, scheme_toml.read(SCHEME), "mia")
        session.open(document)
        app = AnnotatorApp(session, config or Config(), terminal)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(app.screen, AnnotateScreen), "the screen")
            app.screen._stopwatch = Stopwatch(lambda: 0.0)  # no minute is over on a slow machine
            await settle(pilot)
            await press(pilot, *keys)
            await at_rest(pilot)
            yield pilot
