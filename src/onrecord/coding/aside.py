"""Asides: what stands among the words of an attribution without being told on its source's word.

"The council condemned the raid" tells of a raid that the outlet knows of, "vowed to punish those who had killed him"
of a killing that nobody vowed, "expressed outrage" of the outrage itself.
"""

from __future__ import annotations

from functools import cache

from onrecord.coding.presupposed import Presupposed
from onrecord.coding.untold import Untold
from onrecord.coding.wordless import Wordless
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Actor, Attribution, Layers, Span, Token

_JUDGING = frozenset({"criticises", "praises", "agrees", "refuses"})
"""Kinds of cues whose object is there already: what is condemned or supported is not told by who does so."""

_WILLING = frozenset({"promises", "demands", "orders", "threatens", "asks"})
"""Kinds of cues that speak of what shall be done; what is told beside that is told by the outlet."""

_TELLING = frozenset("reports claims alleges confirms denies accuses admits announces predicts".split())
"""Kinds of cues whose object, with all that describes it, is what the source tells."""

_SAYING = frozenset("say tell add state argue think believe know explain note insist suggest show find".split())
_MEANWHILE = frozenset({"while", "after", "before", "when", "as", "since", "once"})
_QUOTED = frozenset("quote cite hear see record film report tell".split())
_CHARGES = frozenset(
    "criticism accusation allegation charge complaint reproach request petition appeal application motion plea bid "
    "lawsuit suit demand".split()
)
_CHARGING = frozenset({"accuses", "alleges"})
_TALKING = frozenset({"says", "writes", "quotes"})
_TOPIC = frozenset({"on", "about", "over"})
"""Prepositions that end a cue of talking about what has happened ("weighed in on the killing")."""

_ADDRESSING = frozenset(
    "warn urge accuse ask demand condemn denounce threaten criticize criticise reject vow pledge promise praise thank "
    "call blame order".split()
)
_NOMINAL = frozenset({"dobj", "pobj", "prep", "compound", "nmod", "conj", "poss", "amod", "attr", "oprd", "agent"})
_SETTING = frozenset({"after", "since", "during", "following", "amid", "despite", "before"})
_OCCASION = frozenset({"at", "in"})
_OCCASIONS = frozenset({"talk", "summit", "meeting", "conference", "rally", "debate", "hearing", "session", "protest"})
_GIVING_VOICE = frozenset({"express", "voice", "issue", "make", "impose", "launch", "hold", "call", "convene"})
_QUOTES = {"“": 1, "”": -1}
_OPENING = frozenset("“\"‘'«")


@cache
def _mute_things() -> frozenset[str]:
    rows = read_rows(data_folder() / "mute_things.csv", ("lemma", "origin"))
    return frozenset(row["lemma"] for row in rows)


class Asides:
    """Tells which attributions around a word do not tell it; for one report."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.tokens = layers.parse.tokens
        self._untold = Untold(layers)
        self._presupposed = Presupposed(layers)
        self._wordless = Wordless(layers)

    def _mute(self, source: Actor | None) -> bool:
        """Whether a source is a thing that only seems to tell ("recent developments have shown")."""
        if source is None or source.span is None or source.basis == "coreference" or source.via is not None:
            return False
        if source.actor_id or source.country or source.sectors:
            return False
        inside = self.layers.parse.tokens_in(source.span)
        heads = self.layers.parse.heads_in(inside)
        if len(heads) != 1:
            return False
        head = self.tokens[heads[0]]
        return head.pos == "NOUN" and head.lemma in _mute_things()

    def holds(self, index: int, attribution: Attribution) -> bool:
        """Whether the event at token *index* is told beside *attribution*, which holds its words."""
        if attribution.cue is None or self._direct(attribution):
            return False
        if self._mute(attribution.source):
            return True
        cue = self.layers.parse.tokens_in(attribution.cue.span)
        if not cue or self._quoted(index, attribution):
            return False
        if self._passive(attribution, cue) or self._untold.no_cue(attribution, cue):
            return True
        if self._wordless.no_word(attribution, cue):
            return True
        path = self._path(index, cue)
        if path is None:
            if attribution.form == "indirect" and abs(self.tokens[index].sentence - self.tokens[cue[0]].sentence) > 1:
                return True  # words strayed in from further on
            apart = self._above(index, cue) or self._wordless.apart(index, attribution, cue)
            return apart or self._untold.below(index, attribution, cue)
        if self._untold.beside(index, attribution, cue, path) or self._presupposed.by(index, attribution, cue, path):
            return True
        if self._wordless.beside(index, attribution, cue, path):
            return True
        if path[-1].dep == "dep" and path[-1].tag == "VBD" and self.tokens[cue[0]].tag == "VBG":
            return True  # "officers responding to a report shot a man", the participle taken for the verb
        if self._only_joined(path):
            return True
        kind = attribution.cue.kind
        if kind in _TALKING | _TELLING and self._is_content(path, attribution):
            return False
        if kind not in _TELLING and self.tokens[cue[0]].lemma not in _SAYING and self._described(path):
            return True
        if self._identified(path):
            return True
        if kind == "denies" and self._charge(path):
            return True
        if kind in _TALKING and self.tokens[cue[-1]].lower in _TOPIC and self._named(index, path):
            return True
        if kind in _JUDGING:
            return self._named(index, path) or _relative(path) or self._free_relative(path[0])
        if kind in _WILLING:
            return _relative(path) or _whoever(path) or self._free_relative(path[0]) or self._beside(path)
        return len(path) == 1 and path[0].dep == "dobj" and self._given_voice(path[0], attribution)

    def _direct(self, attribution: Attribution) -> bool:
        """Whether the words are the source's own; somebody who is cited within a quotation is not quoted by that."""
        if attribution.form != "direct":
            return False
        outer = None if attribution.parent is None else self.layers.attributions[attribution.parent]
        first = attribution.content[0].start
        opens = self.layers.parse.text[first : first + 1] in _OPENING
        return outer is None or outer.form != "direct" or opens or attribution.continued

    def sources(self, attribution: Attribution) -> tuple[Actor, ...]:
        """The further sources of *attribution*, without those that only describe the first ("Arda, the rebels' one
        friend and their paymaster, said")."""
        first = attribution.source
        if first is None or first.span is None or not attribution.more_sources:
            return attribution.more_sources
        parse = self.layers.parse
        heads = [i for i in parse.tokens_in(first.span) if self.tokens[i].pos == "PROPN"]
        described = {c for i in heads for c in parse.children[i] if self._describes(i, c)}
        if not described:
            return attribution.more_sources
        below = [parse.subtree(c) for c in described]
        return tuple(
            a for a in attribution.more_sources if a.span is None or not any(s.contains(a.span) for s in below)
        )

    def _describes(self, name: int, joined: int) -> bool:
        """Whether what is joined to a name by commas alone has an owner and so describes it."""
        token, children = self.tokens[joined], self.layers.parse.children
        if token.dep != "conj" or token.pos != "NOUN" or any(self.tokens[c].dep == "cc" for c in children[name]):
            return False
        commas = [c for c in children[name] if self.tokens[c].text == ","]
        owned = any(self.tokens[c].dep == "poss" for c in children[joined])
        return owned and len(commas) > 1 and commas[0] < joined < commas[-1]

    def _named(self, index: int, path: list[Token]) -> bool:
        """Whether the event is a noun that the cue's verb, or a preposition behind it, has as its object."""
        return self.tokens[index].pos in {"NOUN", "PROPN"} and all(t.dep in _NOMINAL for t in path)

    @staticmethod
    def _charge(path: list[Token]) -> bool:
        """Whether a charge itself is what somebody turns down ("rebutted the criticism"): it was made."""
        return len(path) == 1 and path[0].dep in {"dobj", "nsubjpass"} and path[0].lemma in _CHARGES

    def _only_joined(self, path: list[Token]) -> bool:
        """Whether an act of speech only seems to be joined to the words reported ("said it was opposed and warned
        them")."""
        if len(path) != 2 or path[0].dep != "conj" or path[1].dep != "ccomp" or path[0].lemma not in _ADDRESSING:
            return False
        if path[1].tag == "VB" and path[0].tag in {"VBD", "VBN"}:  # "said it did not know and pledged to"
            return True
        below = (self.tokens[c].dep for c in self.layers.parse.children[path[0].index])
        outer = self.tokens[path[1].head]
        alone = not any(dep in {"nsubj", "nsubjpass", "aux", "auxpass"} for dep in below)
        return alone and path[0].tag == outer.tag == "VBD" and path[1].lemma not in _ADDRESSING

    def _is_content(self, path: list[Token], attribution: Attribution) -> bool:
        """Whether what the parser took for a relative clause is all that is said ("said in a post on its site that the
        governor had resigned")."""
        clause = next((t for t in path if t.dep == "relcl"), None)
        first = None if clause is None else self.tokens[clause.left]
        if clause is None or first is None or first.lower != "that":
            return False
        cue = attribution.cue.span if attribution.cue is not None else None
        apart = cue is None or not cue.overlaps(self.tokens[clause.head].span)
        whole = first.dep == "mark" or (first.dep == "dobj" and apart)
        return whole and any(p.start == first.start for p in attribution.content)

    def _identified(self, path: list[Token]) -> bool:
        """Whether a relative clause behind a comma tells who somebody named is ("denied seeing Ana Lira, who was shot
        in May"): that is the reporter's own knowledge."""
        for n, token in enumerate(path[:-1]):
            if token.dep != "relcl":
                continue
            noun = path[n + 1]
            comma = token.left > 0 and self.tokens[token.left - 1].text == ","
            if comma and noun.pos == "PROPN" and self.tokens[token.left].lower in {"who", "whose", "whom"}:
                return True
        return False

    def _described(self, path: list[Token]) -> bool:
        """Whether a relative clause or a participle only says who or what the cue's object is ("sentenced the man who
        shot them", "hoped the meeting, requested by the senate, would")."""
        at = next((n for n, t in enumerate(path) if t.dep == "relcl" or (t.dep == "acl" and t.tag == "VBN")), None)
        if at is None or at + 1 >= len(path):
            return False
        return all(t.dep in _NOMINAL for t in path[at + 1 :])

    def _given_voice(self, token: Token, attribution: Attribution) -> bool:
        """ "Expressed outrage", "called a meeting": the noun is what the source does, not what it tells."""
        verb = self.tokens[token.head]
        below = self.layers.parse.children[verb.index]
        alone = not any(self.tokens[c].dep in {"oprd", "xcomp", "ccomp"} for c in below)
        return verb.lemma in _GIVING_VOICE and token.pos == "NOUN" and alone and attribution.source is not None

    def _beside(self, path: list[Token]) -> bool:
        """Whether the words give the setting of what is promised or demanded ("pledged at the talks to …")."""
        noun = path[0]
        for token in path:
            if token.dep == "advcl" and any(
                self.tokens[c].dep in {"mark", "advmod"} and self.tokens[c].lower in _MEANWHILE
                for c in self.layers.parse.children[token.index]
            ):
                return True
            if token.dep == "prep" and token.lower in _SETTING:
                return True
            if token.dep == "prep" and token.lower in _OCCASION and noun.head == token.index:
                return noun.lemma in _OCCASIONS
        return False

    def of_accused(self, attribution: Attribution) -> bool:
        """Whether the source named is whom an unnamed one accuses ("Man accused of threatening a clerk")."""
        source, told = attribution.source, attribution.cue
        if source is None or source.span is None or told is None:
            return False
        cue = self.layers.parse.tokens_in(told.span)
        if cue and self._wordless.of_nobody(attribution, cue):
            return True
        if told.kind not in _CHARGING or not cue or self.tokens[cue[-1]].lower not in {"of", "with"}:
            return False
        below = [c for i in cue for c in self.layers.parse.children[i]]
        if any(self.tokens[c].dep in {"dobj", "agent"} for c in below):
            return False
        named = self.layers.parse.tokens_in(source.span)
        verb = next((i for i in cue if self.tokens[i].pos == "VERB"), None)
        accused = [c for c in below if self.tokens[c].dep in {"nsubj", "nsubjpass"}]
        return verb is not None and (self.tokens[verb].head in named or any(c in named for c in accused))

    def _passive(self, attribution: Attribution, cue: range) -> bool:
        """Whether the source named is only of whom a passive cue speaks ("the visitors expected to arrive")."""
        source = attribution.source
        if source is None or source.span is None:
            return False
        verb = self.tokens[cue[-1]]
        own = self.layers.parse.tokens_in(source.span)
        if verb.tag == "VBN" and verb.dep == "acl":
            spoken_of = verb.head in own
        elif verb.tag in {"VBN", "VBD"} and verb.dep in {"pcomp", "pobj"}:  # "with the ministers expected to arrive"
            spoken_of = self.tokens[verb.head].lower == "with" and verb.head < own.start
        elif verb.tag == "VBN" and verb.lemma not in _QUOTED:
            below = [self.tokens[c] for c in self.layers.parse.children[verb.index]]
            spoken_of = any(t.dep == "nsubjpass" and t.index in own for t in below)
        else:
            return False
        return spoken_of and not any(self.tokens[c].dep == "agent" for c in self.layers.parse.children[verb.index])

    def _above(self, index: int, cue: range) -> bool:
        """Whether the cue only stands in a clause about the time, ground or person of the event ("while a judge found
        it unlawful, the order was upheld")."""
        below = self.tokens[cue[-1]]
        for i in self.layers.parse.ancestors(cue[-1]):
            if i == index:
                marks = {self.tokens[c].lower for c in self.layers.parse.children[below.index]}
                return below.dep == "advcl" and bool(marks & (_MEANWHILE | {"although", "though", "because"}) - {"as"})
            below = self.tokens[i]
        return False

    def _free_relative(self, token: Token) -> bool:
        """ "What it called a breach": a finite clause behind "what" that is an object itself."""
        if token.tag not in {"VBD", "VBZ", "VBP"} or token.dep not in {"ccomp", "pcomp"}:
            return False
        return any(self.tokens[c].lower == "what" for c in self.layers.parse.children[token.index])

    def _path(self, index: int, cue: range) -> list[Token] | None:
        """The words from the event up to the cue, without the cue; None where the cue does not govern it."""
        path = [self.tokens[index]]
        for i in self.layers.parse.ancestors(index):
            if i in cue:
                return path
            path.append(self.tokens[i])
        return None

    def _quoted(self, index: int, attribution: Attribution) -> bool:
        """Whether the word stands within quotation marks inside the attribution's content."""
        at = self.tokens[index].start
        piece = next((p for p in attribution.content if p.start <= at < p.end), None)
        if piece is None:
            return False
        before = Span(piece.start, at).of(self.layers.parse.text)
        return sum(_QUOTES.get(c, 0) for c in before) > 0 or before.count('"') % 2 == 1


def _whoever(path: list[Token]) -> bool:
    """ "Urged those calling for it to wait"."""
    pairs = zip(path, path[1:], strict=False)
    return any(t.dep == "acl" and t.tag == "VBG" and up.lower in {"those", "anyone", "everyone"} for t, up in pairs)


def _relative(path: list[Token]) -> bool:
    """Whether a relative clause, or a participle said of a noun, lies between the event and the cue."""
    return any(t.dep == "relcl" or (t.dep == "acl" and t.tag in {"VBN", "VBD"}) for t in path)
