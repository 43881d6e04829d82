"""How the agreement screen writes a number, its interval and what it rests on."""

from __future__ import annotations

from annotator.agreement.coefficients.estimate import Estimate
from annotator.text.safe_text import pictured

UNDEFINED = "—"
SMALL = "?"
"""Stands behind a number that rests on too little."""


def value_text(one: Estimate, *, small: bool = False) -> str:
    """`0.87`, `0.87?` where it is too small to trust, or a dash where it is undefined."""
    if one.value is None:
        return UNDEFINED
    return f"{one.value:.2f}{SMALL if small else ''}"


def interval_text(one: Estimate) -> str:
    """`0.85-0.89`, empty where there is none."""
    return f"{one.interval[0]:.2f}-{one.interval[1]:.2f}" if one.interval else ""


def told(one: Estimate, *, small: bool = False) -> str:
    """All that is known of a number, in a line."""
    lacks = one.value is not None and one.interval is None
    return brief(one, small=small) + (f" · no interval, {one.no_interval}" if lacks else "")


def brief(one: Estimate, *, small: bool = False) -> str:
    """A number, its interval, and what it rests on."""
    rests = f"{counted(one.documents, 'documents')} · {counted(one.n, one.unit)}"
    if one.value is None:
        return f"{UNDEFINED} {pictured(one.undefined)} · {rests}"
    between = f" [{one.interval[0]:.3f}, {one.interval[1]:.3f}]" if one.interval else ""
    doubt = " · ? too small to trust" if small else ""
    return f"{one.value:.3f}{between} · {rests}{doubt}"


def counted(count: int, units: str) -> str:
    """`3 spans`, `1 span`."""
    return f"{count:,} {units.removesuffix('s') if count == 1 else units}"
