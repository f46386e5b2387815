"""Relative pronouns: whom or what "who", "which" and "that" take up."""

from __future__ import annotations

from onrecord.attribute.clauses import child
from onrecord.attribute.mention import Mention
from onrecord.attribute.pairs import PEOPLE
from onrecord.attribute.reading import One, Reading, tie
from onrecord.attribute.salience import SUBJECTS
from onrecord.lexicon.speakers import load_person_words

_ANYBODY = frozenset(
    "those anyone anybody everyone everybody someone somebody ones many some others all nothing something anything"
    " everything".split()
)
_BESIDE = ("appos", "conj")


def resolve_relative(reading: Reading, mention: Mention) -> float | None:
    """Ties "who", "which" and "that" to the noun that their clause hangs on."""
    tokens = reading.parse.tokens
    clause = next((i for i in reading.parse.ancestors(mention.head) if tokens[i].dep == "relcl"), None)
    head = _modified(reading, mention, clause) if clause is not None else None
    if head is not None and tokens[head].lower in _ANYBODY:
        return None  # "those who"
    beside = _named_beside(reading, mention, head) or _told_of(reading, head)
    if beside is not None:
        return tie(reading, mention, beside, 0.7)
    if head is not None and head < mention.head:
        chain = [head, *(c for c in reading.parse.children[head] if tokens[c].dep in _BESIDE and c < mention.head)]
        over = reading.of.get(tokens[head].head) if tokens[head].dep == "appos" else None
        joined = any(tokens[i].dep == "cc" for i in range(tokens[tokens[head].head].left, head))
        agrees = tokens[head].tag != "NNS" or joined or (over is not None and over.plural)
        if over is not None and agrees and over.fullest.kind == "name" and _may_be(over, tokens[mention.head].lower):
            chain.append(tokens[head].head)  # "Karim and Leila Saleh, the donors who"
        for i in reversed([c for c in chain if not _is_bracketed(reading, c, mention)]):
            one = reading.of.get(i)
            if one is not None and _may_be(one, tokens[mention.head].lower):
                return tie(reading, mention, one, 0.9)
    return _just_before(reading, mention, head)


def _modified(reading: Reading, mention: Mention, clause: int) -> int:
    """The noun that a relative clause modifies: the one it hangs on, or the one over that which fits better.

    "Parts of the party that are against it" are the parts; "an aide to Karim who left" is the aide.
    """
    tokens = reading.parse.tokens
    head = tokens[clause].head
    over = _over(reading, head)
    if over is None or over >= head or head > mention.head or tokens[head].lower in _ANYBODY:
        return head
    noun, higher = tokens[head], tokens[over]
    if noun.tag in ("NN", "NNS") and higher.tag in ("NN", "NNS") and noun.tag != higher.tag:
        verb = _finite(reading, mention, clause)
        if verb is not None and {"VBZ": "NN", "VBP": "NNS"}.get(verb) == higher.tag:
            return over
    if tokens[mention.head].lower not in ("who", "whom"):
        one, above = reading.of.get(head), reading.of.get(over)
        of_place = one is not None and one.sort == "place" and above is not None and above.sort == "body"
        return over if of_place else head  # "the Lawyers' Guild of Harma, which"
    if noun.pos == "PROPN" and tokens[mention.head - 1].text == ",":
        return head
    return over if _is_somebody(reading, over) and (noun.pos == "PROPN" or not _is_somebody(reading, head)) else head


def _over(reading: Reading, index: int) -> int | None:
    """The noun that a preposition hangs a noun on: the aide of "an aide to Karim" and "an aide close to Karim"."""
    tokens = reading.parse.tokens
    prep = tokens[tokens[index].head]
    if tokens[index].dep != "pobj" or prep.dep != "prep":
        return None
    over = tokens[prep.head] if tokens[prep.head].dep != "amod" else tokens[tokens[prep.head].head]
    return over.index if over.pos in ("NOUN", "PROPN") else None


def _finite(reading: Reading, mention: Mention, clause: int) -> str | None:
    """Tag of the finite verb of a clause whose subject the relative pronoun is: VBZ for one, VBP for several."""
    tokens = reading.parse.tokens
    if tokens[mention.head].dep not in SUBJECTS or tokens[mention.head].head != clause:
        return None
    verbs = (clause, *(c for c in reading.parse.children[clause] if tokens[c].dep in ("aux", "auxpass")))
    return next((tokens[i].tag for i in sorted(verbs) if tokens[i].tag in ("VBZ", "VBP", "VBD", "MD")), None)


def _is_somebody(reading: Reading, index: int) -> bool:
    """Whether a noun means people."""
    one, lemma = reading.of.get(index), reading.parse.tokens[index].lemma
    if one is not None and one.sort in ("person", "group"):
        return True
    return lemma in load_person_words() or (lemma.endswith(PEOPLE) and reading.parse.tokens[index].pos == "NOUN")


def _told_of(reading: Reading, head: int | None) -> One | None:
    """The person of whom the noun that a clause hangs on is told: "Karim was a desperate man who"."""
    tokens = reading.parse.tokens
    if head is None or tokens[head].dep != "attr" or tokens[tokens[head].head].lemma != "be":
        return None
    subject = child(reading.parse, tokens[head].head, *SUBJECTS)
    one = reading.of.get(subject) if subject is not None else None
    if tokens[head].tag == "NNS":
        return None  # "the problem was voters who"
    return one if one is not None and one.sort == "person" and one.fullest.kind == "name" else None


def _named_beside(reading: Reading, mention: Mention, head: int | None) -> One | None:
    """The body named right before ", which", where the parser hung the clause on a thing further back."""
    tokens = reading.parse.tokens
    if tokens[mention.head].lower != "which" or tokens[mention.head - 1].text != ",":
        return None
    over = reading.of.get(head) if head is not None else None
    if over is not None and over.sort != "thing":
        return None
    near = next((m for m in reversed(reading.seen) if m.last == mention.head - 2), None)
    one = reading.of.get(near.head) if near is not None and near.kind == "name" else None
    return one if one is not None and one.sort == "body" else None


def _just_before(reading: Reading, mention: Mention, head: int | None) -> float | None:
    """The mention right before the relative pronoun, or within the phrase that it was hung on."""
    tokens = reading.parse.tokens
    for m in reversed(reading.seen):
        far = tokens[m.head].sentence != tokens[mention.head].sentence or mention.head - m.last > 3
        if far and (head is None or m.head < head - 8):
            return None
        one = reading.of.get(m.head) if tokens[m.head].dep != "poss" else None
        if one is None or m.kind == "pronoun" or _is_bracketed(reading, m.head, mention):
            continue
        if _may_be(one, tokens[mention.head].lower):
            return tie(reading, mention, one, 0.6)
    return None


def _is_bracketed(reading: Reading, index: int, mention: Mention) -> bool:
    """Whether a token stands in brackets that close before *mention*: "Karim Saleh (D-Harma), who"."""
    between = [reading.parse.tokens[i].text for i in range(index + 1, mention.head)]
    return ")" in between and "(" not in between[: between.index(")")]


def _may_be(one: One, word: str) -> bool:
    if word in ("who", "whom"):
        return one.sort in ("person", "group", None) or (one.plural and one.sort != "body")
    return word == "whose" or one.sort != "person"
