"""What the measures, kinds of difference and layers are called in words."""

from __future__ import annotations

MEASURES = {
    "span_f1": "strict F1",
    "relaxed_f1": "relaxed F1",
    "unlabelled_f1": "unlabelled F1",
    "macro_f1": "macro F1 over labels",
    "muc_f1": "MUC F1",
    "token_f1": "token F1",
    "suggested_f1": "spans that were suggested",
    "hand_f1": "spans added by hand",
    "precision": "precision",
    "recall": "recall",
    "token_alpha": "alpha of tokens",
    "token_kappa": "kappa of tokens",
    "token_pi": "pi of tokens",
    "token_fleiss": "Fleiss' kappa of tokens",
    "token_observed": "observed agreement of tokens",
    "marked_alpha": "alpha of marked tokens",
    "marked_kappa": "kappa of marked tokens",
    "marked_ac1": "AC1 of marked tokens",
    "marked_observed": "observed agreement of marked tokens",
    "label_kappa": "kappa of labels, same edges",
    "label_pi": "pi of labels, same edges",
    "label_ac1": "AC1 of labels, same edges",
    "label_observed": "observed agreement of labels, same edges",
    "u_alpha": "u-alpha (where and which label)",
    "bar_u_alpha": "|u-alpha (where)",
    "cu_alpha": "cu-alpha (which label)",
    "ku_alpha": "(k)u-alpha",
    "ku_coverage": "coverage",
    "trigger_identification_f1": "trigger",
    "trigger_classification_f1": "trigger and type",
    "trigger_overlap_f1": "trigger and type, edges overlap",
    "argument_identification_f1": "argument",
    "argument_identification_overlap_f1": "argument, fillers overlap",
    "role_classification_f1": "argument and role",
    "role_classification_overlap_f1": "argument and role, fillers overlap",
    "given_trigger_argument_identification_f1": "argument, same trigger",
    "given_trigger_argument_identification_overlap_f1": "argument, same trigger, overlap",
    "given_trigger_role_classification_f1": "argument and role, same trigger",
    "given_trigger_role_classification_overlap_f1": "argument and role, same trigger, overlap",
    "kappa": "kappa of values",
    "observed": "share of equal values",
    "accuracy": "accuracy by the model of Dawid and Skene",
    "accepted": "suggestions accepted unchanged",
    "seconds": "seconds a step",
}
LAYERS = {
    "entities": "Entities",
    "triggers": "Event triggers",
    "events": "Events",
    "suggestions": "Suggestions",
}
SCOPES = {
    "pooled": "all pairs added up",
    "pair": "a pair",
    "mean_of_pairs": "mean of pairs",
    "everyone": "everyone at once",
    "one_versus_rest": "one against the others",
    "gold": "with gold",
    "annotator": "an annotator",
}
KINDS = {
    "boundary": "edges",
    "label": "label",
    "boundary_label": "edges and label",
    "missed_by_a": "missed",
    "missed_by_b": "missed",
    "role": "role",
    "attribute": "attribute",
}


def measure_words(name: str) -> str:
    """A measure in words; its own name where there are none."""
    return MEASURES.get(name, name)
