"""Channels: the medium through which a source is heard, where the report names one."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribute.cues import Hit
from onrecord.lexicon.cues import ChannelEntry, CueLexicon
from onrecord.model import Channel, Parse, Span

_HEARERS = frozenset(("state_media", "broadcast", "newspaper", "news_agency", "press_conference", "website"))
_REACH = 25  # tokens on either side of the cue


def find_channel(parse: Parse, lexicon: CueLexicon, hit: Hit, content: Sequence[Span]) -> Channel | None:
    """The channel named in the cue's own clause, outside the content; the one nearest to the cue."""
    start, end = parse.sentences[parse.tokens[hit.head].sentence]
    best: tuple[int, int, Channel] | None = None
    for index in range(max(start, hit.first - _REACH), min(end, hit.last + _REACH)):
        token = parse.tokens[index]
        entries = lexicon.channels.get(token.lemma) or lexicon.channels.get(token.lower)
        if not entries or any(p.overlaps(token.span) for p in content):
            continue
        for entry in entries:
            first = _fits(parse, index, entry, hit)
            if first is not None:
                span = parse.span(first, index)
                rank = (abs(index - hit.head), index)
                if best is None or rank < best[:2]:
                    best = (*rank, Channel(text=span.of(parse.text), span=span, kind=entry.kind))
                break
    return None if best is None else best[2]


def _fits(parse: Parse, index: int, entry: ChannelEntry, hit: Hit) -> int | None:
    """First token of the words of *entry* that end at *index*, None where they do not stand there."""
    tokens = parse.tokens
    token = tokens[index]
    if entry.needs == "verb":
        return index if index == hit.head and token.pos == "VERB" else None
    if token.pos == "VERB" or (entry.needs == "name" and not token.text[:1].isupper()):
        return None
    first = index - len(entry.words) + 1
    if first < 0:
        return None
    for word, other in zip(entry.words[:-1], tokens[first:index], strict=True):
        if word not in (other.lower, other.lemma):
            return None
    return first if _governed(parse, first, index, entry, hit) else None


def _governed(parse: Parse, first: int, index: int, entry: ChannelEntry, hit: Hit) -> bool:
    """Whether one of the channel's prepositions stands before it and hangs on the cue, however deep."""
    tokens = parse.tokens
    if tokens[index].dep in ("dobj", "dative", "iobj") and tokens[index].head == hit.head:
        return entry.kind in _HEARERS and "hearer" in hit.entry.frames
    for i, step in zip((index, *parse.ancestors(index)), range(6), strict=False):
        if tokens[i].dep in ("prep", "agent", "dative", "pcomp") and i < first and tokens[i].lower in entry.preps:
            return _hangs(parse, i, hit)
        if i == hit.head or step == 5:
            break
    return False


def _hangs(parse: Parse, prep: int, hit: Hit) -> bool:
    above = set(parse.ancestors(prep))
    return hit.head in above or bool(above & set(range(hit.first, hit.last + 1))) or _same_clause(parse, prep, hit)


def _same_clause(parse: Parse, prep: int, hit: Hit) -> bool:
    return parse.tokens[prep].head == parse.tokens[hit.head].head
