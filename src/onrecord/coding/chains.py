"""Chains: who stands behind a claim, from the outlet down to the innermost source."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.aside import Asides
from onrecord.coding.voices import is_voice
from onrecord.model import Actor, Attribution, Layers, Link, Modality, Span

_AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Standing:
    """One way in which a claim stands in its report: the attributions around it, outermost first.

    ``indices`` point into ``Layers.attributions``; empty where the report itself asserts the claim.
    """

    indices: tuple[int, ...]

    def innermost(self, layers: Layers) -> Attribution | None:
        return layers.attributions[self.indices[-1]] if self.indices else None


class Chains:
    """Finds the attributions around a span of one report, and writes them as links."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._asides = Asides(layers)
        self._head = self._outer_links()

    def _outer_links(self) -> tuple[Link, ...]:
        links = [Link(role="outlet", name=self.layers.report.outlet)]
        seen: set[str] = set()
        for credit in self.layers.credits:
            name = credit.name or credit.text
            if credit.kind == _AGENCY and name.casefold() not in seen and name != self.layers.report.outlet:
                seen.add(name.casefold())
                links.append(Link(role="agency", name=name, text=credit.text, span=credit.span))
        return tuple(links)

    def around(self, span: Span) -> tuple[Attribution, ...]:
        """All attributions whose content holds *span* and whose cue is not in it."""
        return tuple(a for a in self.layers.attributions if a.holds(span) and not _is_cue(a, span))

    def standings(self, span: Span) -> tuple[Standing, ...]:
        """The ways in which the words at *span* are told, one for each innermost attribution around them.

        Two attributions that both hold the words without one holding the other are siblings, each with a
        chain of its own. Outside all attributions there is one, empty, standing.
        """
        found = self.layers.attributions
        holding = [i for i, a in enumerate(found) if a.holds(span) and not _is_cue(a, span)]
        if holding and (index := self.layers.parse.token_at(span.start)) is not None:
            holding = [i for i in holding if not self._asides.holds(index, found[i])]
        if not holding:
            return (Standing(()),)
        above = {i: self._upper(i, holding) for i in holding}
        inner = [i for i in holding if i not in above.values()]
        standings: list[Standing] = []
        for leaf in inner or holding[-1:]:
            path: list[int] = []
            at: int | None = leaf
            while at is not None and at not in path:
                path.append(at)
                at = above.get(at)
            standings.append(Standing(self._without_hearsay(tuple(reversed(path)))))
        return tuple(standings)

    def _without_hearsay(self, path: tuple[int, ...]) -> tuple[int, ...]:
        """*path* without an unnamed report at its end that the source before it denies ("denied reports that")."""
        if len(path) < 2:
            return path
        last, before = (self.layers.attributions[i] for i in (path[-1], path[-2]))
        denied = before.cue is not None and before.cue.kind == "denies"
        return path[:-1] if denied and last.source is None else path

    def _upper(self, index: int, holding: list[int]) -> int | None:
        """The attribution around attribution *index*: its parent, or the smallest around its cue."""
        found = self.layers.attributions
        inner = found[index]
        parent = inner.parent
        beside = self._comment(inner)
        if parent is not None and parent != index and not beside and (parent in holding or self._relays(parent, inner)):
            return parent
        anchor = inner.cue.span if inner.cue is not None else (inner.source.span if inner.source else None)
        if beside and anchor is not None:  # in words that are all somebody's, a comment is so too
            voices = [i for i in holding if i != index and found[i].holds(anchor) and is_voice(found[i])]
            return min(voices, key=lambda i: _size(found[i]), default=self._parent(parent, holding))
        if anchor is None:
            return None
        around = [i for i in holding if i != index and found[i].holds(anchor) and not self._circular(i, index)]
        return min(around, key=lambda i: _size(found[i]), default=None)

    def _relays(self, outer: int, inner: Attribution) -> bool:
        """Whether attribution *outer* tells that *inner* was said, and so all of its words ("…," he told reporters,
        according to the agency)."""
        cue = inner.cue
        return inner.form == "direct" and cue is not None and self.layers.attributions[outer].holds(cue.span)

    def _parent(self, parent: int | None, holding: list[int]) -> int | None:
        return self._upper(parent, holding) if parent is not None and parent in holding else None

    def _comment(self, attribution: Attribution) -> bool:
        """Whether an attribution is a comment clause ("as rescuers had claimed"), which stands beside the one
        whose words it follows, not inside it."""
        if attribution.cue is None:
            return False
        parse = self.layers.parse
        for i in parse.tokens_in(attribution.cue.span):
            token = parse.tokens[i]
            if token.dep == "advcl" and any(parse.tokens[c].lower == "as" for c in parse.children[i] if c < i):
                return True
        return False

    def _circular(self, outer: int, inner: int) -> bool:
        found = self.layers.attributions
        cue = found[outer].cue
        return cue is not None and found[inner].holds(cue.span)

    def links(self, standing: Standing) -> tuple[Link, ...]:
        """The chain of a claim that stands so: outlet, agencies, then each source.

        Several sources that share one attribution are links of their own with the same cue and content.
        """
        chain = list(self._head)
        for index in standing.indices:
            attribution = self.layers.attributions[index]
            sources = (attribution.source, *self._asides.sources(attribution))
            if self._asides.of_accused(attribution):
                sources = (None,)
            chain.extend(_link(attribution, source) for source in sources)
        return tuple(chain)

    def commits(self, standing: Standing, modality: Modality, committing: frozenset[str]) -> float | None:
        """Factuality to which the outlet itself commits: the claim's own outside attributions and under cues
        that take the content for true, None elsewhere."""
        for index in standing.indices:
            cue = self.layers.attributions[index].cue
            if cue is None or cue.kind not in committing:
                return None
        return modality.factuality


def _link(attribution: Attribution, source: Actor | None) -> Link:
    return Link(
        role="source",
        source=source,
        naming=attribution.naming,
        office=attribution.office,
        number=attribution.number,
        cue=attribution.cue,
        content=attribution.content,
        form=attribution.form,
        continued=attribution.continued,
        channel=attribution.channel,
        time=attribution.time,
    )


def _is_cue(attribution: Attribution, span: Span) -> bool:
    return attribution.cue is not None and attribution.cue.span.overlaps(span)


def _size(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)
