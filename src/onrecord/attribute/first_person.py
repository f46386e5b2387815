"""Who "I", "we" and "you" are: who speaks in a quotation, who answers, is asked or signs, who wrote a column."""

from __future__ import annotations

from onrecord.attribute.mention import Mention, core
from onrecord.attribute.reading import One, Reading
from onrecord.model import Span

_CLOSING = 3  # paragraphs at the end in which a note on the author may stand
_NOTE = 60  # tokens of such a note at most
_WRITES = frozenset("be write edit teach cover serve work direct chair head report lead run host".split())
_LETTER = 12  # paragraphs of a letter at most
_SIGNED = 8  # tokens of a signature at most
_ANSWERS = frozenset(("a", "answer"))
_ASKS = frozenset(("q", "question"))


def resolve_first_person(reading: Reading) -> list[tuple[Mention, One, float]]:
    """ "I" and "we" in quotations and answers with their speaker; "I" elsewhere with the author if named.

    "You" in the questions of an interview is who answers them.
    """
    found = []
    author = _author(reading)
    turns, asked = _turns(reading), _asked(reading)
    for mention in reading.seen:
        if mention.gender not in ("1", "y"):
            continue
        one: One | None
        if mention.gender == "y":
            one, score = asked.get(reading.parse.paragraph_of(mention.span.start)), 0.7
        elif reading.quoted(mention) is None:
            one, score = _outside(reading, mention, turns, author)
        else:
            speaker = reading.said.get(mention.head)
            one, score = (reading.of.get(speaker) if speaker is not None else None), 0.6 if mention.plural else 0.9
        if one is not None and one.fullest.kind != "pronoun":
            reading.of[mention.head] = one
            found.append((mention, one, score))
    return found


def _outside(reading: Reading, mention: Mention, turns: dict[int, One], author: One | None) -> tuple[One | None, float]:
    """Who speaks where no quotation stands: whose turn it is, who signs the letter, the author."""
    number = reading.parse.paragraph_of(mention.span.start)
    if number in turns:
        return turns[number], 0.6 if mention.plural else 0.8
    if mention.plural:
        return None, 0.0
    return _signer(reading, number) or author, 0.7


def _turns(reading: Reading) -> dict[int, One]:
    """The speaker of each paragraph of a conversation in print: "SALEH: I never knew", "A: I never knew"."""
    parse = reading.parse
    found: dict[int, One] = {}
    first = {m.first: m for m in reading.seen if m.kind == "name"}
    answers = None
    for number, paragraph in enumerate(parse.paragraphs):
        inside = parse.tokens_in(paragraph)
        if len(inside) < 3:
            continue
        named = first.get(inside[0])
        if named is not None and named.last + 1 in inside and parse.tokens[named.last + 1].text == ":":
            found[number] = reading.of[named.head]
        elif _opens(parse.text[paragraph.start : paragraph.end], _ANSWERS):
            answers = answers or _interviewed(reading, inside[0])
            if answers is not None:
                found[number] = answers
    return found


def _asked(reading: Reading) -> dict[int, One]:
    """Who is asked in each paragraph that is a question of an interview: "Q: Have you seen it?"."""
    parse = reading.parse
    texts = [parse.text[part.start : part.end] for part in parse.paragraphs]
    questions = [i for i, text in enumerate(texts) if _opens(text, _ASKS)]
    if not questions or not any(_opens(text, _ANSWERS) for text in texts):
        return {}
    inside = parse.tokens_in(parse.paragraphs[questions[0]])
    answers = _interviewed(reading, inside[0]) if inside else None
    return dict.fromkeys(questions, answers) if answers is not None else {}


def _opens(text: str, words: frozenset[str]) -> bool:
    """Whether a paragraph begins as a question or answer in an interview does: "A: Yes", "A. Yes"."""
    first = next(iter(text.split(maxsplit=1)), "")
    return first[:-1].lower() in words and first[-1:] in (":", ".")


def _interviewed(reading: Reading, at: int) -> One | None:
    """The person whom the lines before an interview name most often, the first of equals."""
    best: tuple[int, int, One] | None = None
    for one in reading.ones:
        before = [m for m in one.mentions if m.head < at]
        if one.sort == "person" and one.fullest.kind == "name" and before:
            rank = (len(before), -before[0].head, one)
            best = rank if best is None or rank[:2] > best[:2] else best
    return None if best is None else best[2]


def _signer(reading: Reading, number: int) -> One | None:
    """The person whose name alone makes up a paragraph soon behind: the signature of a letter."""
    parse = reading.parse
    for paragraph in parse.paragraphs[number + 1 : number + 1 + _LETTER]:
        one = _only(reading, paragraph)
        if one is not None:
            return one
    return None


def _only(reading: Reading, paragraph: Span) -> One | None:
    """The person whose full name a paragraph consists of."""
    inside = [i for i in reading.parse.tokens_in(paragraph) if reading.parse.tokens[i].pos != "PUNCT"]
    if not 2 <= len(inside) <= _SIGNED:
        return None
    one = reading.of.get(next((m.head for m in reading.seen if m.first == inside[0] and m.last == inside[-1]), -1))
    return one if one is not None and one.sort == "person" and one.fullest.kind == "name" else None


def _author(reading: Reading) -> One | None:
    """The person whom the last lines introduce as the writer: "Karim Saleh is a professor at Tamra University."."""
    parse = reading.parse
    for paragraph in reversed(parse.paragraphs[-_CLOSING:]):
        inside = parse.tokens_in(paragraph)
        if not inside or len(inside) > _NOTE or inside[0] == 0:
            continue
        first = next((m for m in reading.seen if m.first == inside[0] and m.kind == "name"), None)
        if first is None or first.sort != "person" or len(core(first.name)) < 2 or first.last + 1 not in inside:
            continue
        told = parse.tokens[first.last + 1]
        if told.tag in ("VBZ", "VBP", "VBD") and told.lemma in _WRITES:
            return reading.of.get(first.head)
    return None
