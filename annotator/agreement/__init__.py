"""Agreement between annotators: pure functions on plain values.

Standard library, and numpy where it is needed. A number that is undefined is None, never 0 or 1.
The measures of span lists take marks, `(start, end, label)` or `(ranges, label)`, in half-open code
points; those of categories take counts, or `ratings[annotator][unit]` with None for missing. The
report, the differences and the statistics behind them take `DocumentAnnotations`.
"""

from __future__ import annotations

from annotator.agreement.coefficients.ac1 import gwet_ac1
from annotator.agreement.coefficients.alpha import krippendorff_alpha, observed_agreement
from annotator.agreement.coefficients.dawid_skene import DawidSkene, Judgement, dawid_skene
from annotator.agreement.coefficients.estimate import Estimate, Interval
from annotator.agreement.coefficients.f1 import (
    Match,
    Score,
    mean_f1,
    pooled,
    span_f1,
    span_f1_by_label,
)
from annotator.agreement.coefficients.interval import f1_interval
from annotator.agreement.coefficients.kappa import (
    cohen_kappa,
    contingency,
    fleiss_kappa,
    randolph_kappa,
    scott_pi,
)
from annotator.agreement.coefficients.muc import MucCounts, Scheme, muc_counts
from annotator.agreement.coefficients.unitizing import (
    bar_u_alpha,
    cu_alpha,
    ku_alpha,
    ku_coverage,
    u_alpha,
)
from annotator.agreement.differences import (
    KINDS,
    Alignment,
    Difference,
    Kind,
    RoleVersions,
    align,
    by_kind,
    differences,
)
from annotator.agreement.document_annotations import LAYERS, DocumentAnnotations, Layer
from annotator.agreement.event_matching import matched_events
from annotator.agreement.items import EntityMark, EventMark, entity_marks, event_marks
from annotator.agreement.report.comparison import DocumentCounts, LabelAgreement, LayerComparison
from annotator.agreement.report.events import EventAgreement, EventComparison
from annotator.agreement.report.report import SCHEMA, LayerAgreement, Report, report, report_of
from annotator.agreement.report.suggestion_use import (
    Decided,
    SuggestionUse,
    practices,
    seconds_per_step,
)
from annotator.agreement.spans import Mark
from annotator.agreement.tallies.statistics import GOLD, Statistics
from annotator.agreement.tokens import token_f1, token_labels

__all__ = [
    "GOLD",
    "KINDS",
    "LAYERS",
    "SCHEMA",
    "Alignment",
    "DawidSkene",
    "Decided",
    "Difference",
    "DocumentAnnotations",
    "DocumentCounts",
    "EntityMark",
    "Estimate",
    "EventAgreement",
    "EventComparison",
    "EventMark",
    "Interval",
    "Judgement",
    "Kind",
    "LabelAgreement",
    "Layer",
    "LayerAgreement",
    "LayerComparison",
    "Mark",
    "Match",
    "MucCounts",
    "Report",
    "RoleVersions",
    "Scheme",
    "Score",
    "Statistics",
    "SuggestionUse",
    "align",
    "bar_u_alpha",
    "by_kind",
    "cohen_kappa",
    "contingency",
    "cu_alpha",
    "dawid_skene",
    "differences",
    "entity_marks",
    "event_marks",
    "f1_interval",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "ku_alpha",
    "ku_coverage",
    "matched_events",
    "mean_f1",
    "muc_counts",
    "observed_agreement",
    "pooled",
    "practices",
    "randolph_kappa",
    "report",
    "report_of",
    "scott_pi",
    "seconds_per_step",
    "span_f1",
    "span_f1_by_label",
    "token_f1",
    "token_labels",
    "u_alpha",
]
