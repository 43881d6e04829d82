"""The page: all parts in order, in one file that asks for nothing from elsewhere and runs nothing.

The page tells browsers so too, by a policy that allows its own style sheet and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.measures.names import LAYERS
from annotator.agreement.page.annotators import competence_part, suggestions_part
from annotator.agreement.page.disputes import disputes
from annotator.agreement.page.events import events_part
from annotator.agreement.page.figures import counted, note
from annotator.agreement.page.gaps import gaps_part
from annotator.agreement.page.layer import layer_part
from annotator.agreement.page.markup import Content, Markup, element, isolated, joined
from annotator.agreement.page.style import style
from annotator.agreement.page.worst import worst_part
from annotator.agreement.report.over_time import AgreementOverTime, course
from annotator.agreement.report.report import LayerAgreement, Report
from annotator.agreement.report.rows import rows

TITLE = "How far annotators agree"
_LAST = {
    "worst": "Worst documents",
    "competence": "Competence",
    "suggestions": "Suggestions",
    "gaps": "What is undefined",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the report does not hold: the work in the worst documents, their texts, and times."""

    works: Sequence[DocumentAnnotations] = ()
    """At least those on `worst_documents`."""
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """By document id; where one is missing, offsets are shown."""
    times: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """When the last annotator finished a document, by its id; empty where it is not known."""


def page(
    report: Report,
    evidence: Evidence = Evidence(),
    wanted: Iterable[str] = ("entities", "triggers", "events"),
) -> str:
    """The report as HTML; the same report and evidence give the same page.

    `wanted` are the layers, of which `events` is one. Raises ValueError for works that do not go
    together, as `report` does.
    """
    kept = set(wanted)
    layers = [layer for key, layer in report.layers.items() if key in kept]
    found = disputes(evidence.works, [layer.layer for layer in layers])
    parts = [
        *(layer_part(one, _course(one, evidence, report.draws)) for one in layers),
        *([events_part(report.events)] if "events" in kept else []),
        worst_part(layers, found, evidence.texts),
        competence_part(layers),
        suggestions_part(report, layers),
        gaps_part(row for row in rows(report) if row.layer in {*kept, "suggestions"}),
    ]
    shown = {key: LAYERS[key] for key in LAYERS if key in kept} | _LAST
    return _document(joined((_head(report, shown), element("main", *parts))))


def _course(layer: LayerAgreement, evidence: Evidence, draws: int) -> AgreementOverTime:
    return course(layer.pooled.documents, evidence.times, draws=draws)


def _head(report: Report, parts: Mapping[str, str]) -> Markup:
    names: list[Content] = []
    for one in report.annotators:
        names += [", " if names else "", isolated(one)]
    links = (element("li", element("a", words, href=f"#{key}")) for key, words in parts.items())
    return element(
        "header",
        element("h1", TITLE),
        element(
            "p",
            f"{counted(len(report.annotators), 'annotator')} (",
            *names,
            f") on {counted(report.documents, 'document')} that two or more have finished.",
            class_="lead",
        ),
        note(
            "Intervals are those of the middle 95 % when documents are drawn again "
            f"{report.draws:,} times. Rest the pointer on a square, a point or a dash for more."
        ),
        element("nav", element("ul", *links), aria_label="Parts of this page"),
    )


def _document(body: Markup) -> str:
    sheet = style()
    digest = b64encode(sha256(sheet.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", TITLE),
        element("style", Markup(sheet)),
    )
    html = element("html", head, element("body", body), lang="en")
    return f"<!DOCTYPE html>\n{html.html}\n"
