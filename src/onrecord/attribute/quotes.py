"""Quotations: which cue and speaker each one belongs to, and what runs on without a cue of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribute.clauses import is_passive, speaker
from onrecord.attribute.cues import UNKNOWN, Hit, verb_hit
from onrecord.attribute.drafts import Draft
from onrecord.attribute.quoted import Quoted, Statement, merged
from onrecord.model import Parse, Span, hull
from onrecord.text.quotation import Quotation

_STOPS = frozenset((".", "!", "?", "…", "..."))
_OWN = frozenset(("i", "we", "you", "one", "it", "this", "that", "my", "our", "your"))
_NEAR_AFTER = 14  # tokens between a quotation and the verb behind it, subject with apposition included
_NEAR_BEFORE = 45


def link(parse: Parse, quotations: tuple[Quotation, ...], drafts: Sequence[Draft]) -> list[Statement]:
    """Statements from the drafts, widened to the quotations they touch, and from quotations alone."""
    quoted = Quoted(parse, quotations)
    homes = [quoted.home(_cue_span(parse, d.hit)) for d in drafts]
    for draft, home in zip(drafts, homes, strict=True):
        if home is not None and not _reports_another(parse, draft):
            continue
        number = len(quoted.found)
        pieces, held = _snapped(quoted, draft, number)
        if pieces and (draft.firm or _marked(quoted, pieces)):
            for i in held:
                if quotations[i].continues:
                    pieces = merged([*pieces, *_opening_chain(quoted, i)])
            quoted.add(Statement(hit=draft.hit, source=draft.source, pieces=pieces))
    heads = [d.hit.head for d in drafts]
    for number, quotation in enumerate(quotations):
        if number in quoted.taken or not quoted.statement_like(number):
            continue
        if quotation.continues and _goes_on(quoted, number):
            continue
        inside = parse.tokens_in(quotation.span)
        low = bisect_left(heads, inside[0] - 2 * _NEAR_BEFORE)
        high = bisect_left(heads, inside[-1] + 2 * _NEAR_BEFORE)
        here = [
            drafts[k]
            for k in range(low, high)
            if homes[k] == quotation.parent and "quote" in drafts[k].hit.entry.frames
        ]
        _attach(quoted, number, here)
    return quoted.found


def _marked(quoted: Quoted, pieces: Sequence[Span]) -> bool:
    """Whether some of the words stand between quotation marks."""
    return any(quoted.quotations[i].span.overlaps(p) for p in pieces for i in quoted.touching(p))


def mended(parse: Parse, quotations: tuple[Quotation, ...], drafts: Sequence[Draft]) -> tuple[Quotation, ...]:
    """*quotations* with those cut short whose closing mark is missing before ", she said"."""
    out = list(quotations)
    for i, q in enumerate(out):
        if q.closed or q.parent is not None:
            continue
        inside = parse.tokens_in(q.inner)
        low = bisect_left(drafts, inside[0], key=lambda d: d.hit.head) if inside else len(drafts)
        for draft in drafts[low:]:
            cue = _cue_span(parse, draft.hit)
            if cue.start >= q.inner.end:
                break
            if draft.source is None or not q.inner.contains(cue) or not draft.pieces:
                continue
            content = parse.span(*draft.pieces[0])
            own = parse.tokens[draft.source].lower not in ("i", "we", "you")
            if own and len(draft.pieces) == 1 and 0 <= content.start - q.inner.start <= 1 and content.end < cue.start:
                out[i] = replace(q, span=Span(q.span.start, content.end), inner=Span(q.inner.start, content.end))
                if i + 1 < len(out) and out[i + 1].continues:
                    out[i + 1] = replace(out[i + 1], continues=False)
                break
    return tuple(out)


def _reports_another(parse: Parse, draft: Draft) -> bool:
    """Whether a cue inside a quotation cites somebody else; "I think" and "you know" are the speaker's own."""
    entry = draft.hit.entry
    if draft.source is None or not entry.strong or entry.pos == "adjective":
        return False
    if parse.tokens[draft.source].lower in _OWN:
        return False
    return bool(entry.frames & {"clause", "quote", "prep"})


def _cue_span(parse: Parse, hit: Hit) -> Span:
    return parse.span(hit.first, hit.last)


def _snapped(quoted: Quoted, draft: Draft, number: int) -> tuple[tuple[Span, ...], list[int]]:
    """The draft's pieces as spans, each widened to the whole of a quotation that it cuts, and those quotations.

    A piece inside the quotation that holds its cue never leaves it, and no piece swallows its cue.
    """
    parse = quoted.parse
    cue = _cue_span(parse, draft.hit)
    home = quoted.home(cue)
    pieces: list[Span] = []
    held: list[int] = []
    for part in draft.pieces:
        span = parse.span(*part)
        for i in quoted.touching(span):
            q = quoted.quotations[i]
            if not q.span.overlaps(span):
                continue
            if i == home or (home is not None and q.inner.contains(cue)):
                span = Span(max(span.start, q.inner.start), min(span.end, q.inner.end))
                continue
            wide = hull((span, q.span))
            if q.span.overlaps(cue) or wide.overlaps(cue):
                continue
            if home is None or quoted.quotations[home].inner.contains(wide):
                span = wide
                if quoted.taken.setdefault(i, number) == number:
                    held.append(i)
        for i in quoted.touching(span):
            q = quoted.quotations[i]
            if (
                i not in quoted.taken
                and q.parent == home
                and 0 <= q.span.start - span.end <= 1 < len(q.inner.of(parse.text))
                and (not quoted.statement_like(i) or q.inner.of(parse.text)[:1].islower())
            ):
                span = Span(span.start, q.span.end)  # "called on both sides “to stop”", cut by the parser
                quoted.taken[i] = number
        if span.end > span.start:
            pieces.append(span)
    return merged(pieces), held


def _attach(quoted: Quoted, number: int, drafts: Sequence[Draft]) -> None:
    """Adds quotation *number* to the statement of its cue, or makes one, or continues the last."""
    quotation = quoted.quotations[number]
    draft = _behind(quoted, number, drafts) or _before(quoted, number, drafts)
    if draft is None:
        draft = _unknown_verb(quoted, number)
    if draft is None:
        _continue(quoted, number)
        return
    pieces = [quotation.span, *_opening_chain(quoted, number)]
    known = quoted.by_head.get(draft.hit.head)
    if known is not None:
        quoted.change(known, merged([*quoted.found[known].pieces, *pieces]))
        quoted.taken[number] = known
        return
    quoted.taken[number] = len(quoted.found)
    quoted.add(Statement(hit=draft.hit, source=draft.source, pieces=merged(pieces)))


def _opening_chain(quoted: Quoted, number: int) -> list[Span]:
    """Earlier paragraphs of the same quotation, still without a cue when the last one brings it."""
    spans: list[Span] = []
    while quoted.quotations[number].continues and number:
        number -= 1
        if quoted.quotations[number].parent is not None:
            continue
        if number in quoted.taken or quoted.quotations[number].closed:
            break
        quoted.taken[number] = -1
        spans.append(quoted.quotations[number].span)
    return spans


def _goes_on(quoted: Quoted, number: int) -> bool:
    """Continues the statement that holds the quotation of the paragraph before, if one does."""
    before = number - 1
    while before >= 0 and quoted.quotations[before].parent is not None:
        before -= 1
    if before < 0 or quoted.taken.get(before, -1) < 0:
        return False
    _extend(quoted, number, quoted.found[quoted.taken[before]])
    return True


def _extend(quoted: Quoted, number: int, last: Statement) -> None:
    """A statement that goes on from *last* with quotation *number*."""
    quoted.taken[number] = len(quoted.found)
    span = quoted.quotations[number].span
    quoted.add(Statement(hit=last.hit, source=last.source, pieces=(span,), continued=True))


def _behind(quoted: Quoted, number: int, drafts: Sequence[Draft]) -> Draft | None:
    """The cue right behind the quotation: ', he said', '," said the mayor'."""
    parse = quoted.parse
    start = _token_after(parse, quoted.quotations[number].span)
    for draft in drafts:
        if not start <= draft.hit.head < start + _NEAR_AFTER:
            continue
        between = range(start, draft.hit.first)
        if any(parse.tokens[i].text in _STOPS or quoted_token(quoted, i) for i in between):
            continue
        if parse.tokens[start].text in _STOPS:
            continue
        first = draft.hit.first if draft.source is None else min(draft.hit.first, parse.tokens[draft.source].left)
        if first <= start + 3 and not (_is_closed(quoted, number) and (draft.pieces or _leads_on(quoted, draft))):
            return draft
    return None


def _is_closed(quoted: Quoted, number: int) -> bool:
    """Whether the quotation ends its sentence, so that what follows is a new one."""
    return quoted.quotations[number].inner.of(quoted.parse.text).rstrip()[-1:] in (".", "…")


def _leads_on(quoted: Quoted, draft: Draft) -> bool:
    """Whether the cue opens the next quotation: 'he said: "…"'."""
    tokens = quoted.parse.tokens
    following = draft.hit.last + 1
    if following < len(tokens) and tokens[following].text in (",", ":"):
        following += 1
    if following >= len(tokens):
        return False
    at = quoted.parse.tokens[following - 1].span
    return any(0 <= quoted.quotations[i].span.start - at.end <= 1 for i in quoted.touching(at))


def _before(quoted: Quoted, number: int, drafts: Sequence[Draft]) -> Draft | None:
    """The nearest cue before the quotation in its sentence: 'he said: "…"'."""
    parse = quoted.parse
    inside = parse.tokens_in(quoted.quotations[number].span)
    if not inside:
        return None
    first = inside[0]
    best: Draft | None = None
    for draft in drafts:
        if not first - _NEAR_BEFORE <= draft.hit.last < first:
            continue
        if any(parse.tokens[i].text in _STOPS or quoted_token(quoted, i) for i in range(draft.hit.last + 1, first)):
            continue
        if parse.paragraph_of(parse.tokens[draft.hit.head].start) != parse.paragraph_of(parse.tokens[first].start):
            continue
        if best is None or draft.hit.last > best.hit.last:
            best = draft
    return best


def quoted_token(quoted: Quoted, index: int) -> bool:
    """Whether the token stands inside a quotation that reads like a statement."""
    number = quoted.home(quoted.parse.tokens[index].span)
    while number is not None:
        if quoted.statement_like(number):
            return True
        number = quoted.quotations[number].parent
    return False


def _token_after(parse: Parse, span: Span) -> int:
    """Index of the first token behind *span* that is neither a comma nor a dash."""
    inside = parse.tokens_in(span)
    index = inside[-1] + 1 if inside else 0
    while index < len(parse.tokens) - 1 and parse.tokens[index].text in (",", "-", "—", "–", "--"):
        index += 1
    return min(index, len(parse.tokens) - 1)


def _unknown_verb(quoted: Quoted, number: int) -> Draft | None:
    """A verb outside the lexicon whose subject stands right behind a quotation that ends with a comma."""
    parse = quoted.parse
    quotation = quoted.quotations[number]
    end = quotation.inner.of(parse.text).rstrip()[-1:]
    follows = parse.text[quotation.span.end : quotation.span.end + 1]
    if end not in ",?!" and follows != ",":
        return None
    start = _token_after(parse, quotation.span)
    for index in range(start, min(start + 8, len(parse.tokens))):
        token = parse.tokens[index]
        if token.text in _STOPS or token.text == ",":
            return None
        if token.tag in ("VBD", "VBZ") and token.pos == "VERB" and not is_passive(parse, index):
            who = speaker(parse, index)
            if who is not None and parse.tokens[who].left >= start:
                return Draft(hit=verb_hit(parse, index, UNKNOWN), source=who, pieces=())
            return None
    return None


def _continue(quoted: Quoted, number: int) -> None:
    """A quotation without a cue: the speaker of this paragraph so far, or of the one before, goes on."""
    parse = quoted.parse
    quotation = quoted.quotations[number]
    paragraph = parse.paragraph_of(quotation.span.start)
    parent = quotation.parent
    last: Statement | None = None
    near = sorted({*quoted.by_paragraph.get(paragraph - 1, ()), *quoted.by_paragraph.get(paragraph, ())})
    for statement in (quoted.found[i] for i in near):
        if statement.hit is None or statement.source is None or statement.pieces[0].start >= quotation.span.start:
            continue
        if quoted.home(_cue_span(parse, statement.hit)) != parent or statement.pieces[-1].end > quotation.span.start:
            continue
        if last is None or statement.pieces[-1].end >= last.pieces[-1].end:
            last = statement
    if last is None or last.hit is None:
        return
    where = parse.paragraph_of(last.pieces[-1].start)
    direct = any(quoted.quotations[i].span.overlaps(p) for p in last.pieces for i in quoted.touching(p))
    opens = quotation.span.start <= parse.paragraphs[paragraph].start + 1
    if (where == paragraph and (direct or "quote" in last.hit.entry.frames)) or (
        where == paragraph - 1 and opens and "quote" in last.hit.entry.frames
    ):
        _extend(quoted, number, last)
