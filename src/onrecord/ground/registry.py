"""The registry of actors as grounding asks it: names in a parse, offices on a day, codes of an entity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from onrecord.ground.inside_names import TITLES, called_after, inside_longer_name
from onrecord.ground.offices import OF_TEMPLATE, SECTOR_OF, Offices, office_of
from onrecord.lexicon.actor_names import fillings
from onrecord.lexicon.actors import ActorTables, Entity, SectorWord, fold
from onrecord.model import Parse, Place, Token
from onrecord.text.folding import fold_loosely

_LONGEST = 7  # words of a name
_GROUPS = frozenset({"group", "party", "movement", "coalition", "paramilitary", "gang", "igo", "ngo", "mission"})

_OUT_OF_OFFICE = frozenset({"OPP", "ELI"})
"""Sectors that nobody has while in a state's office."""


_HELD = frozenset({"GOV", "LEG", "JUD"})
"""Sectors that one has by an office alone, and leaves with it."""


class Registry:
    """Answers about actors from the tables; holds indexes only, and is safe to share."""

    def __init__(self, tables: ActorTables) -> None:
        self.tables = tables
        self._first: dict[str, int] = {}
        for name in tables.names.names:
            words = name.split()
            if words:
                self._first[words[0]] = max(self._first.get(words[0], 0), len(words))
        for name in tables.names.acronyms:
            if "-" in name:  # "AFL-CIO" is read as three words
                words = fold(name).split()
                self._first[words[0]] = max(self._first.get(words[0], 0), len(words))
        self._acronyms = frozenset(tables.names.acronyms)
        self._pattern_first = frozenset(
            fold(word).split()[0]
            for state in tables.states.values()
            for words in fillings(state).values()
            for word in words
            if fold(word)
        )
        self._loose: dict[str, tuple[str, ...]] | None = None
        self.offices = Offices(tables)
        self.sector_word_at = lru_cache(maxsize=4096)(self._sector_word)

    # -- names ---------------------------------------------------------------------------------

    def matches(self, parse: Parse) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Token ranges [first, last] that a name of the registry covers, with the ids so named.

        The longest at each place, from left to right, none overlapping.
        """
        i = 0
        while i < len(parse.tokens):
            found = self._match_at(parse, i)
            if found is None:
                i += 1
                continue
            yield found
            i = found[1] + 1

    def _match_at(self, parse: Parse, i: int) -> tuple[int, int, tuple[str, ...]] | None:
        token = parse.tokens[i]
        if token.pos == "PUNCT" or not token.text[0].isalnum():
            return None
        word = fold(token.text)
        first = word.split()[0] if word else ""
        named = first in self._first or token.text in self._acronyms
        patterned = first in self._pattern_first and token.text[0].isupper()
        if not named and not patterned:
            return None
        sentence_end = parse.sentences[token.sentence][1]
        limit = _LONGEST if patterned else max(self._first.get(first, 1) * 2, 1)
        for last in range(min(i + limit, sentence_end) - 1, i - 1, -1):
            end = parse.tokens[last]
            if end.pos in {"PUNCT", "ADP", "DET", "CCONJ", "PART"} or (last > i and not end.text[0].isalnum()):
                continue
            text = parse.text[token.start : end.end]
            if "\n" in text:
                continue
            ids = self.tables.names.find(text) if named else ()
            if not ids and patterned and last > i:
                ids = self.tables.patterns.find(text)
            if ids and _written_as_name(parse, i, last):
                return i, last, ids
        return None

    def choose(
        self, ids: Sequence[str], day: str | None, parse: Parse, first: int, last: int, place: Place | None
    ) -> Entity | None:
        """The one entity of *ids* that the words mean on *day*; None where none or several fit.

        A longer name inside which the words stand wins over them; a place that grounding put
        elsewhere is not the state of that name.
        """
        entities = [e for e in (self.tables.entity(i) for i in ids) if e is not None]
        if day is not None:
            serving = [e for e in entities if e.kind == "person" or e.serves(day)]
            entities = serving or [e for e in entities if e.kind in _GROUPS]
        if inside_longer_name(parse, first, last):
            entities = [e for e in entities if e.kind == "state"]
        if called_after(parse, last):
            entities = [e for e in entities if e.kind != "person"]
        if place is not None and place.precision not in {None, "country"}:
            entities = [e for e in entities if e.kind != "state"]
        if entities and all(e.kind == "person" for e in entities):
            titled = self._titled(entities, day, parse, first, last)
            if titled is not None:
                return titled
        if len(entities) > 1:
            people = [e for e in entities if e.kind == "person"]
            if len(people) == len(entities):
                entities = self._of_people(people, day, parse.text)
            else:
                states = [e for e in entities if e.kind == "state"]
                entities = states[:1] or [e for e in entities if e.kind != "person"][:1]
        return self.tables.as_of(entities[0], day) if len(entities) == 1 else None

    def _titled(self, people: Sequence[Entity], day: str | None, parse: Parse, first: int, last: int) -> Entity | None:
        """Who of that surname holds the office before it on *day*, where none of *people* does: "President Bush"."""
        head = first - 1 if first else 0
        if self.tables.sector_word(parse.tokens[first].lower) is not None and last > first:
            head = first
        word = self.sector_word(parse, head) if head != last else None
        if word is None or not word.office or last - max(first, head + 1) > 0 or day is None:
            return None
        holder = self.offices.titled(parse.tokens[last].text, word.office, day)
        serves = any(t.covers(day) for e in people for t in self.tables.terms_of(e.id) if t.office == word.office)
        return holder if holder is not None and not serves else None

    def loosely(self, name: str, day: str | None) -> Entity | None:
        """The group or person whose name is spelled a little differently; None unless exactly one is."""
        name = _without_titles(name)
        if " " not in name and "-" not in name:
            return None
        if self._loose is None:
            loose: dict[str, dict[str, None]] = {}
            for entity in self.tables.entities.values():
                if entity.kind == "person" or entity.kind in _GROUPS:
                    for alias in (entity.name, *entity.aliases):
                        if " " in alias:
                            loose.setdefault(fold_loosely(alias), {})[entity.id] = None
            self._loose = {key: tuple(ids) for key, ids in loose.items()}
        keys = (fold_loosely(name), fold_loosely(_without_initial(name)))
        ids = next((self._loose[key] for key in keys if key in self._loose), ())
        found = [e for i in ids if (e := self.tables.entity(i))]
        if day is not None and len(found) > 1:
            found = [e for e in found if e.serves(day)]
        return self.tables.as_of(found[0], day) if len(found) == 1 else None

    def _of_people(self, people: list[Entity], day: str | None, text: str) -> list[Entity]:
        """Those whose full name the report gives, else those in office on the day."""
        full = [e for e in people if any(n in text for n in (e.name, *e.aliases) if " " in n)]
        if full:
            return full
        if day is None:
            return people
        return [e for e in people if any(t.covers(day) for t in self.tables.terms_of(e.id))] or people

    # -- words ---------------------------------------------------------------------------------

    def sector_word(self, parse: Parse, index: int) -> SectorWord | None:
        """The sector word whose head noun is token *index*, compounds first; None when it names no actor."""
        token = parse.tokens[index]
        if token.pos not in {"NOUN", "PROPN"}:
            return None
        before = []
        for i in range(index - 1, max(-1, index - 4), -1):
            word = parse.tokens[i]
            if word.tag == "POS" and word.sentence == token.sentence:
                continue  # "the campaign's staff"
            if word.sentence != token.sentence or (word.pos not in {"NOUN", "PROPN", "ADJ"} and word.text != "-"):
                break
            before.append(word.lower)
        lemma = _singular(token.lower) if token.tag in {"NNP", "NNPS"} else token.lemma
        return self.sector_word_at(lemma, token.lower, tuple(reversed(before)))

    def _sector_word(self, lemma: str, lower: str, before: tuple[str, ...]) -> SectorWord | None:
        for start in range(len(before)):
            for head in dict.fromkeys((lemma, lower)):
                phrase = " ".join((*before[start:], head)).replace(" - ", "-")
                found = self.tables.sector_word(phrase)
                if found is not None:
                    return found
        return self.tables.sector_word(lemma) or self.tables.sector_word(lower)

    def demonym(self, word: str) -> str | None:
        """Id of the state that *word* ("Syrian", "Chechens") points at; None for none or for several."""
        found = self.tables.demonyms(word)
        states = dict.fromkeys(d.state for d in found if d.state)
        return next(iter(states)) if states else None

    # -- entities ------------------------------------------------------------------------------

    def state(self, iso3: str) -> Entity | None:
        """The state with that code."""
        return self.tables.entity(iso3) if iso3 in self.tables.states else None

    def is_capital(self, iso3: str, word: str) -> bool:
        """Whether *word* names the capital of the state."""
        return iso3 in self.tables.capital_of(word)

    def codes(self, entity: Entity, day: str | None) -> tuple[str | None, tuple[str, ...], str | None]:
        """Country, sectors and group of an entity on *day*; a person's come from the office held then, or
        held last where there is no *day*."""
        if entity.kind != "person":
            sectors = () if entity.kind == "state" else self.tables.as_of(entity, day).sectors
            group = entity.id if entity.kind in _GROUPS else None
            return entity.country or (entity.id if entity.kind == "state" else None), sectors, group
        if self.offices.has_left(entity, day):
            return entity.country, tuple(dict.fromkeys(("ELI", *(s for s in entity.sectors if s not in _HELD)))), None
        terms = self.tables.terms_of(entity.id)
        # Without a day the last office tells more than what a person once was by trade.
        held_then = (
            sorted(terms, key=lambda t: t.start or "")[-1:] if day is None else [t for t in terms if t.covers(day)]
        )
        for term in held_then:
            body = self.tables.entity(term.country)
            body = None if body is None else self.tables.as_of(body, day)
            sector = SECTOR_OF.get(term.office)
            if body is not None and body.kind == "state":
                others = {SECTOR_OF.get(t.office, "GOV") for t in held_then}
                apart = _HELD - others if sector in _HELD else frozenset()
                held = (s for s in entity.sectors if s not in _OUT_OF_OFFICE | apart)
                own = entity.sectors if term.office == "candidate" else (sector or "GOV", *held)
                return body.id, tuple(dict.fromkeys(own)), None
            if body is not None:
                own = (sector,) if sector and body.kind not in _GROUPS else ()
                return (
                    body.country or entity.country,
                    tuple(dict.fromkeys((*own, *(body.sectors or entity.sectors)))),
                    body.id,
                )
        group = next((t.whole for t in self.ties(entity.id, day) if t.relation in {"leads", "belongs_to"}), None)
        # Whose terms all begin later held none of those offices yet.
        later = {SECTOR_OF.get(t.office, "GOV") for t in terms if day is not None and t.start and t.start > day}
        early = _HELD & later if later and all(t.start and t.start > (day or "") for t in terms) else frozenset()
        # Who holds none of the offices that are known governs no more, or not yet; chambers are known less well.
        idle = day is not None and any(t.office != "candidate" for t in terms) and not held_then
        gone = early | {"GOV"} if idle else early
        return entity.country, tuple(s for s in entity.sectors if s not in gone), group

    def ties(self, entity_id: str, day: str | None) -> list:  # type: ignore[type-arg]
        """Memberships in which the entity is the member, those that hold on *day* (all without one)."""
        found = [t for t in self.tables.ties(entity_id) if t.member == entity_id]
        if day is None:
            return found
        return [
            t
            for t in found
            if (not t.start or t.start <= day) and (not t.end or t.end[: len(day)] >= day[: len(t.end)])
        ]

    def belongs(self, person: str, group: str) -> bool:
        """Whether the registry has *person* in *group* at any time."""
        tied = any(t.whole == group for t in self.tables.ties(person) if t.member == person)
        return tied or any(t.country == group for t in self.tables.terms_of(person))

    def office_holder(
        self, country: str, word: SectorWord, day: str | None, *, acting: bool | None = None, at: str = ""
    ) -> Entity | None:
        """Who held the office that *word* names in *country* on *day*; None unless exactly one is known.

        *at* names the part of the country whose office it is ("the premier of Quebec").
        """
        office = office_of(word, country)
        if acting is None and office:
            acting = word.lemma.startswith(("acting ", "interim ", "caretaker "))
        return self.offices.holder(country, office, day, word.lemma, acting, at) if office else None

    def incumbent(self, institution: Entity, day: str | None, title: str) -> Entity | None:
        """Who held the office that a template makes (``RUS.fm``) on *day*; None where it is no such office."""
        state, _, key = institution.id.partition(".")
        office = OF_TEMPLATE.get(key)
        if office is None or state not in self.tables.states or self.tables.templates[key].kind != "office":
            return None
        return self.offices.holder(state, office, day, title, acting=False)

    def leader(self, group: str, word: SectorWord, day: str | None) -> Entity | None:
        """Who led *group* on *day* where *word* means its leader; None unless exactly one is known."""
        if word.office not in {
            "leader",
            "head_of_state",
            "head_of_government",
            "secretary_general",
            "commander",
        } and (word.lemma not in {"leader", "head", "chief"}):
            return None
        people: dict[str, None] = {}
        for term in self.tables.holders(group, "leader", day):
            if day is None or term.covers(day):
                people[term.person] = None
        for tie in self.tables.ties(group):
            holds = day is None or ((not tie.start or tie.start <= day) and (not tie.end or tie.end >= day))
            if tie.whole == group and tie.relation == "leads" and holds:
                people[tie.member] = None
        return self.tables.entity(next(iter(people))) if len(people) == 1 else None

    def institution(self, country: str, word: SectorWord) -> Entity | None:
        """The army, police, parliament … of a state."""
        state = self.tables.states.get(country)
        if state is None or not state.adjectives:
            return None
        ids = self.tables.patterns.find(f"{state.adjectives[0]} {word.lemma}")
        mine = [i for i in ids if i.startswith(country + ".")]
        return self.tables.entity(mine[0]) if mine else None


def _without_initial(name: str) -> str:
    """ "John F. Kerry" without the initial between first name and surname."""
    words = name.split()
    if len(words) == 3 and len(words[1]) == 2 and words[1].endswith(".") and words[0][0] != words[0]:
        return f"{words[0]} {words[2]}"
    return name


def _without_titles(name: str) -> str:
    """ "General Abdel Fattah Burhan" without the rank."""
    words = name.split()
    while len(words) > 2 and words[0].lower().rstrip(".") in TITLES:
        del words[0]
    return " ".join(words)


def _written_as_name(parse: Parse, first: int, last: int) -> bool:
    """Whether the words are capitalised as a name is; one word that opens a sentence needs more."""
    tokens = parse.tokens[first : last + 1]
    if any(_capital(t) for t in tokens[1:]):
        return True
    token = tokens[0]
    if not _capital(token):
        return len(tokens) > 1 and not any(t.text.isupper() for t in tokens) and parse.text.islower()
    opens = parse.sentences[token.sentence][0] == first
    if len(tokens) > 1:
        return not opens or token.pos in {"PROPN", "ADJ"}
    return token.pos == "PROPN" or token.entity != "" or token.text.isupper() or (not opens and token.pos != "VERB")


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def _singular(word: str) -> str:
    """The singular of a noun that was taken for a name, which taggers leave as it stands ("policemen", "Rebels")."""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
