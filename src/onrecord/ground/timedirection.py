"""Which way from publication a clause points: the tense of its verb, plans, deadlines."""

from __future__ import annotations

from onrecord.model import Parse, Span

_FUTURE_AUX = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_MAY = frozenset({"can", "may", "might", "could", "should", "must", "would", "'d"})
_FUTURE_VERBS = frozenset(
    "plan schedule expect set due intend hope aim prepare promise vow threaten want agree decide invite urge "
    "propose ready begin deadline slate".split()
)
_SURE = frozenset("plan schedule expect set due intend hope begin deadline slate ready".split())
_DONE = frozenset(  # "tried to sell it on Friday": what follows was done, or not, in the past
    "manage fail begin start seem have appear try refuse decline continue help happen come go gather meet rush turn "
    "prove cease stop use get".split()
)
_PLANS = frozenset("plan schedule slate expect intend hope aim".split())  # what they tell of lies ahead of them
_TIMETABLE = frozenset(  # "they meet Monday": the present tense of a timetable
    "meet open begin start end close expire resume arrive leave depart visit travel go come return hold vote face host "
    "convene gather play launch move head".split()
)
_AHEAD = frozenset({"until", "till", "through", "by", "payable", "due", "before"})
_NOT_YET = frozenset({"if", "before", "until", "unless", "once"})
_EITHER_WAY = frozenset({"by", "before"})  # "by Friday they had left" lies behind


def direction(parse: Parse, span: Span) -> int:
    """-1 in a past clause, 2 in one that is surely of the future, 1 in one that may be, 0 where neither shows."""
    tokens = parse.tokens_in(span)
    if not tokens:
        return 0
    at = tokens[-1]
    verb = next((i for i in (at, *parse.ancestors(at)) if parse.tokens[i].pos in {"VERB", "AUX"}), None)
    shown = _verb_direction(parse, verb, direct(parse, span)) if verb is not None else 0
    if any(parse.tokens[c].dep == "case" for c in parse.children[at] if c > at):
        return max(shown, 1) if _ahead_of(parse, tokens[0]) and shown >= 0 else -1  # "Wednesday's ruling"
    if shown == 1 and _premodifies(parse, at):
        shown = 0  # "to sell itself under a June agreement"
    before = parse.tokens[tokens[0] - 1].lower if tokens[0] else ""
    if before in _AHEAD and not (shown < 0 and (before in _EITHER_WAY or _had(parse, verb))):
        return 2 if shown > 0 or (shown == 0 and verb is not None) else 1
    return shown


def _ahead_of(parse: Parse, first: int) -> bool:
    """Whether "ahead of" or "before" stands before the token."""
    words = [t.lower for t in parse.tokens[max(0, first - 2) : first]]
    return words == ["ahead", "of"] or words[-1:] == ["before"]


def _had(parse: Parse, verb: int | None) -> bool:
    """Whether the verb is in the past perfect: "until Friday they had denied it"."""
    helpers = [parse.tokens[c] for c in parse.children[verb]] if verb is not None else []
    return any(h.dep == "aux" and h.lemma == "have" and h.tag == "VBD" for h in helpers)


def _premodifies(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    return token.dep in {"compound", "nmod", "amod"} and token.head > at


def direct(parse: Parse, span: Span) -> bool:
    """Whether the words hang on a verb that has a tense, at most by one preposition."""
    tokens = parse.tokens_in(span)
    if not tokens:
        return False
    outside = [i for i in tokens if parse.tokens[i].head not in tokens]
    head = parse.tokens[parse.tokens[outside[-1]].head] if outside else parse.tokens[tokens[-1]]
    if head.pos in {"ADP", "SCONJ"}:
        head = parse.tokens[head.head]
    if head.tag == "VBN" and not any(parse.tokens[c].dep in {"aux", "auxpass"} for c in parse.children[head.index]):
        return False  # "a summit held in April"
    return head.pos in {"VERB", "AUX"}


def _verb_direction(parse: Parse, index: int, hangs: bool) -> int:
    """The direction of a verb; *hangs* says whether the time hangs on it directly."""
    token = parse.tokens[index]
    helpers = [parse.tokens[c] for c in parse.children[index] if parse.tokens[c].dep in {"aux", "auxpass"}]
    if any(h.lower in _FUTURE_AUX for h in helpers) or _not_yet(parse, index):
        return 2
    if any(h.lower == "have" for h in helpers) and any(h.tag == "MD" for h in helpers):
        return -1  # "may have traded on Wednesday"
    if any(h.lower in _MAY for h in helpers):
        return 1
    if token.tag in {"VB", "VBG"} and any(h.lower == "to" for h in helpers):
        return _infinitive(parse, index)
    if token.tag == "VBN" and token.lemma in _SURE and any(h.lemma == "be" and h.tag == "VBD" for h in helpers):
        return 1  # "the summit was scheduled for May"
    if token.tag == "VBD" or any(h.tag == "VBD" for h in helpers):
        return 2 if token.lemma in {"plan", "schedule", "slate"} and not helpers else -1
    if token.tag == "VBN" and any(h.lower == "to" for h in helpers):
        return _infinitive(parse, index)  # "to be completed by Dec. 15"
    if token.tag == "VBN":
        return 1 if any(h.lower == "being" for h in helpers) else _participle(parse, index)
    if token.tag == "VBG" and any(h.lemma == "be" and h.tag in {"VBZ", "VBP"} for h in helpers):
        return 1
    if hangs and token.tag in {"VBZ", "VBP"}:
        return 2 if token.lemma in _PLANS | _TIMETABLE | {"be"} else 0  # "the funeral is on Friday"
    if token.tag == "VBG" and token.dep != "ROOT":
        return _above(parse, index)  # "before announcing it in April"
    return 0


def _not_yet(parse: Parse, index: int) -> bool:
    """Whether the verb tells of what is still to come: "if they register", "until the votes are counted"."""
    around = [parse.tokens[index], *(parse.tokens[c] for c in parse.children[index])]
    present = any(t.tag in {"VBZ", "VBP"} and t.lemma != "have" for t in around if t.pos in {"VERB", "AUX"})
    return present and any(t.lower in _NOT_YET and t.dep in {"mark", "advmod"} for t in around[1:])


def _above(parse: Parse, index: int) -> int:
    """The direction of the verb that governs one without a tense of its own."""
    above = next((i for i in parse.ancestors(index) if parse.tokens[i].pos in {"VERB", "AUX"}), None)
    return _verb_direction(parse, above, False) if above is not None else 0


def _participle(parse: Parse, index: int) -> int:
    """ "a vote scheduled for Friday" lies ahead, though perhaps not of what is told to have come of it."""
    token = parse.tokens[index]
    helped = any(parse.tokens[c].dep in {"aux", "auxpass"} for c in parse.children[index])
    if not helped and token.dep in {"ccomp", "xcomp", "oprd"}:
        return _above(parse, index)  # "they will make their voice known on Tuesday"
    if token.lemma not in {"schedule", "expect", "plan", "slate"}:
        return -1
    verb = next((i for i in parse.ancestors(index) if parse.tokens[i].pos == "VERB"), None)
    told = token.dep == "acl" and verb is not None and parse.tokens[verb].tag == "VBN"
    return 1 if told and verb is not None and _past_helper(parse, verb) else 2


def _past_helper(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].tag == "VBD" and parse.tokens[c].dep in {"aux", "auxpass"} for c in parse.children[verb])


def _infinitive(parse: Parse, index: int) -> int:
    """ "to resume on Monday" lies ahead unless its verb is one of managing or failing in the past."""
    head = parse.tokens[parse.tokens[index].head]
    if head.lower in {"first", "last", "latest", "only"}:  # "became the first to join"
        above = next((i for i in parse.ancestors(head.index) if parse.tokens[i].pos == "VERB"), None)
        return -1 if above is not None and parse.tokens[above].tag == "VBD" else 1
    if head.lower == "due" and _had_been(parse, head.index):
        return 1  # "it had been due to expire"
    if head.lemma in _FUTURE_VERBS or (head.lemma == "be" and head.tag in {"VBZ", "VBP"}):
        return 2 if head.lemma in _SURE or head.tag != "VBD" else 1  # "agreed to meet Friday" may tell of the agreeing
    if head.pos in {"NOUN", "ADJ"}:
        return 1
    return -1 if head.tag in {"VBD", "VBN"} and head.lemma in _DONE else 1


def _had_been(parse: Parse, index: int) -> bool:
    """Whether the state of "due" is itself told as over."""
    verb = parse.tokens[parse.tokens[index].head]
    return verb.lemma == "be" and any(
        parse.tokens[c].lemma == "have" and parse.tokens[c].tag == "VBD" for c in parse.children[verb.index]
    )
