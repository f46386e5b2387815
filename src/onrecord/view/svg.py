"""A drawing as SVG text: shapes, words and axes. No display, no fonts of its own, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, FAINT = "#1f2933", "#616e7c", "#d9dee4"
# Told apart with the common kinds of colour blindness (Okabe and Ito 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


@dataclass(slots=True)
class Drawing:
    """Shapes in the order in which they were put, on a sheet of ``width`` by ``height`` units."""

    width: float
    height: float
    title: str
    described: str
    parts: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 11,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
    ) -> None:
        """Words with their baseline at *y*."""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"{weight}>'
            f"{escape(words)}</text>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = FAINT, width: float = 1) -> None:
        """A straight line."""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width:g}"/>'
        )

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{colour}"/>'
        )

    def dot(self, x: float, y: float, radius: float, colour: str, filled: bool = True, about: str = "") -> None:
        """A circle; *about* is shown where a pointer rests on it."""
        paint = f'fill="{colour}" fill-opacity="0.75"' if filled else f'fill="none" stroke="{colour}"'
        told = f"<title>{escape(about)}</title>" if about else ""
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}>{told}</circle>')

    def path(self, points: Sequence[tuple[float, float]], colour: str, dashed: bool = False) -> None:
        """A line through *points*."""
        shown = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self.parts.append(f'<polyline points="{shown}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>')

    def svg(self) -> str:
        """The whole document."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:.0f}" height="{self.height:.0f}" '
            f'viewBox="0 0 {self.width:.0f} {self.height:.0f}" role="img" aria-label={quoteattr(self.title)} '
            'font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif">'
        )
        about = f"<title>{escape(self.title)}</title><desc>{escape(self.described)}</desc>"
        sheet = f'<rect width="{self.width:.0f}" height="{self.height:.0f}" fill="#ffffff"/>'
        return "\n".join([head, about, sheet, *self.parts, "</svg>\n"])


def ticks(most: float, about: int = 4) -> list[float]:
    """Round numbers from 0 to at least *most*, some *about* of them."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    unit = 10.0 ** floor(log10(rough))
    step = max(1.0, next(m * unit for m in (1, 2, 5, 10) if m * unit >= rough))
    return [step * n for n in range(ceil(most / step) + 1)]


def short(words: str, most: int) -> str:
    """*words*, cut to *most* characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
