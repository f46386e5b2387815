"""Signs that words are a toponym: what stands in, before and after them, and elsewhere in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.ground.toponym_candidates import Candidate
from onrecord.ground.toponym_words import feature_beside, feature_words, given_names, words
from onrecord.model import Parse, Token


@dataclass(slots=True)
class Context:
    """What the whole report says of its capitalised words."""

    lower_words: frozenset[str]
    surnames: frozenset[str]
    seen: Counter[str]
    as_place: Counter[str]
    placed: Counter[str]
    countries: Counter[str]


class Signs:
    """Makes signs; holds word lists, and no state of a report."""

    def __init__(self) -> None:
        self.placing, self.saying, self.titles = words("placing"), words("saying"), words("title")
        self.directions, self.person_like = words("direction"), words("person_like")
        self.taking = words("taking")
        self.institutions = words("institution")
        self.after, self.given = feature_words("after"), given_names()

    def speaks(self, parse: Parse, candidate: Candidate) -> bool:
        """Whether the place acts or speaks as a government would ("Moscow said")."""
        token = parse.tokens[candidate.last]
        if token.dep != "nsubj" or not candidate.matches:
            return False
        return parse.tokens[token.head].lemma in self.saying

    def context(self, parse: Parse, candidates: Iterable[Candidate]) -> Context:
        """The report-wide counts that ``of`` needs."""
        tokens = parse.tokens
        surnames: set[str] = set()
        countries: Counter[str] = Counter()
        for entity in parse.entities:
            if entity.label == "PERSON" and entity.last > entity.first:
                last = entity.last - (tokens[entity.last].lower in {"'s", "’s"})
                surnames.add(tokens[last].lower)
        seen: Counter[str] = Counter()
        as_place: Counter[str] = Counter()
        placed: Counter[str] = Counter()
        for candidate in candidates:
            key = candidate.name.lower()
            seen[key] += 1
            as_place[key] += candidate.label in {"GPE", "LOC"}
            before = tokens[candidate.first - 1].lower if candidate.first else ""
            placed[key] += before in self.placing
            countries.update(self._named_country(candidate))
        lower = frozenset(t.text for t in tokens if t.text.islower())
        return Context(lower, frozenset(surnames), seen, as_place, placed, countries)

    @staticmethod
    def _named_country(c: Candidate) -> tuple[str, ...]:
        """The country that a candidate names beyond doubt: by its name or a demonym, taken for a place."""
        if c.demonym is not None and c.demonym.country is not None:
            return (c.demonym.country,)
        if c.label in {"GPE", "LOC"} and c.matches:
            top = c.matches[0].entry
            if top.code == "PCLI" or (top.code == "ADM1" and c.matches[0].exact):
                return top.countries
        return ()

    def of(self, parse: Parse, c: Candidate, context: Context) -> list[str]:
        """Names of the signs that hold of candidate *c*."""
        tokens = parse.tokens
        first, last = tokens[c.first], tokens[c.last]
        size = c.last - c.first + 1
        before = tokens[c.first - 1] if c.first and tokens[c.first - 1].sentence == first.sentence else None
        after = (
            tokens[c.last + 1] if c.last + 1 < len(tokens) and tokens[c.last + 1].sentence == last.sentence else None
        )
        label = c.label or self._label(tokens, c)
        gaz = _gazetteer_sign(c)
        key = c.name.lower()
        signs = [f"label={label}", f"gaz={gaz}", f"label+gaz={label}+{gaz}", f"size={min(size, 5)}",
                 f"pos={last.pos}", f"dep={last.dep}", f"tag={last.tag}", f"gaz+size={gaz}+{min(size, 3)}"]  # fmt: skip
        signs += self._around(before, after, gaz)
        if before is not None and c.first >= 2 and tokens[c.first - 2].sentence == first.sentence:
            signs.append(f"before2={tokens[c.first - 2].lower}")
        signs.append(f"first_word={first.lower}")
        signs.append(f"last_word={last.lower}")
        if last.head != last.index:
            head = tokens[last.head]
            signs += [f"head={head.lemma}", f"dep+headpos={last.dep}+{head.pos}"]
        if c.feature:
            signs += [f"feature={c.feature}", f"feature+gaz={c.feature}+{gaz}"]
        beside = feature_beside(tokens, c.first, c.last)
        if beside:
            signs.append(f"beside={beside}")
        signs += self._person_signs(tokens, c, context, before, after)
        signs += self._scene_signs(tokens, c, context, gaz)
        if first.text.isupper() and len(first.text) > 2:
            signs.append("upper_case")
            signs.append(f"upper_case+gaz={gaz}")
        if c.first == parse.sentences[first.sentence][0]:
            signs.append("starts_sentence")
            signs.append(f"starts_sentence+label={label}")
        seen = context.seen[key]
        if seen > 1:
            share = context.as_place[key] / seen
            signs.append(f"seen_as_place={round(share * 4)}")
            signs.append(f"gaz+seen_as_place={gaz}+{round(share * 2)}")
        if context.placed[key]:
            signs.append("placed_somewhere")
        if size == 1 and key in context.lower_words:
            signs.append("lower_elsewhere")
        return signs

    def _scene_signs(self, tokens: tuple[Token, ...], c: Candidate, context: Context, gaz: str) -> Iterator[str]:
        """Whether a namesake lies in a country that the report names, and what is done to the words."""
        exact = "exact" if any(m.exact for m in c.matches) else "loose"
        if c.matches and "PCLI" not in gaz:
            home = any(set(m.entry.countries) & context.countries.keys() for m in c.matches)
            size = "long" if c.last > c.first else "short"
            yield f"country_named={home}+{exact}"
            yield f"country_named={home}+{exact}+{size}"
            if home and any(m.entry.country != "USA" for m in c.matches):
                yield f"abroad+{exact}+{size}"
        head = tokens[c.last]
        while head.dep in {"conj", "compound"} and head.head != head.index:
            head = tokens[head.head]
        if head.dep in {"dobj", "nsubjpass", "pobj"} and head.head != head.index:
            above = tokens[head.head]
            if above.dep == "prep" and head.dep == "pobj":
                if above.lower in self.placing:
                    yield "placed_by_tree"
                above = tokens[above.head]
            if above.lemma in self.taking:
                yield f"taken+{head.dep}"
                yield f"taken+{exact if c.matches else 'unknown'}"

    @staticmethod
    def _label(tokens: tuple[Token, ...], c: Candidate) -> str:
        """How the named entities of the parse lie to the candidate, which is not one of them."""
        inside = [t.entity for t in tokens[c.first : c.last + 1]]
        if not any(inside):
            return "none"
        entity = tokens[c.last].entity or next(filter(None, inside))
        number = tokens[c.last].entity_id
        wider = (c.first and number >= 0 and tokens[c.first - 1].entity_id == number) or (
            c.last + 1 < len(tokens) and number >= 0 and tokens[c.last + 1].entity_id == number
        )
        return f"{'in ' if wider else ''}{entity}"

    def _person_signs(
        self,
        tokens: tuple[Token, ...],
        c: Candidate,
        context: Context,
        before: Token | None,
        after: Token | None,
    ) -> Iterator[str]:
        """Signs that the words name a person or stand in a longer name."""
        first, last = tokens[c.first], tokens[c.last]
        if before is not None:
            if before.lower in self.titles:
                yield "after_title"
            if before.lower in self.given:
                yield "after_given_name"
            if before.text[0].isupper() and c.first - 1 != 0:
                yield "capital_before"
                if before.entity == "PERSON":
                    yield "person_before"
        if after is not None and after.text[0].isupper():
            yield "capital_after"
            yield f"capital_after+{self.after.get(after.lower, 'none')}"
            if first.text in self.person_like and c.first == c.last and self._may_be_surname(after):
                yield "person_like+capital_after"
        if first.lower in self.given:
            yield "given_name" if c.first == c.last else "starts_with_given_name"
        if last.lower in context.surnames and c.first == c.last:
            yield "surname_elsewhere"

    def _may_be_surname(self, token: Token) -> bool:
        """Whether a capitalised word after "Paris" may be a surname rather than an institution or a feature."""
        word = token.lower
        return token.pos == "PROPN" and word not in self.after and word not in self.institutions

    def _around(self, before: Token | None, after: Token | None, gaz: str) -> Iterator[str]:
        """The words right before and right after."""
        if before is None:
            yield "before=<s>"
        else:
            yield f"before={before.lower}"
            yield f"before_pos={before.pos}"
            if before.lower in self.placing:
                yield "before_places"
                yield f"before_places+gaz={gaz}"
            elif before.lower in self.directions:
                yield "before_direction"
        if after is None:
            yield "after=</s>"
        else:
            yield f"after={after.lower}"
            yield f"after_pos={after.pos}"


def _gazetteer_sign(c: Candidate) -> str:
    """The most telling thing that the gazetteer says of the name."""
    if c.demonym is not None:
        return f"demonym-{c.demonym.kind}"
    if not c.matches:
        return "none"
    exact = [m for m in c.matches if m.exact]
    best = max(exact or c.matches, key=lambda m: (_RANK.get(m.entry.code, 0), m.main, m.entry.population))
    kind = best.entry.code if best.entry.code in _RANK else best.entry.feature_class
    if kind == "PPL":
        largest = max(m.entry.population for m in exact or c.matches)
        kind = f"PPL{'L' if largest > 300_000 else 'M' if largest > 20_000 else 'S'}"
    return f"{kind}{'' if best.main else '-alias'}{'' if exact else '-loose'}"


_RANK = {"PCLI": 5, "CONT": 5, "ADM1": 4, "PPLC": 4, "RGN": 3, "ADM2": 1, "PPL": 2}
