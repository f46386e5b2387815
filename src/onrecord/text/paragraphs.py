"""Paragraphs of a text, as spans: cut at line breaks, white space trimmed, none of it lost."""

from __future__ import annotations

import re

from onrecord.model import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_HARD_WRAP = 50  # a line shorter than this that ends in mid-sentence is its own paragraph (headings, lists)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Spans of the paragraphs of *text* in order; hard-wrapped lines are joined into one.

    A line break ends a paragraph unless the text is hard-wrapped there: the line is long, the next
    one starts in lower case, and no blank line lies between.
    """
    found: list[Span] = []
    for match in _LINE.finditer(text):
        start, end = match.start(), match.end()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if found and _wrapped(text, found[-1], start):
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return tuple(found)


def _wrapped(text: str, before: Span, start: int) -> bool:
    gap = text[before.end : start]
    if gap.count("\n") > 1 or gap.count("\r") > 1:
        return False
    last_break = text.rfind("\n", before.start, before.end)
    line_length = before.end - max(before.start, last_break + 1)
    return line_length >= _HARD_WRAP and text[start].islower() and text[before.end - 1] not in '.!?:"”’'
