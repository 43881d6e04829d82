"""Agreement between annotators: pure functions on plain values.

Standard library, and numpy where it is needed. A number that is undefined is None, never 0 or 1.
The measures of span lists take marks, `(start, end, label)` or `(ranges, label)`, in half-open code
points; those of categories take counts, or `ratings[annotator][unit]` with None for missing.
"""

from __future__ import annotations

from annotator.agreement.ac1 import gwet_ac1
from annotator.agreement.alpha import krippendorff_alpha, observed_agreement
from annotator.agreement.dawid_skene import DawidSkene, Judgement, dawid_skene
from annotator.agreement.f1 import Match, Score, mean_f1, pooled, span_f1, span_f1_by_label
from annotator.agreement.interval import f1_interval
from annotator.agreement.kappa import (
    cohen_kappa,
    contingency,
    fleiss_kappa,
    randolph_kappa,
    scott_pi,
)
from annotator.agreement.muc import MucCounts, Scheme, muc_counts
from annotator.agreement.pair import PairAgreement, Scores
from annotator.agreement.report import LayerAgreement, Report, report
from annotator.agreement.spans import Mark
from annotator.agreement.token_agreement import TokenAgreement
from annotator.agreement.tokens import token_f1, token_labels
from annotator.agreement.unitizing import bar_u_alpha, cu_alpha, ku_alpha, ku_coverage, u_alpha
from annotator.agreement.work import LAYERS, Layer, Work

__all__ = [
    "LAYERS",
    "DawidSkene",
    "Judgement",
    "Layer",
    "LayerAgreement",
    "Mark",
    "Match",
    "MucCounts",
    "PairAgreement",
    "Report",
    "Scheme",
    "Score",
    "Scores",
    "TokenAgreement",
    "Work",
    "bar_u_alpha",
    "cohen_kappa",
    "contingency",
    "cu_alpha",
    "dawid_skene",
    "f1_interval",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "ku_alpha",
    "ku_coverage",
    "mean_f1",
    "muc_counts",
    "observed_agreement",
    "pooled",
    "randolph_kappa",
    "report",
    "scott_pi",
    "span_f1",
    "span_f1_by_label",
    "token_f1",
    "token_labels",
    "u_alpha",
]
