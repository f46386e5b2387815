"""The stage itself: layers of one report in, its attributions and caveats out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from onrecord.attribute.anonymity import anonymity, is_anonymity, without
from onrecord.attribute.caveats import find_caveats
from onrecord.attribute.channels import find_channel
from onrecord.attribute.coreference import find_references
from onrecord.attribute.cues import Hit
from onrecord.attribute.quoted import Statement
from onrecord.attribute.sources import Cited, cited_in, sources_of
from onrecord.attribute.statements import Told, find_told
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Attribution, Caveat, Cue, Form, Layers, Naming, Slot, Span, Time, hull
from onrecord.text.quotation import Quotation

_DATELINE = re.compile(
    r"[^\W\d_a-z][^\na-z—–]{2,40}(?:, [^\n—–(]{2,30})?\s*(?:\([^()\n]{2,40}\)\s*)?(?:—|–|--)\s+"
    r"|[^\n.!?()]{3,50}\([^()\n]{2,40}\)\s*(?:—|–|--|-)\s+"
)


def attribute(layers: Layers, lexicon: CueLexicon) -> Layers:
    """*layers* with references, attributions and caveats.

    Statements come first, so that the one who spoke last is known where a pronoun is to be understood.
    """
    told = find_told(layers, lexicon)
    layers = replace(
        layers, references=find_references(layers.parse, layers.actors, lexicon, told, layers.report.day_of_offices)
    )
    attributions, caveats = find_attributions(layers, lexicon, told)
    return replace(layers, attributions=attributions, caveats=caveats)


def find_attributions(
    layers: Layers, lexicon: CueLexicon, told: Told | None = None
) -> tuple[tuple[Attribution, ...], tuple[Caveat, ...]]:
    """Attributions of one report in text order, and its caveats; *told* saves finding its statements again.

    Works on the parse alone where ``layers.encoding`` is None. ``parent`` indexes the tuple returned.
    """
    parse = layers.parse
    told = told or find_told(layers, lexicon)
    found = [_attribution(layers, lexicon, s, told.quotations) for s in told.statements]
    found = [a for a in found if a.cue is None or not is_anonymity(parse, a.cue.span)]
    found.sort(key=_place)
    return _nested(found), find_caveats(parse, lexicon)


def _attribution(
    layers: Layers, lexicon: CueLexicon, statement: Statement, quotations: Sequence[Quotation]
) -> Attribution:
    parse = layers.parse
    hit, pieces = statement.hit, _behind_dateline(layers, statement.pieces)
    barred = (hit.first, hit.last) if hit is not None else (-1, -1)
    cited: tuple[Cited, ...] = ()
    if statement.source is not None and statement.source_part is not None:
        cited = cited_in(layers, lexicon, statement.source, *statement.source_part)
    elif statement.source is not None:
        cited = sources_of(layers, lexicon, statement.source, barred)
    cue = None
    if hit is not None:
        span = parse.span(hit.first, hit.last)
        cue = Cue(text=span.of(parse.text), span=span, kind=hit.entry.kind)
    first = cited[0] if cited else None
    near = cue.span if cue is not None else pieces[0]
    hidden = None if first is None else anonymity(parse, near)
    if hidden is not None and first is not None and first.naming == "named" and not _within(hidden, first.actor):
        hidden = None  # said of somebody else
    pieces = without(pieces, hidden)
    naming: Naming = "anonymous" if hidden is not None else first.naming if first is not None else "unnamed"
    return Attribution(
        source=first.actor if first is not None else None,
        more_sources=tuple(c.actor for c in cited[1:]),
        cue=cue,
        content=pieces,
        form=form_of(parse.text, pieces, quotations),
        naming=naming,
        office=first.office if first is not None else None,
        number="several" if len(cited) > 1 else first.number if first is not None else "one",
        channel=None if hit is None else find_channel(parse, lexicon, hit, pieces),
        time=None if hit is None else _time(layers, hit, pieces),
        continued=statement.continued,
        anonymity=hidden,
        score=statement.score,
    )


def _behind_dateline(layers: Layers, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces that start behind a dateline: "HARMA (Levant Wire) — Jets bombed …" tells of jets."""
    text = layers.parse.text
    out = []
    for piece in pieces:
        paragraph = layers.parse.paragraphs[layers.parse.paragraph_of(piece.start)]
        line = _DATELINE.match(text, paragraph.start, paragraph.end)
        inside = line is not None and piece.start < line.end() < piece.end
        out.append(Span(line.end(), piece.end) if line is not None and inside else piece)
    return tuple(out)


def _within(words: Slot, source: Slot) -> bool:
    return words.span is not None and source.span is not None and source.span.contains(words.span)


def form_of(text: str, pieces: Sequence[Span], quotations: Sequence[Quotation]) -> Form:
    """Direct when all words stand between quotation marks, mixed when some do, else indirect.

    A word or two between marks with nothing else to show that they were said ("so-called") do not count.
    """
    words = quoted = 0
    for piece in pieces:
        inner = [q.span for q in quotations if q.span.overlaps(piece)]
        for start, end in _words(text, piece):
            words += 1
            quoted += any(s.start <= start and end <= s.end for s in inner)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted == words else "mixed"


def _words(text: str, piece: Span) -> list[tuple[int, int]]:
    out, start = [], -1
    for i in range(piece.start, piece.end + 1):
        if i < piece.end and text[i].isalnum():
            start = i if start < 0 else start
        elif start >= 0:
            out.append((start, i))
            start = -1
    return out


def _time(layers: Layers, hit: Hit, content: Sequence[Span]) -> Time | None:
    """When it was said: a time that hangs on the cue itself, outside the content."""
    parse = layers.parse
    for time in layers.times:
        if time.span is None or any(p.overlaps(time.span) for p in content):
            continue
        inside = parse.tokens_in(time.span)
        if not inside or parse.tokens[inside[0]].sentence != parse.tokens[hit.head].sentence:
            continue
        for index in inside:
            above = list(parse.ancestors(index))[:3]
            if hit.head in above and all(
                parse.tokens[a].pos == "ADP" or a == hit.head for a in _until(above, hit.head)
            ):
                return time
    return None


def _until(above: Sequence[int], head: int) -> Sequence[int]:
    return [a for a in above[: above.index(head)] if a != head]


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = list(attribution.content)
    if attribution.cue is not None and not attribution.continued:
        spans.append(attribution.cue.span)
    whole = hull(tuple(spans))
    return whole.start, -whole.end


def _nested(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """*found* with the index of the smallest content around each as its parent."""
    pieces = sorted((p, j) for j, other in enumerate(found) for p in other.content)
    reach = list(accumulate((p.end for p, _ in pieces), max))
    out = []
    for i, one in enumerate(found):
        own = one.cue.span if one.cue is not None and not one.continued else one.content[0]
        best: tuple[int, int] | None = None
        k = bisect_right(pieces, own.start, key=lambda x: x[0].start) - 1
        while k >= 0 and reach[k] >= own.end:
            (piece, j), k = pieces[k], k - 1
            other = found[j]
            if i == j or not piece.contains(own) or any(one.holds(p) for p in _anchor(other)):
                continue
            size = sum(p.end - p.start for p in other.content)
            if best is None or (size, j) < best:
                best = (size, j)
        out.append(one if best is None else replace(one, parent=best[1]))
    return tuple(out)


def _anchor(attribution: Attribution) -> tuple[Span, ...]:
    return () if attribution.cue is None or attribution.continued else (attribution.cue.span,)
