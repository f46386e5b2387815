"""Accounts: who says it. Copies, and the same speaker in several reports, count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.sketch import Sketch, stance_of
from onrecord.merge.syndication import published_moment
from onrecord.model import Account, EventClaim, Link, Report, Stance, Voice
from onrecord.text.folding import fold

_PRONOUNS = frozenset("he she it they we i him her them".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Key, words for a reader, kind where known, whether it has a name, and its standing."""

    key: str
    name: str
    kind: str | None
    named: bool
    standing: float


@dataclass(frozen=True, slots=True)
class Carriers:
    """Reports by id, and for each the voice that it belongs to."""

    reports: Mapping[str, Report]
    voices: Mapping[str, Voice]

    def moment(self, claim: EventClaim | Sketch) -> tuple[datetime, str, datetime, int, str]:
        """When the words of *claim* were first published: copies count as their origin, versions do not."""
        own = published_moment(self.reports.get(claim.report_id) or Report(report_id=claim.report_id, text=""))
        report_id = claim.report_id
        voice = self.voices.get(report_id)
        if voice is not None and dict(voice.members).get(report_id) in ("copy", "cut"):
            report_id = voice.origin
        report = self.reports.get(report_id)
        first = published_moment(report) if report else published_moment(Report(report_id=report_id, text=""))
        return (*first, own[0], claim.span.start, claim.claim_id)

    def repeats(self, report_id: str, reports: Collection[str]) -> bool:
        """Whether *report_id* only copies or cuts the first of the *reports* that belong to its voice."""
        voice = self.voices.get(report_id)
        if voice is None or report_id == voice.origin or voice.origin not in reports:
            return False
        return dict(voice.members).get(report_id) in ("copy", "cut")

    def origin(self, report_id: str) -> str:
        """The first report of the voice that carries *report_id*."""
        voice = self.voices.get(report_id)
        return voice.origin if voice is not None else report_id


def find_speaker(claim: EventClaim, carriers: Carriers, lexicon: MergingLexicon) -> Speaker:
    """The original speaker: the innermost source that is no pronoun for nobody known, else agency, else outlet.

    A claim that the report itself makes belongs to the outlet where its text was first published.
    """
    sources = [link for link in claim.chain if link.role == "source"]
    for link in reversed(sources):
        words = fold((link.source.text if link.source else link.text) or "")
        known = link.source is not None and (link.source.actor_id or link.source.name)
        if words and (known or words not in _PRONOUNS):
            return _source(link, words, lexicon)
    origin = carriers.origin(claim.report_id)
    report = carriers.reports.get(origin)
    outlet = (report.outlet if report else None) or origin
    if sources:
        name = f"unnamed source of {outlet}"
        return Speaker(f"unnamed:{fold(outlet)}", name, None, False, lexicon.standing["anonymous"])
    voice = carriers.voices.get(claim.report_id)
    agency = next((link.name for link in claim.chain if link.role == "agency" and link.name), None)
    name = agency or (voice.agency if voice else None) or outlet
    return Speaker(f"outlet:{fold(name)}", name, None, True, lexicon.standing["named"])


def _source(link: Link, words: str, lexicon: MergingLexicon) -> Speaker:
    source = link.source
    # Who speaks for a body is its voice: its head and its statement are not two accounts.
    actor_id = (source.group or source.actor_id) if source else None
    name = (source.name or source.text if source else None) or link.text or words
    named = actor_id is not None or (link.naming == "named" and any(c.isupper() for c in (link.text or name)[1:]))
    text = f" {words} {fold(name)} "
    kind = next(
        (k.name for k in lexicon.speakers if link.office in k.offices or any(f" {w} " in text for w in k.words)), None
    )
    standing = lexicon.standing["named" if named else "anonymous" if link.naming == "anonymous" else "unnamed"]
    return Speaker(actor_id or f"said:{fold(name)}", name, kind, named, standing)


def find_accounts(
    claims: Sequence[EventClaim], carriers: Carriers, lexicon: MergingLexicon
) -> tuple[tuple[Account, ...], dict[str, str]]:
    """The accounts of one event, and the speaker's key by claim id.

    Speakers of one kind of whom at most one has a name count once: "rescue workers" may well be "the White Helmets",
    and nothing shows that they are not.
    """
    ordered = sorted(claims, key=carriers.moment)
    speakers = {c.claim_id: find_speaker(c, carriers, lexicon) for c in ordered}
    key_of = _same_speakers(list(speakers.values()))
    by_key: dict[tuple[str, Stance], list[EventClaim]] = defaultdict(list)
    for claim in ordered:
        by_key[key_of[speakers[claim.claim_id].key].key, stance_of(claim)].append(claim)
    leaders = {s.key: s for s in key_of.values()}
    accounts = tuple(_account(leaders[key], stance, group, carriers) for (key, stance), group in by_key.items())
    return accounts, {c: key_of[s.key].key for c, s in speakers.items()}


def _account(speaker: Speaker, stance: Stance, claims: Sequence[EventClaim], carriers: Carriers) -> Account:
    reports = tuple(dict.fromkeys(c.report_id for c in claims))
    return Account(
        speaker=speaker.key,
        name=speaker.name,
        stance=stance,
        claim_ids=tuple(c.claim_id for c in claims),
        report_ids=reports,
        voices=tuple(dict.fromkeys(carriers.origin(r) for r in reports)),
        standing=speaker.standing,
        certainty=max(abs(c.modality.factuality) for c in claims),
    )


def _same_speakers(speakers: Sequence[Speaker]) -> dict[str, Speaker]:
    """The speaker that stands for each key: itself, or for a kind with at most one name, one for all of the kind."""
    by_kind: dict[str, dict[str, Speaker]] = defaultdict(dict)
    found = {s.key: s for s in speakers}
    for speaker in found.values():
        if speaker.kind is not None:
            by_kind[speaker.kind][speaker.key] = speaker
    for kind in by_kind.values():
        named = sorted((s for s in kind.values() if s.named), key=lambda s: s.key)
        unnamed = sorted((s for s in kind.values() if not s.named), key=lambda s: s.key)
        # Registry ids stand for bodies; a person who speaks for one is the same voice only where the id says so.
        leader = named[0] if len(named) == 1 else unnamed[0] if unnamed else None
        if leader is not None:
            for speaker in unnamed:
                found[speaker.key] = leader
    return found
