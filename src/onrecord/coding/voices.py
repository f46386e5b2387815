"""Voices: whose words whole passages are by their layout: transcripts, recordings, signed letters and quotations.

No verb of saying stands there, yet none of it is told by the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.recordings import announced, turns
from onrecord.model import Actor, Attribution, Cue, Layers, Span, Via

_LABEL = re.compile(r"(?m)^[\"“”]?[ \t]*(?P<name>[A-Z][A-Z.’'\-]+(?:\s[A-Z][A-Z.’'\-]+){0,3})(?P<cue> ?:)\s")
_SIGNED = re.compile(
    r"(?P<close>[”\"])\s{0,2}(?P<cue>[―—–]|--)\s{0,2}(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,2} ?[A-Z][\w.’'-]+)"
)
_SIGNATURE = re.compile(r"[A-Z][\w.’'-]*\.?(?: [A-Z][\w.’'-]*\.?){1,3}\.?")
_PLACE_LINE = re.compile(r"[A-Z][\w .'’-]{2,24}, [A-Z][\w.]{1,8}\.?")
_LETTERS = re.compile(r"(?m)^\W*(?:LETTERS?|FACEBOOK|YOUR SAY|READERS? (?:WRITE|RESPOND)|Letters? to the [Ee]ditor)\b")
_HEAD = 600
"""Code points at a report's beginning in which a heading may say that readers' letters follow."""

_LEAST_WORDS = 8
_MARKS = frozenset({":", "―", "—", "–", "--"})
_LEAST_TURNS = 3
_LEAST_SIGNED = 2
_NO_NAME = frozenset("NOTE UPDATE WATCH READ PHOTOS VIDEO MORE LETTERS FACEBOOK CORRECTION".split())


def with_voices(layers: Layers) -> Layers:
    """*layers* with an attribution for each passage that its layout gives to somebody.

    Attributions whose cue or source is the label of such a passage are replaced by it.
    """
    found = [*_turns(layers), *_quotations(layers), *_letters(layers), *_recordings(layers)]
    if not found:
        return layers
    labels = [v.source.span for v in found if v.source is not None and v.source.span is not None]
    gone = {i for i, a in enumerate(layers.attributions) if _of_label(a, labels, found)}
    kept = [i for i in range(len(layers.attributions)) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}
    told = [
        replace(a, parent=None if a.parent is None else place.get(a.parent))
        for i, a in enumerate(layers.attributions)
        if i not in gone
    ]
    return replace(layers, attributions=(*told, *found))


def is_voice(attribution: Attribution) -> bool:
    """Whether an attribution gives a whole passage to somebody by its layout."""
    return attribution.cue is None or attribution.cue.text.strip() in _MARKS


def _of_label(attribution: Attribution, labels: Sequence[Span], voices: Sequence[Attribution]) -> bool:
    """Whether an attribution was read off a label, or speaks of words that the label gives to somebody."""
    source = attribution.source.span if attribution.source is not None else None
    if source is not None and any(source.overlaps(span) for span in labels):
        return True
    if attribution.cue is None:
        return False
    cue = attribution.cue.span
    if any(v.cue is not None and v.cue.span.overlaps(cue) for v in voices):
        return True
    inside = [v for v in voices if v.holds(cue)]
    if source is not None and any(not v.holds(source) for v in inside):
        return True  # nobody outside speaks within the passage
    return any(not _reaches(attribution, v) for v in inside)


def _reaches(attribution: Attribution, voice: Attribution) -> bool:
    """Whether what somebody in a passage is said to have said lies in that passage."""
    return any(voice.holds(piece) for piece in attribution.content)


def _turns(layers: Layers) -> Iterator[Attribution]:
    """Turns of a transcript: a name in capitals and a colon where a line begins, at least three times."""
    text = layers.report.text
    labels = [m for m in _LABEL.finditer(text) if m["name"] not in _NO_NAME]
    if len(labels) < _LEAST_TURNS:
        return
    for match, after in zip(labels, [*labels[1:], None], strict=True):
        pieces = [Span(match.end(), _line_end(text, match.end()))]
        until = after.start() if after is not None else pieces[0].end
        while (begin := pieces[-1].end + 1) < until:
            line = Span(begin, _line_end(text, begin))
            words = line.of(text).strip()
            if words and (words[0] not in '"“”' or words.strip('"“”').startswith("(")):
                break  # "(CROSSTALK)" and words between the turns are nobody's
            pieces.append(line)
        told = [piece for piece in pieces if piece.of(text).strip()]
        yield _voice(layers, Span(*match.span("name")), Span(*match.span("cue")), told)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _quotations(layers: Layers) -> Iterator[Attribution]:
    """Quotations with the speaker's name behind a dash (“…” ― Ana Lira)."""
    text = layers.report.text
    begin = 0
    signed = list(_SIGNED.finditer(text))
    for match in signed if len(signed) >= _LEAST_SIGNED else ():
        opening = max(text.rfind(mark, begin, match.start()) for mark in '“”"')
        first = min((i for mark in '“”"' if (i := text.find(mark, begin, match.start())) >= 0), default=-1)
        start = first if match["close"] == "”" and first >= 0 and _alone(text, first) else opening
        paragraph = text.rfind("\n\n", begin, match.start())
        if paragraph >= 0 and start < paragraph:
            start = next((i for i in range(paragraph + 2, match.start()) if text[i] in '“”"'), -1)
        begin = match.end()
        if start < 0 or match.start() - start < 2:
            continue
        piece = Span(start, match.start() + 1)
        yield _voice(layers, Span(*match.span("name")), Span(*match.span("cue")), [piece])


def _alone(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace()


def _letters(layers: Layers) -> Iterator[Attribution]:
    """Readers' letters, each closed by a line that is only its writer's name."""
    text, paragraphs = layers.report.text, layers.parse.paragraphs
    if _LETTERS.search(text, 0, _HEAD) is None:
        return
    body: list[Span] = []
    for paragraph in paragraphs:
        words = paragraph.of(text).strip()
        if _LETTERS.match(words) or words.isupper():
            continue
        if body and _SIGNATURE.fullmatch(words):
            name = words.removesuffix(".")
            at = text.index(name, paragraph.start)
            yield _voice(layers, Span(at, at + len(name)), None, body)
            body = []
        elif len(words.split()) >= _LEAST_WORDS:
            body.append(paragraph)
        elif not body and not _PLACE_LINE.fullmatch(words):
            body = []


def _recordings(layers: Layers) -> Iterator[Attribution]:
    """What recordings and printed interviews give to a speaker, with the label gone before the words."""
    for turn in turns(layers):
        if turn.label is not None:
            yield _voice(layers, turn.label, None, [turn.words])
        else:
            yield Attribution(source=announced(layers, turn), cue=None, content=(turn.words,), form="direct")


def _voice(layers: Layers, name: Span, cue: Span | None, pieces: Sequence[Span]) -> Attribution:
    text = layers.report.text
    if name.of(text).endswith(".") and not name.of(text)[-2].isupper():
        name = Span(name.start, name.end - 1)  # the sentence's full stop
    return Attribution(
        source=_speaker(layers, name),
        cue=None if cue is None else Cue(text=cue.of(text), span=cue, kind="says"),
        content=tuple(pieces),
        form="direct",
    )


def _speaker(layers: Layers, name: Span) -> Actor:
    """Whom a label names: the one of whom the report gives the name in full ("PENCE" after "Mike Pence")."""
    words = name.of(layers.report.text)
    own = Actor(text=words, span=name, basis="named")
    surname = words.split()[-1].casefold()
    for actor in layers.actors:
        told = (actor.text or "").split()
        if actor.span is None or actor.span.overlaps(name) or len(told) < 2 or told[-1].casefold() != surname:
            continue
        via = Via(text=actor.text or "", span=actor.span)
        return replace(actor, text=words, span=name, spans=(), basis="coreference", via=via)
    known = layers.actor_at(name)
    return own if known is None or known.span != name else known
