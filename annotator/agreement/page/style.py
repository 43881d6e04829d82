"""How the page looks: light or dark as the reader's system is, and light on paper.

Tints go from pale to strong in one hue, so they are told apart by every eye, and each square has
its number in black or white, whichever is read better on it.
"""

from __future__ import annotations

from annotator.agreement.page.grid import TINTS

Colour = tuple[int, int, int]

LIGHT: tuple[Colour, Colour] = ((238, 243, 250), (8, 55, 107))
"""From the lowest share to the highest."""
DARK: tuple[Colour, Colour] = ((36, 43, 54), (169, 208, 255))
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_LIGHT_COLOURS = """\
--back:#fbfaf6;--ink:#1d2127;--faint:#565e68;--line:#cfcabd;--panel:#f2efe6;\
--fill:#a9cbee;--end:#0a5fb4;--accent:#0a5fb4;--mark:#ffe08a;--bad:#aa154f;color-scheme:light"""
_DARK_COLOURS = """\
--back:#14171c;--ink:#e6e9ee;--faint:#a3adba;--line:#39424f;--panel:#1f2630;\
--fill:#2c568a;--end:#8fc4ff;--accent:#8fc4ff;--mark:#6b5510;--bad:#ff8fa6;color-scheme:dark"""
_RULES = """\
*{box-sizing:border-box}
html{background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
body{max-width:66rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem;padding-bottom:.2rem;border-bottom:2px solid var(--line)}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:1rem 0}
.lead{margin:0}
.headline{margin:.75rem 0}
.large{font-size:2.4rem;font-weight:700;line-height:1;font-variant-numeric:tabular-nums}
.note,.n,.reason,.faint,.who{color:var(--faint);font-size:.875rem}
.note{max-width:46rem;margin:.5rem 0}
.scale{display:flex;align-items:center;gap:.5rem}
.reason{font-style:italic}
.undefined{font-weight:700}
.scroll{overflow-x:auto;margin:.5rem 0 1rem}
.scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--accent)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9375rem}
caption{text-align:left;color:var(--faint);font-size:.875rem;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.2rem .75rem .2rem 0;\
border-bottom:1px solid var(--line);overflow-wrap:normal}
thead th{font-size:.8125rem;color:var(--faint);font-weight:600;vertical-align:bottom}
tbody th{font-weight:500;overflow-wrap:break-word;max-width:20rem}
.bars{width:100%;table-layout:fixed}
.bars th:nth-child(1){width:15rem}.bars th:nth-child(3){width:4.5rem}
.bars th:nth-child(4){width:10rem}.bars th:nth-child(5){width:16rem}
.bar svg{display:block;width:100%;height:1.15rem;margin-top:.15rem;overflow:visible}
.value{font-weight:700}
svg text{fill:var(--ink);font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums}
svg .faint{fill:var(--faint)}
svg line,svg polyline,svg .frame{vector-effect:non-scaling-stroke;fill:none}
.rule{stroke:var(--line);stroke-width:1px}
.fill{fill:var(--fill)}
.end{stroke:var(--end);stroke-width:3px}
.range{stroke:var(--ink);stroke-width:1.5px}
.course{stroke:var(--end);stroke-width:1.5px}
.point{fill:var(--end)}
.frame{stroke-width:1.5px}
.grid,.curve,.scale svg{display:block}
.tintnone{fill:none;stroke:var(--line)}
.label{font-size:.8125rem;font-weight:700;border:1px solid var(--end);border-radius:3px;\
padding:0 .3em}
.text{font-family:Georgia,serif}
mark{background:var(--mark);color:inherit;font-weight:700;text-decoration:underline 2px;\
text-underline-offset:3px;print-color-adjust:exact}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.2rem 0}
.disputes{width:100%}
.disputes tbody th{white-space:nowrap;color:var(--faint);font-weight:400}
.disputes td{overflow-wrap:anywhere;min-width:7rem}.disputes td:last-child{width:75%}
.disputes ul{list-style:none;margin:0;padding:0}
.disputes li{display:grid;grid-template-columns:11rem 1fr;gap:.75rem;padding:.1rem 0}
.pairs td{white-space:nowrap}
.reasons tbody th{width:30%}
.reasons td:nth-child(2){text-align:right}
@media (max-width:40rem){html{font-size:15px}body{padding:1rem .75rem 3rem}
th,td{padding-right:.5rem}tbody th{max-width:8rem}.large{font-size:2rem}
.bars th:nth-child(1){width:auto}.bars th:nth-child(2){width:4.5rem}
.bars th:nth-child(3){width:3.5rem}.bars th:nth-child(4){width:6.4rem}
.bars th:nth-child(5){width:5.75rem}
.disputes li{display:block}.disputes td:last-child{min-width:12rem}}
@media print{html{font-size:10pt;background:#fff}body{max-width:none;padding:0}nav{display:none}
summary{list-style:none}
.scroll{overflow:visible}tr,svg{break-inside:avoid}h2,h3{break-after:avoid}
svg.grid,svg.curve{max-width:100%;height:auto}}
"""


def style() -> str:
    """The style sheet."""
    return (
        f":root{{{_LIGHT_COLOURS}}}\n{_RULES}{_tints(*LIGHT)}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_DARK_COLOURS}}}\n"
        f"{_tints(*DARK)}}}\n"
    )


def tint_colour(low: Colour, high: Colour, step: int) -> Colour:
    """The colour of a step of the scale."""
    share = step / (TINTS - 1)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: Colour) -> Colour:
    """Black or white, whichever is read better on a colour."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))


def _tints(low: Colour, high: Colour) -> str:
    lines: list[str] = []
    for step in range(TINTS):
        colour = tint_colour(low, high, step)
        ink = _hex(ink_on(colour))
        lines.append(
            f".tint{step}{{fill:{_hex(colour)}}}svg text.on{step}{{fill:{ink}}}"
            f".on{step}.frame{{stroke:{ink}}}\n"
        )
    return "".join(lines)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
