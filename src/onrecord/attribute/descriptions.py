"""Descriptions: who "the former minister", "the group" and "the HTS leader" are."""

from __future__ import annotations

from onrecord.attribute.announcements import named_ahead
from onrecord.attribute.bodies import find_body, speaks_as_body
from onrecord.attribute.bodies_together import find_bodies
from onrecord.attribute.body_kinds import is_bare, is_no_place, possessor, takes_article
from onrecord.attribute.campaigns import CAMPAIGNS, find_campaign
from onrecord.attribute.clauses import child
from onrecord.attribute.fitting import is_epithet, owner_names
from onrecord.attribute.headings import heading_end
from onrecord.attribute.holders import find_holder
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.reading import One, Reading, start, tie
from onrecord.attribute.several import find_several
from onrecord.lexicon.speakers import load_person_words

_NO_LABEL = frozenset(("conj", "nsubj", "nsubjpass", "dobj", "pobj"))  # roles that an apposition does not have
_NAMING = frozenset(("name", "call", "identify", "introduce", "know"))
_EITHER = frozenset(("monitor", "watchdog", "observer", "broadcaster", "publisher", "carrier"))  # person or body
_ACTS = ("nsubj", "nsubjpass", "pobj", "dobj")
_HEADING = 2  # sentences at the start that may be headings
_ANYBODY = frozenset(("person", "source", "individual"))
_OPENING = 15  # words of a description that opens a sentence
_AHEAD = 4  # sentences in which a relative may be named
_OWNERS = frozenset("my your his her our their its".split())


def resolve_noun(reading: Reading, mention: Mention) -> float | None:
    """Ties a description to the name or fuller description it stands for; None when it starts its own."""
    beside = _in_apposition(reading, mention)
    if beside is not None:
        tie(reading, mention, beside, 1.0)
        named = any(m.head < mention.head and m.kind == "name" for m in beside.mentions)
        spoken = mention.head in reading.speakers and any(m.head < mention.head for m in beside.mentions)
        opens = is_held(reading, mention) and _opened_by(reading, mention) is beside
        return 1.0 if named or spoken or opens else None
    if not _is_label(reading, mention) and (mention.definite or is_announced(reading, mention)):
        found = _meant(reading, mention) if mention.definite else _announced(reading, mention)
        if found is not None:
            return tie(reading, mention, *found)
    start(reading, mention)
    return None


def choice_of(reading: Reading, mention: Mention) -> str | None:
    """Whether a description poses the choice of a "holder" or of a "body"; None where rules or nothing ties it."""
    if mention.plural or _is_label(reading, mention) or _in_apposition(reading, mention) is not None:
        return None
    if not (mention.definite or is_announced(reading, mention)):
        return None
    lemma = reading.parse.tokens[mention.head].lemma
    if mention.definite and lemma in _ANYBODY and is_bare(mention):
        return None
    if is_held(reading, mention):
        return "holder" if not (lemma in _EITHER and takes_article(reading, mention)) else "body"
    if mention.sort == "person" or (mention.definite and lemma in CAMPAIGNS):
        return None
    return "body"


def is_held(reading: Reading, mention: Mention) -> bool:
    """Whether a definite description is of one person, by office or trade and not by kin."""
    person = not mention.plural and (mention.sort == "person" or is_epithet(reading, mention))
    return person and not _is_kin(reading, mention)


def is_announced(reading: Reading, mention: Mention) -> bool:
    """Whether "a federal judge", "one lawmaker", "top aide" or "a climate group" says something before it is named."""
    if mention.definite or mention.plural or not (mention.sort == "body" or is_held(reading, mention)):
        return False
    return mention.head in reading.speakers or _is_heading(reading, mention)


def _is_heading(reading: Reading, mention: Mention) -> bool:
    """Whether an office stands without an article in the first lines, as in "Fed governor champions low rates"."""
    tokens = reading.parse.tokens
    bare = tokens[mention.first].tag not in ("DT", "CD", "PRP$") and tokens[mention.head].dep in _ACTS
    named = bool(mention.offices) or tokens[mention.head].lemma in load_person_words()
    return bare and named and (tokens[mention.head].sentence < _HEADING or mention.head < heading_end(reading.parse))


def _announced(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """Whom or what an indefinite description that says something stands for, mostly named soon behind it."""
    if is_held(reading, mention):
        return find_holder(reading, mention)
    return find_body(reading, mention) or named_ahead(reading, mention)


def _in_apposition(reading: Reading, mention: Mention) -> One | None:
    """The one named right beside a description: "the mayor, Karim Saleh", "a man named Karim", "Karim, an engineer"."""
    parse, token = reading.parse, reading.parse.tokens[mention.head]
    for c in (*parse.children[mention.head], *_introducing(reading, mention)):
        named = c if parse.tokens[c].dep == "appos" else None
        if parse.tokens[c].lemma in _NAMING and (parse.tokens[c].dep == "acl" or c == token.head):
            named = _name_given(reading, c)
        if named is None or named not in reading.of or mention.plural or _is_before_colon(reading, mention):
            continue
        sort, person = reading.of[named].sort, mention.sort == "person"
        kin = "relative" in mention.offices and len(reading.of[named].fullest.name) == 1
        told = kin or parse.tokens[c].dep != "appos"  # "the inspector, Surat," is not called Surat
        unknown = told and (sort is None or reading.of[named].actor_id is None)
        if sort == "person" or (unknown and person) or (not person and _is_called(reading, c, named)):
            reading.of[named].sort = "person" if person else sort
            return reading.of[named]
    opened = _opened_by(reading, mention) if is_held(reading, mention) else None
    if opened is not None:
        return opened
    if token.dep == "appos" and _says_itself(reading, mention):
        return None
    if token.dep != "appos" or token.head not in reading.of:
        return _after_comma(reading, mention) if mention.sort == "person" and not mention.plural else None
    one = reading.of[token.head]
    if mention.sort == "person" and one.sort not in ("person", None):
        return None
    if is_no_place(one, token.lemma, speaks_as_body(reading, one)):
        return None
    if mention.sort == "body" and one.sort == "person":
        return _body_before(reading, mention)
    if mention.plural != one.plural or not (mention.sort != "thing" or _explains(reading, mention, one)):
        return None
    return one


def _is_before_colon(reading: Reading, mention: Mention) -> bool:
    """Whether a description is the label of what follows: "Poll: Karim leads"."""
    return ":" in (t.text for t in reading.parse.tokens[mention.last + 1 : mention.last + 2])


def _opened_by(reading: Reading, mention: Mention) -> One | None:
    """The person whose sentence a description opens: "Once a backer of the law, Karim Saleh has since fought it"."""
    tokens = reading.parse.tokens
    token = tokens[mention.head]
    begin, end = reading.parse.sentences[token.sentence]
    if mention.plural or mention.first - begin > 1 or tokens[mention.first].lower in (*_OWNERS, "the"):
        return None
    for i in range(mention.last + 1, min(end - 1, mention.last + _OPENING)):
        if tokens[i].text != ",":
            continue
        near = tokens[i + 1 : min(i + 4, end)]
        named = next((t for t in near if t.index in reading.of and t.dep == "nsubj"), None)
        one = reading.of[named.index] if named is not None else None
        if named is None or one is None or one.sort != "person" or one.fullest.kind != "name":
            return None
        verb = tokens[named.head]
        own = token.dep in ("nsubj", "nsubjpass") and token.head != verb.index
        return one if verb.dep == "ROOT" and token.left >= begin and not own and token.right < named.index else None
    return None


def _introducing(reading: Reading, mention: Mention) -> tuple[int, ...]:
    """The verb by which somebody says who he is: "a woman who identified herself as", "a man introduced as"."""
    parse, token = reading.parse, reading.parse.tokens[mention.head]
    clauses = [c for c in parse.children[mention.head] if parse.tokens[c].dep == "relcl"]
    for verb in (*clauses, *((token.head,) if token.dep in ("nsubj", "nsubjpass") else ())):
        if parse.tokens[verb].lemma not in ("identify", "introduce", "name"):
            continue
        told = child(parse, verb, "dobj")
        if told is None or parse.tokens[told].lower in ("himself", "herself"):
            return (verb,)
    return ()


def _name_given(reading: Reading, verb: int) -> int | None:
    """The name that a verb of naming gives: "called Karim", "identified as Karim", "as a baker named Karim"."""
    parse = reading.parse
    named = child(parse, verb, "oprd", "dobj", "attr")
    after = [c for c in parse.children[verb] if parse.tokens[c].dep == "prep" and parse.tokens[c].lower == "as"]
    if after:
        named = child(parse, after[0], "pobj")
    if named is None or named in reading.of:
        return named
    inner = (c for c in parse.children[named] if parse.tokens[c].lemma in ("name", "call"))
    return next((n for c in inner if (n := child(parse, c, "oprd", "dobj", "attr")) in reading.of), named)


def _says_itself(reading: Reading, mention: Mention) -> bool:
    """Whether an apposition is the subject of the verb behind it: "In a talk with Karim, the mayor said"."""
    tokens = reading.parse.tokens
    if mention.last + 1 >= len(tokens):
        return False
    over = tokens[tokens[mention.head].head]
    apart = mention.first > over.index and tokens[mention.first - 1].text in (";", "-", "–", "—")
    if mention.head not in reading.speakers and not apart:
        return False
    return tokens[mention.last + 1].tag in ("VBD", "VBZ", "VBP", "MD") and over.dep in ("pobj", "conj", "dobj")


def _is_called(reading: Reading, verb: int, named: int) -> bool:
    """Whether a name is what something is called: "a website called Northern Light"."""
    return reading.parse.tokens[verb].dep == "acl" and reading.of[named].fullest.kind == "name"


def _explains(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether a phrase with an article stands between commas right behind a name: "Karim Saleh, a truck maker,"."""
    if one.sort == "place":
        return False
    tokens = reading.parse.tokens
    opens = tokens[mention.first - 1].text == "," and (
        tokens[mention.first].lower in ("a", "an", "the") or child(reading.parse, mention.head, "poss") is not None
    )
    return opens and any(m.kind == "name" and m.last == mention.first - 2 for m in one.mentions)


def _body_before(reading: Reading, mention: Mention) -> One | None:
    """The body named right before a comma and what it is: "Karim of Northern Light, a website"."""
    if mention.first < 2 or reading.parse.tokens[mention.first - 1].text != ",":
        return None
    one = next((reading.of.get(m.head) for m in reversed(reading.seen) if m.last == mention.first - 2), None)
    return one if one is not None and one.sort == "body" and one.fullest.kind == "name" else None


def _after_comma(reading: Reading, mention: Mention) -> One | None:
    """The person named right before a comma and a title that the parser hung elsewhere."""
    tokens = reading.parse.tokens
    if mention.first < 2 or tokens[mention.first - 1].text != "," or tokens[mention.head].dep in _NO_LABEL:
        return None
    if tokens[mention.first].lower not in ("a", "an", "the"):
        return None
    one = next((reading.of.get(m.head) for m in reversed(reading.seen) if m.last == mention.first - 2), None)
    if one is None or one.sort != "person" or one.fullest.kind != "name":
        return None
    return one if not (mention.gender and one.gender and mention.gender != one.gender) else None


def _meant(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """Whom or what a definite description stands for, with the score of the tie."""
    lemma = reading.parse.tokens[mention.head].lemma
    if mention.plural:
        counted = any(reading.parse.tokens[i].tag == "CD" for i in range(mention.first, mention.head))
        found = _same_head(reading, mention) if mention.sort != "thing" and not counted else None
        return found or find_bodies(reading, mention) or find_several(reading, mention)
    if lemma in _EITHER and takes_article(reading, mention):
        body = find_body(reading, mention)
        if body is not None:
            return body
    if lemma in _ANYBODY and is_bare(mention):
        return _unnamed(reading, mention) or _same_head(reading, mention)
    if is_held(reading, mention):
        return find_holder(reading, mention) or _same_head(reading, mention)
    if mention.sort == "person" or is_epithet(reading, mention):
        return _kin(reading, mention) or _same_head(reading, mention)
    if lemma in CAMPAIGNS:
        return find_campaign(reading, mention) or _same_head(reading, mention)
    found = find_body(reading, mention)
    if found is None and mention.sort != "thing":
        found = _same_head(reading, mention)
    return found


def _unnamed(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The one without a name who was cited last: "a diplomat" for "the person"."""
    tokens = reading.parse.tokens
    for m in reversed(reading.seen):
        if tokens[mention.head].sentence - tokens[m.head].sentence > _AHEAD:
            return None
        new = tokens[m.first].lower in ("a", "an", "one", "another")
        if m.kind == "noun" and new and m.head in reading.speakers and not m.plural and m.head in reading.of:
            return reading.of[m.head], 0.6
    return None


def _kin(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person introduced by the same word, last before or soon after: "his brother Karim" for "his brother"."""
    tokens = reading.parse.tokens
    whose = possessor(reading, mention)
    before: tuple[int, One] | None = None
    soon: tuple[int, One] | None = None
    for one in reading.ones:
        if one.sort != "person" or one.fullest.kind != "name" or not _may_be_kin(reading, mention, one, whose):
            continue
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        if last is not None:
            if tokens[mention.head].lemma in one.words:
                before = max(before or (last, one), (last, one), key=lambda b: b[0])
            continue
        first = one.mentions[0]
        near = tokens[first.head].sentence - tokens[mention.head].sentence <= _AHEAD
        told = any(tokens[mention.head].lemma in m.words for m in one.mentions if m.kind == "name")
        if near and (told or _shares_surname(mention, one, whose)):
            soon = min(soon or (first.head, one), (first.head, one), key=lambda b: b[0])
    if before is not None:
        return before[1], 0.7
    return None if soon is None else (soon[1], 0.5)


def _may_be_kin(reading: Reading, mention: Mention, one: One, whose: One | None) -> bool:
    """Whether gender and the names in somebody's own titles allow him to be this one's brother or spokesman."""
    if mention.gender and one.gender and mention.gender != one.gender:
        return False
    names = owner_names(reading, one)
    own = set() if whose is None else {p for m in whose.mentions for p in m.name}
    if whose is not None and whose.sort == "body" and not own & (names | one.words):
        return False
    of_persons = {p for p in names if "person" in reading.name_parts.get(p, ())}
    return not own or not of_persons or bool(own & of_persons)


def _shares_surname(mention: Mention, one: One, whose: One | None) -> bool:
    """Whether a relative bears the surname of the one whose relative he is, and is of the right gender."""
    if whose is None or whose is one or "relative" not in mention.offices or not mention.gender:
        return False
    surname, theirs = core(one.fullest.name)[-1:], core(whose.fullest.name)[-1:]
    return one.gender == mention.gender and len(core(one.fullest.name)) > 1 and surname == theirs


def _is_kin(reading: Reading, mention: Mention) -> bool:
    """Whether the noun names somebody by another person: "his father", "her spokesman" is not him or her."""
    return _is_owned(reading, mention) or "relative" in mention.offices


def _is_owned(reading: Reading, mention: Mention) -> bool:
    """Whether a pronoun says whose it is: "his campaign" is not just any campaign."""
    return reading.parse.tokens[mention.first].lower in _OWNERS


def _is_label(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is an apposition, predicate or title of something else and no mention of its own."""
    if reading.parse.tokens[mention.head].dep == "appos":
        return not _says_itself(reading, mention)
    return reading.parse.tokens[mention.head].dep in ("attr", "oprd")


def _same_head(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The fuller mention with the same head noun, last taken up, whose modifiers and owner these do not contradict."""
    head = reading.parse.tokens[mention.head]
    own = {w for w in mention.words if w not in (head.lemma, head.lower)}
    whose = possessor(reading, mention) if _is_owned(reading, mention) else None
    best: tuple[int, One] | None = None
    for one in reading.nouns.get(head.lemma, []):
        full = one.mentions[0]
        if full.head >= mention.head or full.plural != mention.plural:
            continue
        if mention.plural and reading.parse.tokens[full.head].tag != head.tag:
            continue
        if whose is not None and possessor(reading, full) is not whose:
            continue
        if not _names_behind(reading, mention) <= _names_behind(reading, full):
            continue
        if own <= full.words and full.last - full.first >= 1:
            last = max(m.head for m in one.mentions if m.head < mention.head)
            best = max(best or (last, one), (last, one), key=lambda b: b[0])
    return None if best is None else (best[1], 0.7)


def _names_behind(reading: Reading, mention: Mention) -> set[str]:
    """Names that a preposition hangs on a noun: "the government in Harma" is not that of Tamra."""
    parse = reading.parse
    preps = [c for c in parse.children[mention.head] if parse.tokens[c].dep == "prep" and c > mention.head]
    return {parse.tokens[c].lower for prep in preps for c in parse.children[prep] if parse.tokens[c].pos == "PROPN"}
