"""Where one is on the agreement screen, kept for when one comes back to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from annotator.agreement.document_annotations import LAYERS, Layer
from annotator.session.filtering import typed_filter
from annotator.store.filter import Filter
from annotator.tui.agreement.report_view import Scope
from annotator.tui.agreement.views import View

_WHO = re.compile(r'(?<!\S)(?:annotator|by):(?:"([^"]*)"|(\S+))')


@dataclass(slots=True)
class ViewState:
    """The view, what it is of, what was typed, and the cursor of every view."""

    view: View = View.OVERVIEW
    layer: Layer = LAYERS[0]
    scope: Scope = ()
    measure: str = "span_f1"
    typed: str = ""
    cursors: dict[View, tuple[int, int]] = field(default_factory=dict[View, tuple[int, int]])


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A filter as it was typed: annotators, a label, and what documents are like."""

    annotators: tuple[str, ...] = ()
    label: str = ""
    documents: Filter = field(default_factory=Filter)


def asked(text: str) -> AskedFor:
    """The filter that a text stands for: `annotator:` or `by:` a name, else as of documents."""
    annotators = tuple(quoted or plain for quoted, plain in _WHO.findall(text))
    found = typed_filter(_WHO.sub("", text))
    return AskedFor(tuple(filter(None, annotators)), found.label, replace(found, label=""))
