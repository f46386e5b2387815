"""Clauses: who is the subject of a verb, what a phrase covers, where a clause begins and ends."""

from __future__ import annotations

from onrecord.model import Parse, Span

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
RELATIVES = frozenset(("who", "which", "that", "whom", "whose", "what"))
_EDGE = frozenset(",;:–—-")
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"))
_OPEN = frozenset("“‘\"«„(['`")
ISSUING = frozenset("issue release publish send post write file give deliver make share put sign tweet".split())
TELLING = frozenset(("tell", "inform", "assure", "remind"))
Range = tuple[int, int]


def child(parse: Parse, index: int, *labels: str) -> int | None:
    """First child of token *index* with one of the dependency *labels*."""
    for c in parse.children[index]:
        if parse.tokens[c].dep in labels:
            return c
    return None


def is_relative(parse: Parse, index: int) -> bool:
    """Whether the token is a relative or interrogative pronoun, which never speaks for itself."""
    token = parse.tokens[index]
    return token.lower in RELATIVES and token.tag in ("WDT", "WP", "WP$", "IN")


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb stands in the passive."""
    return child(parse, verb, "auxpass", "nsubjpass") is not None


def is_sourceless(parse: Parse, verb: int) -> bool:
    """Whether the verb's form leaves out who says so: passives without "by", "asked about", "it seems"."""
    token = parse.tokens[verb]
    if token.lemma in ("seem", "appear"):
        return True
    bare = token.tag == "VBN" and child(parse, verb, "aux", "nsubj") is None
    return (is_passive(parse, verb) or bare) and agent(parse, verb) is None


def agent(parse: Parse, verb: int) -> int | None:
    """Head of the "by" phrase of a passive."""
    by = child(parse, verb, "agent")
    return None if by is None else child(parse, by, "pobj")


def speaker(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """Head token of the one who says what *verb* says; None where the words name nobody.

    Looks at the verb's own subject (a relative pronoun gives way to what it stands for), the "by" phrase
    of a passive, the noun that a participle describes, and the clause that governs a participle or infinitive.
    """
    if depth > 5:
        return None
    token = parse.tokens[verb]
    if is_passive(parse, verb):
        return agent(parse, verb)
    subject = child(parse, verb, "nsubj")
    if subject is not None:
        if not is_relative(parse, subject):
            return subject
        return antecedent(parse, verb)
    if token.tag == "VBN" and token.dep in ("acl", "advcl") and child(parse, verb, "aux") is None:
        up = parse.tokens[token.head]
        if up.dep == "ROOT" and up.pos in ("NOUN", "PROPN") and agent(parse, verb) is None:
            return up.index  # a finite verb that the parser took for a participle
        return agent(parse, verb)
    if token.dep in ("acl", "relcl"):
        head = token.head
        if token.tag == "VB" and parse.tokens[head].dep in ("dobj", "attr"):
            return speaker(parse, parse.tokens[head].head, depth + 1)
        if (
            token.tag == "VBG"
            and parse.tokens[head].dep == "dobj"
            and parse.tokens[parse.tokens[head].head].lemma in ISSUING
        ):
            return speaker(parse, parse.tokens[head].head, depth + 1)
        return head if parse.tokens[head].pos in _NOMINAL else None
    return _inherited(parse, verb, depth)


def _inherited(parse: Parse, verb: int, depth: int) -> int | None:
    """Speaker of a verb without a subject of its own: that of the clause which governs it."""
    token = parse.tokens[verb]
    head = token.head
    if head == verb:
        return _inverted(parse, verb)
    up = parse.tokens[head]
    if token.dep == "conj" or token.dep in ("advcl", "xcomp", "dep", "ccomp", "parataxis"):
        inverted = _inverted(parse, verb) if token.dep in ("parataxis", "ccomp", "dep") else None
        if inverted is not None:
            return inverted
        if token.dep == "xcomp" and child(parse, head, "dobj") is not None and token.tag == "VB":
            return child(parse, head, "dobj")
        if token.dep == "ccomp" and token.tag != "VBG":
            return None
        if up.pos in ("VERB", "AUX"):
            found = child(parse, head, "nsubjpass") if token.dep != "conj" else None
            return found if found is not None else speaker(parse, head, depth + 1)
        if up.pos == "ADJ" and up.dep in ("acomp", "oprd") and up.head != head:
            return speaker(parse, up.head, depth + 1)
    if token.dep in ("pcomp", "pobj") and up.dep == "prep":
        above = up.head
        if parse.tokens[above].pos in ("VERB", "AUX"):
            found = child(parse, above, "nsubjpass")
            return found if found is not None else speaker(parse, above, depth + 1)
    return None


def _inverted(parse: Parse, verb: int) -> int | None:
    """A name right behind the verb that the parser took for its object: "said Karim"."""
    tokens = parse.tokens
    thing = child(parse, verb, "dobj", "attr", "npadvmod", "oprd")
    if thing is None or tokens[thing].left != verb + 1 or tokens[thing].pos not in ("PROPN", "NOUN"):
        return None
    before = tokens[verb - 1].text if verb else ""
    marks = "\"”’'»," if tokens[thing].pos == "PROPN" else "\"”’'»"
    return thing if before and before[-1] in marks else None


def antecedent(parse: Parse, verb: int) -> int | None:
    """Head noun that the relative clause of *verb* describes."""
    for index in (verb, *parse.ancestors(verb)):
        if parse.tokens[index].dep in ("relcl", "acl"):
            head = parse.tokens[index].head
            return head if parse.tokens[head].pos in _NOMINAL else None
        if parse.tokens[index].dep not in ("conj", "ccomp", "xcomp", "advcl"):
            return None
    return None


def phrase(parse: Parse, head: int, barred: Range | None = None) -> Range:
    """First and last token of the noun phrase of *head* with appositions and relative clauses.

    Tokens of *barred* (the cue) and what lies beyond them are left out, and so are edge punctuation, words
    that lead in ("but", "even as") and a verb's other phrases that the parser hung on the noun.
    """
    tokens = parse.tokens
    first, last = tokens[head].left, tokens[head].right
    if barred is not None:
        if barred[0] > head:
            last = min(last, _before_clause(parse, head, barred[0]))
        elif barred[1] < head:
            first = max(first, barred[1] + 1)
    if first < head and is_hearer(parse, first):
        first += 1
    last = _before_day(parse, head, last)
    if last > head and tokens[last].tag == "POS":
        last -= 1
    while first < head and (tokens[first].dep in ("cc", "punct", "preconj", "mark") or tokens[first].text in _EDGE):
        first += 1
    while last > head and tokens[last].dep == "punct" and tokens[last].text not in (")", "]", "”", '"', "’", "''"):
        last -= 1
    if last > head and is_relative(parse, last):
        last -= 1
        while last > head and tokens[last].dep == "punct":
            last -= 1
    if last > head and tokens[last].text in ("”", '"', "''") and _opens_none(parse, first, last):
        last -= 1
    return first, last


def is_hearer(parse: Parse, index: int) -> bool:
    """Whether a noun right behind "told" is who is told, which the parser joined to a name ("told police Karim")."""
    token = parse.tokens[index]
    joined = token.dep in ("compound", "nmod") and parse.tokens[token.head].pos == "PROPN" and token.text.islower()
    if not joined or index == 0 or parse.tokens[index - 1].lemma not in TELLING:
        return False
    return token.tag == "NNS" or token.lemma == "police"


def _before_day(parse: Parse, head: int, last: int) -> int:
    """Last token of the phrase without a day at its end: "the envoy on Monday (said)"."""
    tokens = parse.tokens
    first = last
    while first > head and tokens[first].entity in ("DATE", "TIME"):
        first -= 1
    if first == last or first <= head:
        return last
    if tokens[first].lower in ("on", "late", "early", "earlier"):
        first -= 1
    return max(first, head) if tokens[first + 1].dep != "appos" else last


def _before_clause(parse: Parse, head: int, cue: int) -> int:
    """Last token before the cue, or before the relative clause of the phrase that the cue stands in."""
    for index in (cue, *parse.ancestors(cue)):
        token = parse.tokens[index]
        if token.head == head and token.dep in ("relcl", "acl") and index > head:
            return max(head, token.left - 1)
    return cue - 1


def _opens_none(parse: Parse, first: int, last: int) -> bool:
    return not any(parse.tokens[i].text in ("“", '"', "''", "``") for i in range(first, last))


def trimmed(parse: Parse, first: int, last: int) -> Range | None:
    """The range without commas, dashes and full stops at its edges; None when nothing is left."""
    tokens = parse.tokens
    while first <= last and (tokens[first].text in _EDGE or tokens[first].text in ".?!…" or tokens[first].text == "--"):
        first += 1
    while last >= first and (tokens[last].text in _EDGE or tokens[last].text in (".", "--")):
        last -= 1
    return (first, last) if first <= last else None


def span_of(parse: Parse, part: Range) -> Span:
    """Code points of a token range."""
    return parse.span(part[0], part[1])


def has_verb(parse: Parse, span: Span) -> bool:
    """Whether a finite verb or an auxiliary stands in *span*."""
    return any(parse.tokens[i].tag in ("VBD", "VBP", "VBZ", "MD", "VB") for i in parse.tokens_in(span))


def is_subject(parse: Parse, head: int) -> bool:
    """Whether the token is the subject of its verb."""
    return parse.tokens[head].dep in ("nsubj", "nsubjpass")
