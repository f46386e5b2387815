"""Quotation marks: which one opens, which one closes, and what stands between them.

Marks are paired paragraph by paragraph, so that one odd mark spoils no more than its own sentence. A
quotation that is still open at the end of a paragraph goes on in the next one if that one opens with a mark
(the convention of the press for quotations over several paragraphs) or holds the closing mark that is
missing. Apostrophes are no quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.model import Span
from onrecord.text.paragraphs import paragraphs

Role = Literal["open", "close", "either"]

_MARKS = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»‹›'‘’‚`]")
_OPENING_BEFORE = frozenset("([{—–-/:\"“„«‹‘'‚`…=>")
_CLOSING_AFTER = frozenset(".,;:!?)]}—–-/…\"”»›’'<")
_ELISION = re.compile(r"['‘’](?:\d\ds?\b|em\b|til\b|till\b|cause\b|tis\b|twas\b|n['’]?\b|round\b|bout\b)", re.I)
_SENTENCE_END = re.compile(r"[.!?…][)\]]?\s+(?=[^\sa-z])")
_FORWARD = frozenset(("“", "„", "‟", "«", "``", "‘‘"))
_BACKWARD = frozenset(("”", "»", "’’"))
_REACH = 4  # paragraphs over which a missing opening mark is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One stretch between quotation marks; ``span`` with its marks, ``inner`` without.

    ``opened`` and ``closed`` tell whether the mark at that end is there; where it is not, the end is a
    guess (paragraph, sentence or next mark). ``continues`` is true where the quotation goes on from the
    paragraph before. ``parent`` is the index of the quotation that holds this one, None outside any.
    """

    span: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    continues: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    role: Role


def find_quotations(text: str, parts: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """Quotations of *text* in text order, outer before inner; *parts* are its paragraphs.

    Straight, curly, low, angle and single marks and two apostrophes in a row are read; marks of different
    make may close each other.
    """
    parts = paragraphs(text) if parts is None else parts
    double: list[list[_Mark]] = [[] for _ in parts]
    single: list[list[_Mark]] = [[] for _ in parts]
    starts = [p.start for p in parts]
    for match in _MARKS.finditer(text):
        number = bisect_right(starts, match.start()) - 1
        if number < 0 or match.start() >= parts[number].end:
            continue
        mark = match.group()
        if mark in "'‘’‚`‹›":
            single[number].append(_Mark(match.start(), match.end(), mark, "either"))
        else:
            double[number].append(_Mark(match.start(), match.end(), mark, _role(text, match)))
    if not any(double) and not any(single):
        return ()
    outer = _pair_double(text, parts, double)
    return _nested([*outer, *_pair_single(text, parts, single, outer)])


def _role(text: str, match: re.Match[str]) -> Role:
    """What a double mark may do, by its shape first and by its neighbours where the shape says nothing."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    opens = (not before or before.isspace() or before in _OPENING_BEFORE) and bool(after.strip())
    closes = bool(before.strip()) and (not after or after.isspace() or after in _CLOSING_AFTER)
    by_place: Role = "open" if opens and not closes else "close" if closes and not opens else "either"
    mark = match.group()
    if mark in _FORWARD:
        return "either" if by_place == "close" else "open"
    if mark in _BACKWARD:
        return "either" if by_place == "open" else "close"
    return by_place


@dataclass(slots=True)
class _State:
    """The pairing of one paragraph: what is open, and what has been found."""

    found: list[Quotation]
    last_end: int
    opened_at: _Mark | None = None
    start: int = 0
    continues: bool = False

    def begin(self, mark: _Mark, continues: bool = False) -> None:
        self.opened_at, self.start, self.continues = mark, mark.start, continues

    def end(self, inner_end: int, end: int, closed: bool = True) -> None:
        """Closes what is open; nothing is recorded when nothing stands between the marks."""
        mark = self.opened_at
        inner_start = self.start if mark is None else mark.end
        self.opened_at = None
        if inner_end > inner_start:
            inner, span = Span(inner_start, inner_end), Span(self.start, end)
            opened = mark is not None
            self.found.append(Quotation(span=span, inner=inner, opened=opened, closed=closed, continues=self.continues))
        self.continues = False
        self.last_end = end


def _pair_double(text: str, parts: Sequence[Span], marks: Sequence[Sequence[_Mark]]) -> list[Quotation]:
    found: list[Quotation] = []
    running = False  # whether the paragraph before ended inside a quotation
    for number, part in enumerate(parts):
        state = _State(found, part.start)
        here = marks[number]
        if running and not (here and here[0].start == part.start and here[0].role != "close"):
            state.start, state.continues = part.start, True
            if not here:
                state.end(part.end, part.end, closed=False)
                continue  # still running: the closing mark was seen further on
            if here[0].role == "open":
                state.continues = False
            else:
                state.end(here[0].start, here[0].end)
                here = here[1:]
            running = False
        _pair_paragraph(text, part, here, state, running)
        running = False
        if state.opened_at is not None:
            running = _goes_on(parts, marks, number)
            end = part.end if running else _likely_end(text, state.opened_at.end, part.end)
            state.end(end, end, closed=False)
    return found


def _pair_paragraph(text: str, part: Span, marks: Sequence[_Mark], state: _State, running: bool) -> None:
    """Pairs the marks of one paragraph into *state*; what is left open there stays open."""
    depth = 0
    for i, mark in enumerate(marks):
        if state.opened_at is None:
            if mark.role == "close" and text[mark.start - 1 : mark.start].isdigit():
                continue  # inches or seconds
            if mark.role != "close":
                state.begin(mark, running and mark.start == part.start)
            else:
                state.start = _sentence_start(text, state.last_end, mark.start)
                state.end(mark.start, mark.end)
        elif depth and mark.role != "open":
            depth -= 1
        elif mark.role == "open" and state.opened_at.text != "„":
            if _holds_another(marks, i):
                depth += 1
                continue
            end = _likely_end(text, state.opened_at.end, mark.start)
            state.end(end, end, closed=False)
            state.begin(mark)
        else:
            state.end(mark.start, mark.end)


def _holds_another(marks: Sequence[_Mark], i: int) -> bool:
    """Whether the opening mark *i*, met inside a quotation, has two closing marks before the next opening."""
    following = [m.role for m in marks[i + 1 : i + 3]]
    return len(following) == 2 and "open" not in following and following[0] == "close"


def _likely_end(text: str, start: int, limit: int) -> int:
    """Where a quotation without closing mark ends: with its paragraph, or before the mark that follows."""
    end = limit
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _sentence_start(text: str, start: int, end: int) -> int:
    """Start of the sentence that ends at *end*, not before *start*."""
    begin = start
    for match in _SENTENCE_END.finditer(text, start, max(start, end - 1)):
        begin = match.end()
    while begin < end and (text[begin].isspace() or text[begin] in ",;:-–—"):
        begin += 1
    return begin


def _goes_on(parts: Sequence[Span], marks: Sequence[Sequence[_Mark]], number: int) -> bool:
    """Whether a quotation open at the end of paragraph *number* goes on in the next one."""
    for k in range(number + 1, min(number + 1 + _REACH, len(parts))):
        if not marks[k]:
            continue
        first = marks[k][0]
        if k == number + 1 and first.start == parts[k].start and first.role != "close":
            return True
        return first.role == "close"
    return False


def _pair_single(
    text: str, parts: Sequence[Span], marks: Sequence[Sequence[_Mark]], outer: Sequence[Quotation]
) -> list[Quotation]:
    """Quotations in single marks: a pair lies wholly inside or wholly outside every double quotation."""
    edges = sorted({e for q in outer for e in q.inner})
    found: list[Quotation] = []
    running = False
    for number, part in enumerate(parts):
        opened: _Mark | None = None
        continues = False
        for i, mark in enumerate(marks[number]):
            if opened is not None and bisect_left(edges, opened.end) != bisect_right(edges, mark.start):
                opened = None
            if opened is None:
                if _opens_single(text, mark):
                    opened, continues = mark, running and mark.start == part.start
            elif _closes_single(text, mark, marks[number][i + 1 :], edges):
                if mark.start > opened.end:
                    span, inner = Span(opened.start, mark.end), Span(opened.end, mark.start)
                    found.append(Quotation(span=span, inner=inner, continues=continues))
                opened = None
        running = opened is not None and _single_goes_on(text, parts, marks, number)
        if running and opened is not None:
            span, inner = Span(opened.start, part.end), Span(opened.end, part.end)
            found.append(Quotation(span=span, inner=inner, closed=False, continues=continues))
    return found


def _single_goes_on(text: str, parts: Sequence[Span], marks: Sequence[Sequence[_Mark]], number: int) -> bool:
    following = marks[number + 1] if number + 1 < len(parts) else ()
    return bool(following) and following[0].start == parts[number + 1].start and _opens_single(text, following[0])


def _opens_single(text: str, mark: _Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.text in "’›" or not after.strip() or (before.isalnum()):
        return False
    return _ELISION.match(text, mark.start) is None


def _closes_single(text: str, mark: _Mark, later: Iterable[_Mark], edges: Sequence[int]) -> bool:
    """Whether the mark ends the single quotation that is open; "the rebels' camp" does not."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.text in "‘‚‹`" or not before.strip() or after.isalnum():
        return False
    if before in "sSzxn" and after == " " and text[mark.end + 1 : mark.end + 2].islower():
        side = bisect_left(edges, mark.start)
        for other in later:
            if bisect_left(edges, other.start) != side or _opens_single(text, other):
                break
            if _closes_plainly(text, other):
                return False
    return True


def _closes_plainly(text: str, mark: _Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return bool(before.strip()) and not after.isalnum() and mark.text not in "‘‚‹`"


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """*found* in text order with the index of the innermost quotation around each."""
    ordered = sorted(found, key=lambda q: (q.span.start, -q.span.end))
    out: list[Quotation] = []
    around: list[int] = []
    for i, quotation in enumerate(ordered):
        while around and ordered[around[-1]].span.end < quotation.span.end:
            around.pop()
        out.append(replace(quotation, parent=around[-1] if around else None))
        around.append(i)
    return tuple(out)
