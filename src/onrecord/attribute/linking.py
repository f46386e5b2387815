"""Linking: from the encoder's spans of sources, cues and contents to who said what by which words.

Each cue makes one attribution. A content goes to the cue, and a cue to the source, that the encoder's link
vectors, the grammar and the distance together make most likely; what the rules know of a cue (its grammatical
subject and complement) counts as evidence, never as the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from onrecord.attribute.clauses import Range, is_sourceless, phrase, trimmed
from onrecord.attribute.cues import Hit, lexical_hit
from onrecord.attribute.drafts import Draft
from onrecord.attribute.encoded import Spans, read_spans
from onrecord.attribute.quoted import Statement, merged
from onrecord.lexicon.cues import CueLexicon
from onrecord.model import Encoding, Parse, Span
from onrecord.model.tagging import Links
from onrecord.text.quotation import Quotation

_COMPLEMENT = 4.0  # log odds for a content that the grammar gives to the cue
_EXACT = 1.5  # times how much of the two is the same
_OUTWARD = 6.0  # against a cue inside a quotation with content outside it
_ELSEWHERE = 4.0  # against a source in another sentence than its cue
_SENTENCE = 1.0  # against each sentence between content and cue
_PARAGRAPH = 2.0  # and each paragraph
_EARLIER = 3.0  # against words without quotation marks in a sentence before the cue's own
_FULL = 4  # tokens of a content beside which a single word is a shred
_GAP = 3  # tokens that may be missing inside a content
_EDGE = 4  # and tokens that may be missing of a clause that grammar gives to the cue
_TELLING = frozenset(("NOUN", "PROPN", "VERB", "NUM"))
_AMONG = 24  # candidates a query is compared with, the nearest


def encoded_statements(
    parse: Parse,
    encoding: Encoding,
    lexicon: CueLexicon,
    quotations: Sequence[Quotation],
    drafts: Sequence[Draft],
    ruled: Sequence[Statement],
) -> list[Statement]:
    """Statements from the encoder's spans; *drafts* are what grammar says of the cues it knows, *ruled* the
    statements that the rules would make."""
    spans = read_spans(parse, encoding, quotations, ruled)
    if not spans.contents or not spans.cues:
        return []
    by_token = {i: d for d in drafts for i in range(d.hit.first, d.hit.last + 1)}
    grammar = [_draft_of(cue, by_token) for cue in spans.cues]
    given = [_given(parse, draft, ruled) for draft in grammar]
    shut = [_around(parse, cue, quotations) for cue in spans.cues]
    links = Links(encoding)
    cue_of = _cues_of_contents(parse, links, spans, given, shut, quotations)
    source_of = _sources_of_cues(parse, links, spans, grammar, cue_of)
    found = []
    for k, cue in enumerate(spans.cues):
        own = [c for c, owner in zip(spans.contents, cue_of, strict=True) if owner == k]
        own = _cut_off(parse, spans, own, drafts)
        own = _joined(parse, spans, own, given[k])
        own = _completed(parse, spans, own, given[k])
        own += _unseen(parse, spans, given[k], quotations)
        source = source_of[k]
        own = _apart(parse, spans, own, [cue] if source is None else [cue, source], quotations)
        if not own:
            continue
        end = cue[1]
        known = grammar[k]
        if known is not None and known.hit.entry.pos == "phrase":
            found += _statements(parse, spans, known.hit, own, source, quotations)
            continue
        while end - 1 > cue[0] and parse.tokens[end - 1].dep == "prep" and all(c[0] != end for c in own):
            end -= 1  # "wrote on" Twitter
        hit = lexical_hit(parse, lexicon, cue[0], end - 1)
        found += _statements(parse, spans, hit, own, source_of[k], quotations)
    return found


def _draft_of(cue: Range, by_token: dict[int, Draft]) -> Draft | None:
    for i in range(cue[0], cue[1]):
        draft = by_token.get(i)
        if draft is not None and cue[0] <= draft.hit.head < cue[1]:
            return draft
    return None


def _given(parse: Parse, draft: Draft | None, ruled: Sequence[Statement]) -> list[Span]:
    """What grammar and the rules for quotations make the content of a cue."""
    if draft is None:
        return []
    spans = [parse.span(*piece) for piece in draft.pieces]
    same = (s for s in ruled if s.hit is not None and s.hit.head == draft.hit.head)
    return [*spans, *(p for s in same for p in s.pieces)]


def _around(parse: Parse, cue: Range, quotations: Sequence[Quotation]) -> Span | None:
    """Inside of the innermost quotation around a cue."""
    span = parse.span(cue[0], cue[1] - 1)
    held = [q.inner for q in quotations if q.inner.contains(span)]
    return min(held, key=lambda s: s.end - s.start) if held else None


def _near(query: Range, candidates: Sequence[Range]) -> list[int]:
    """Indices of the candidates nearest to *query*, at most `_AMONG`, in text order."""
    if len(candidates) <= _AMONG:
        return list(range(len(candidates)))
    gaps = sorted(range(len(candidates)), key=lambda j: (_gap(query, candidates[j]), j))
    return sorted(gaps[:_AMONG])


def _gap(a: Range, b: Range) -> int:
    return max(0, b[0] - a[1], a[0] - b[1])


def _logs(links: Links, kind: tuple[str, str], query: Range, candidates: Sequence[Range]) -> np.ndarray:
    """Log probabilities of the candidates for one query, "none" last."""
    row = links.probabilities(kind, [query], candidates)[0]
    return np.asarray(np.log(np.maximum(row, 1e-6)))


def _cues_of_contents(
    parse: Parse,
    links: Links,
    spans: Spans,
    given: Sequence[Sequence[Span]],
    shut: Sequence[Span | None],
    quotations: Sequence[Quotation],
) -> list[int | None]:
    """For each content the number of its cue, None where no cue is likely."""
    out: list[int | None] = []
    for content in spans.contents:
        last = parse.tokens[content[1] - 1]
        quoted = any(q.span.start < last.end <= q.span.end for q in quotations)
        near = _near(content, spans.cues)
        logs = _logs(links, ("content", "cue"), content, [spans.cues[j] for j in near])
        best, choice = float(logs[-1]) - 2.0, None
        for at, j in enumerate(near):
            score = float(logs[at]) + _fit(parse, content, spans.cues[j], given[j])
            around = shut[j]
            if around is not None and not around.contains(parse.span(content[0], content[1] - 1)):
                score -= _OUTWARD
            if not quoted and last.sentence < parse.tokens[spans.cues[j][0]].sentence:
                score -= _EARLIER
            if score > best:
                best, choice = score, j
        out.append(choice)
    return out


def _fit(parse: Parse, content: Range, cue: Range, given: Sequence[Span]) -> float:
    """Log odds by grammar and distance that *content* belongs to *cue*."""
    tokens = parse.tokens
    score = 0.0
    span = parse.span(content[0], content[1] - 1)
    if any(span.overlaps(piece) for piece in given):
        score += _COMPLEMENT + _EXACT * max(_likeness(span, piece) for piece in given)
    if cue[1] <= content[0]:
        between = tokens[content[0]].sentence - tokens[cue[1] - 1].sentence
    else:
        between = tokens[cue[0]].sentence - tokens[content[1] - 1].sentence
    score -= _SENTENCE * max(0, between)
    where = parse.paragraph_of(tokens[cue[0]].start)
    apart = min(abs(parse.paragraph_of(tokens[i].start) - where) for i in (content[0], content[1] - 1))
    if content[0] <= cue[0] < content[1]:
        score -= 4.0  # a cue inside the content belongs to an attribution nested in it
    return score - _PARAGRAPH * apart


def _likeness(a: Span, b: Span) -> float:
    """Share of the code points of both spans that they have in common, 0 to 1."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0.0, shared / (max(a.end, b.end) - min(a.start, b.start)))


def _sources_of_cues(
    parse: Parse,
    links: Links,
    spans: Spans,
    grammar: Sequence[Draft | None],
    cue_of: Sequence[int | None],
) -> list[Range | None]:
    """For each cue the token range of its source, None where the words name none."""
    out: list[Range | None] = []
    for k, cue in enumerate(spans.cues):
        near = _near(cue, spans.sources)
        candidates = [spans.sources[j] for j in near]
        logs = _logs(links, ("cue", "source"), cue, candidates)
        own = [c for c, owner in zip(spans.contents, cue_of, strict=True) if owner == k]
        if own:
            more = [_logs(links, ("content", "source"), c, candidates) for c in own]
            logs = logs + 0.5 * np.mean(more, axis=0)
        draft = grammar[k]
        if draft is not None and draft.source is not None and draft.hit.entry.pos != "noun":
            out.append(_with_grammar(parse, candidates, cue, draft.source))
            continue
        if draft is not None and draft.hit.entry.pos == "verb" and is_sourceless(parse, draft.hit.head):
            out.append(None)
            continue
        best, choice = float(logs[-1]), None
        for at, candidate in enumerate(candidates):
            score = float(logs[at])
            if parse.tokens[candidate[0]].sentence != parse.tokens[cue[0]].sentence:
                score -= _ELSEWHERE
            if score > best:
                best, choice = score, candidate
        out.append(None if choice is None else _without_tail(parse, choice))
    return out


def _with_grammar(parse: Parse, candidates: Sequence[Range], cue: Range, speaker: int) -> Range:
    """Range of the source whose head grammar knows: the phrase, and the candidate that holds its head."""
    first, last = phrase(parse, speaker, (cue[0], cue[1] - 1))
    for a, b in candidates:
        if a <= speaker < b:
            wide = min(a, first), max(b, last + 1)
            return _without_tail(parse, wide if wide[1] <= cue[0] or cue[1] <= wide[0] else (a, b))
    return first, last + 1


def _joined(parse: Parse, spans: Spans, own: list[Range], given: Sequence[Span]) -> list[Range]:
    """Contents of one cue with small gaps closed, and without shreds that say nothing by themselves."""
    out: list[Range] = []
    for part in own:
        if out and _one_piece(parse, spans, out[-1], part, given):
            spans.scores["content", (out[-1][0], part[1])] = spans.scores["content", out[-1]]
            out[-1] = (out[-1][0], part[1])
        else:
            out.append(part)
    telling = [p for p in out if p[1] - p[0] >= _FULL or any(parse.tokens[i].pos in _TELLING for i in range(*p))]
    return telling or out


def _completed(parse: Parse, spans: Spans, own: list[Range], given: Sequence[Span]) -> list[Range]:
    """Contents with the few tokens put back that they lack of a clause which grammar gives to the cue."""
    for piece in given:
        inside = parse.tokens_in(piece)
        if not inside:
            continue
        whole = (inside[0], inside[-1] + 1)
        parts = [p for p in own if whole[0] <= p[0] and p[1] <= whole[1]]
        if sum(b - a for a, b in parts) < _EDGE:
            continue
        first, end = parts[0][0], parts[-1][1]
        whole = (
            whole[0] if first - whole[0] <= _EDGE else first,
            whole[1] if whole[1] - end <= _EDGE else end,
        )
        if parts == [whole] or (end - first) - sum(b - a for a, b in parts) > _EDGE:
            continue
        if any(c[0] < whole[1] and whole[0] < c[1] for c in spans.cues):
            continue  # a clause around a cue is rather cut by it
        spans.scores["content", whole] = spans.scores["content", parts[0]]
        own = sorted([*(p for p in own if p not in parts), whole])
    return own


def _cut_off(parse: Parse, spans: Spans, own: list[Range], drafts: Sequence[Draft]) -> list[Range]:
    """Contents without what follows a semicolon and has a source and cue of its own."""
    if not own:
        return own
    end = own[-1][1]
    stop = next((i for i in range(own[0][0] + 1, end) if _new_voice(parse, i, end, drafts)), None)
    if stop is None:
        return own
    out: list[Range] = []
    for a, b in own:
        if a < stop < b:
            spans.scores["content", (a, stop)] = spans.scores["content", (a, b)]
            b = stop
        if a < stop or parse.tokens[a].sentence != parse.tokens[stop].sentence:
            out.append((a, b))
    return out


def _new_voice(parse: Parse, index: int, end: int, drafts: Sequence[Draft]) -> bool:
    """Whether token *index* is a semicolon with another source and its cue behind it in the sentence."""
    if parse.tokens[index].text != ";":
        return False
    here = parse.tokens[index].sentence
    behind = (d for d in drafts if index < d.hit.head < end and parse.tokens[d.hit.head].sentence == here)
    return any(d.hit.entry.strong and d.source is not None and index < d.source < d.hit.head for d in behind)


def _one_piece(parse: Parse, spans: Spans, left: Range, right: Range, given: Sequence[Span]) -> bool:
    """Whether the gap between two contents of one cue was only missed by the tags."""
    gap = (left[1], right[0])
    if parse.tokens[left[1] - 1].sentence != parse.tokens[right[0]].sentence:
        return False
    if any(c[0] < gap[1] and gap[0] < c[1] for c in (*spans.cues, *spans.sources)):
        return False
    between = parse.span(left[0], right[1] - 1)
    return gap[1] - gap[0] <= _GAP or any(piece.contains(between) for piece in given)


def _without_tail(parse: Parse, part: Range) -> Range:
    """*part* without a preposition left at its end ("the envoy on" Monday)."""
    first, end = part
    while end - 1 > first and (parse.tokens[end - 1].dep == "prep" or parse.tokens[end - 1].tag == "POS"):
        end -= 1
    return first, end


def _unseen(parse: Parse, spans: Spans, given: Sequence[Span], quotations: Sequence[Quotation]) -> list[Range]:
    """Quotations that the rules give to a cue and the encoder saw no content in."""
    found: list[Range] = []
    for piece in given:
        inside = parse.tokens_in(piece)
        part = (inside[0], inside[-1] + 1) if inside else (0, 0)
        if not inside or part in found or not any(q.span == piece for q in quotations):
            continue
        if any(c[0] < part[1] and part[0] < c[1] for c in (*spans.contents, *spans.cues)):
            continue
        spans.scores["content", part] = 0.5
        found.append(part)
    return found


def _apart(
    parse: Parse,
    spans: Spans,
    own: Sequence[Range],
    barred: Sequence[Range],
    quotations: Sequence[Quotation],
) -> list[Range]:
    """Contents without the tokens of their own cue and source, articles before them put back."""
    out: list[Range] = []
    for part in sorted(own):
        pieces = [part]
        for a, b in barred:
            pieces = [p for x, y in pieces for p in ((x, min(y, a)), (max(x, b), y)) if p[0] < p[1]]
        for piece in pieces:
            mended = trimmed(parse, piece[0], piece[1] - 1)
            if mended is None:
                continue
            first, last = mended
            while first > 0 and parse.tokens[first - 1].dep in ("det", "predet", "poss"):
                head = parse.tokens[first - 1].head
                if not first <= head <= last or any(a <= first - 1 < b for a, b in barred):
                    break
                first -= 1
            if last + 1 < piece[1] and any(q.inner.end == parse.tokens[last + 1].end for q in quotations):
                last += 1  # the full stop of a quotation that goes on in the next paragraph
            spans.scores.setdefault(("content", (first, last + 1)), spans.scores["content", part])
            out.append((first, last + 1))
    longest = max((b - a for a, b in out), default=0)
    return [p for p in out if p[1] - p[0] > 1 or longest < _FULL]


def _statements(
    parse: Parse,
    spans: Spans,
    hit: Hit,
    contents: Sequence[Range],
    source: Range | None,
    quotations: Sequence[Quotation],
) -> list[Statement]:
    """One statement for the contents around the cue, and one for each that runs on after it."""
    cue = parse.tokens[hit.head]
    near: list[Span] = []
    on: list[Span] = []
    weights = [spans.scores["content", c] for c in contents]
    for a, b in contents:
        span = parse.span(a, b - 1)
        later = a > hit.last and parse.tokens[a].sentence > cue.sentence
        later = later and any(parse.tokens[i].text in (".", "!", "?", "…", ":") for i in range(hit.last + 1, a))
        direct = any(q.span.start <= span.start < q.span.end for q in quotations)
        starts_here = later and near and direct
        (on if starts_here else near).append(span)
    if not near:
        near, on = on[:1], on[1:]
    score = round(float(np.mean([*weights, spans.scores.get(("cue", (hit.first, hit.last + 1)), 0.5)])), 3)
    head = None if source is None else _head(parse, source)
    part = None if source is None else (source[0], source[1] - 1)
    first = Statement(hit=hit, source=head, source_part=part, pieces=merged(near), score=score)
    return [first, *(replace(first, pieces=(span,), continued=True) for span in merged(on))]


def _head(parse: Parse, part: Range) -> int:
    """The token of the range that the rest of it hangs on, the last one where all hangs on the word behind it."""
    last = parse.tokens[part[1] - 1]
    if (
        last.head == part[1]
        and last.dep in ("compound", "amod", "nmod")
        and (last.pos == "NOUN" or last.lower == "old")
    ):
        return last.index
    for i in range(*part):
        up = parse.tokens[i].head
        if (not part[0] <= up < part[1] or up == i) and parse.tokens[i].pos != "PUNCT":
            return i
    return part[1] - 1
