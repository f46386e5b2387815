"""The learned heads drop, take back, retype and fill, say so, and leave alone what they have no say in."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from layered import build

from onrecord.coding import code_claims, encoded_events, encoded_roles, rule_events, with_factuality
from onrecord.coding.arguments import Arguments
from onrecord.coding.encoded_events import TYPES, EventHead, EventSigns
from onrecord.coding.encoded_roles import RoleHead, RoleSigns
from onrecord.coding.events import EventCoder
from onrecord.coding.second_encoder import FOLDER as SECOND
from onrecord.coding.second_encoder import with_second
from onrecord.coding.second_look import SecondLook, second_look
from onrecord.coding.second_roles import SecondRoles
from onrecord.coding.sign_network import LABELS, WEIGHTS
from onrecord.coding.standing import Ground
from onrecord.errors import ModelError
from onrecord.lexicon.coding import load_coding
from onrecord.model import ClaimLink, EventClaim, Layers
from onrecord.parse.encoder import OnnxEncoder

REPORT = "Police arrested ten protesters in Arda on Sunday. The army was shelled. The panel approved the minutes."
ACTORS = {"Police": "XAR COP", "protesters": "XAR CVL", "army": "XAR MIL", "panel": "XAR GOV"}


class Fixed:
    """A head whose limits are given."""

    def __init__(self, **limits: float) -> None:
        self.limits = {"keep": 0.3, "take": 0.8, "add": 0.85, "stays": 0.15, **limits}


class Parties:
    """A role head that is sure of the words of one role."""

    limits: ClassVar = {"fill": 0.5, "over": 0.5, "under": 0.3, "sure": 0.6}

    def __init__(self, sign: str, column: int) -> None:
        self.sign, self.column = sign, column

    def shares(self, rows: np.ndarray, signs: list[list[str]]) -> np.ndarray:
        found = np.zeros((len(signs), 3), dtype=np.float32)
        for i, row in enumerate(signs):
            found[i, self.column if self.sign in row else 0] = 1.0
        return found


@cache
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@cache
def second() -> OnnxEncoder:
    return OnnxEncoder(SECOND)


@cache
def ruled(text: str) -> tuple[Layers, EventCoder, list[EventClaim], list[EventClaim]]:
    layers = build(text, ACTORS)
    lexicon = load_coding()
    layers = replace(layers, encoding=encoder().encode(layers.parse))
    layers = with_factuality(with_second(layers, second()), lexicon)
    arguments = Arguments(layers.parse, lexicon.modality.control)
    coder = EventCoder(layers, lexicon, arguments)
    return layers, coder, *rule_events(coder, Ground(layers, lexicon, arguments))


def share(**types: float) -> np.ndarray:
    row = np.zeros(1 + len(TYPES), dtype=np.float32)
    for name, value in types.items():
        row[1 + TYPES.index(name)] = value
    row[0] = 1.0 - row.sum()
    return row


def decided(words: dict[str, np.ndarray], **limits: float) -> tuple[list[EventClaim], list[EventClaim]]:
    layers, coder, coded, dropped = ruled(REPORT)
    at = {t.index: words[t.text] for t in layers.parse.tokens if t.text in words}
    signs = EventSigns(layers, coder, coded, dropped)
    return SecondLook(coder, signs, Fixed(**limits), at).decide(coded, dropped)  # type: ignore[arg-type]


def told(claims: list[EventClaim]) -> dict[str, str]:
    return {claim.trigger.text or "": claim.event_type for claim in claims}


def test_what_the_head_takes_for_no_event_is_rejected_with_its_share() -> None:
    kept, gone = decided({"arrested": share(COERCE=0.9), "shelled": share(ASSAULT=0.1)})
    assert told(kept) == {"arrested": "COERCE"}
    claim = next(c for c in gone if c.trigger.text == "shelled")
    assert claim.status == "rejected"
    assert claim.reason == "no event by the learned head (0.10 that it is one)"


def test_the_work_of_police_is_not_the_head_s_to_drop() -> None:
    kept, _ = decided({"arrested": share(COERCE=0.1), "shelled": share(ASSAULT=0.9)})
    assert told(kept) == {"arrested": "COERCE", "shelled": "ASSAULT"}


def test_a_type_is_changed_only_where_the_head_all_but_rules_it_out() -> None:
    near = decided({"arrested": share(COERCE=0.3, ASSAULT=0.6)})[0]
    far = decided({"arrested": share(COERCE=0.05, ASSAULT=0.9)})[0]
    assert told(near)["arrested"] == "COERCE"
    assert told(far)["arrested"] == "ASSAULT"
    claim = next(c for c in far if c.trigger.text == "arrested")
    assert claim.rationale is not None
    assert "learned head: ASSAULT, not COERCE" in claim.rationale.notes


def test_a_refusal_that_is_coded_as_the_deed_is_not_done() -> None:
    layers, coder, coded, dropped = ruled("The panel will not support the army.")
    refusal = next(c for c in coded if c.event_type == "REJECT")
    assert refusal.modality.polarity == "positive"
    signs = EventSigns(layers, coder, coded, dropped)
    at = dict.fromkeys(signs.words(refusal), share(SUPPORT=0.95))
    kept, _ = SecondLook(coder, signs, Fixed(), at).decide(coded, dropped)  # type: ignore[arg-type]
    claim = next(c for c in kept if c.event_type == "SUPPORT")
    assert (claim.modality.polarity, claim.modality.mood, claim.modality.tense) == ("negative", "planned", "future")


def test_a_word_that_the_rules_made_nothing_of_becomes_a_claim_with_its_parties() -> None:
    assert "approved" not in told(decided({"approved": share(SUPPORT=0.8)})[0])
    claim = next(c for c in decided({"approved": share(SUPPORT=0.9)})[0] if c.trigger.text == "approved")
    assert claim.event_type == "SUPPORT"
    assert [actor.text for actor in claim.actor] == ["panel"]
    assert claim.confidence == 0.9


def test_what_the_rules_rejected_comes_back_only_where_the_head_is_sure() -> None:
    layers, coder, coded, _ = ruled(REPORT)
    arrest = next(c for c in coded if c.trigger.text == "arrested")
    out = replace(arrest, status="rejected", reason="report of ordinary crime")
    signs = EventSigns(layers, coder, [], [out])
    at = next(iter(signs.words(out)))

    def look(event: float, claim: EventClaim = out) -> list[EventClaim]:
        shares = {at: share(COERCE=event)}
        return SecondLook(coder, signs, Fixed(), shares).decide([], [claim])[0]  # type: ignore[arg-type]

    assert look(0.7) == []
    (back,) = look(0.9)
    assert (back.status, back.reason) == ("coded", None)
    assert back.rationale is not None
    assert "learned head over: report of ordinary crime" in back.rationale.notes
    assert look(0.9, replace(out, reason="completes REJECT of the same clause")) == []


def test_acts_left_undone_are_not_the_heads_to_judge() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest = next(c for c in coded if c.trigger.text == "arrested")
    assert arrest.rationale is not None
    undone = replace(arrest, rationale=replace(arrest.rationale, rule="triggers/omission.csv:12"))
    signs = EventSigns(layers, coder, coded, dropped)
    shares = {i: share(COERCE=0.01) for i in signs.words(undone)}
    kept, _ = SecondLook(coder, signs, Fixed(), shares).decide([undone], [])  # type: ignore[arg-type]
    assert kept == [undone]


def test_no_claim_is_the_content_of_one_that_is_dropped() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest, shelling = (next(c for c in coded if c.trigger.text == word) for word in ("arrested", "shelled"))
    content = replace(arrest, links=(ClaimLink(claim_id=shelling.key, kind="content_of"),))
    signs = EventSigns(layers, coder, coded, dropped)
    for share_of_shelling, links in ((0.9, content.links), (0.1, ())):
        shares = {signs.words(shelling)[0]: share(ASSAULT=share_of_shelling)}
        kept, _ = SecondLook(coder, signs, Fixed(), shares).decide([content, shelling], [])  # type: ignore[arg-type]
        assert next(c for c in kept if c.trigger.text == "arrested").links == links


def test_an_empty_role_is_filled_and_says_by_whom() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest = replace(next(c for c in coded if c.trigger.text == "arrested"), recipient=())
    signs = EventSigns(layers, coder, coded, dropped)
    assert layers.encoding is not None
    head = Parties("lemma protester", 2)
    (claim,) = SecondRoles(layers, signs, layers.encoding, head).peopled([arrest])  # type: ignore[arg-type]
    assert [actor.text for actor in claim.recipient] == ["protesters"]
    assert claim.recipient[0].why == "learned head: recipient 1.00"
    assert claim.actor == arrest.actor
    full = replace(arrest, actor=(), recipient=claim.recipient)
    assert list(SecondRoles(layers, signs, layers.encoding, head).peopled([full])) == [full]  # type: ignore[arg-type]


def test_a_party_that_the_head_rules_out_gives_way_but_not_where_words_ask_for_it() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest = next(c for c in coded if c.trigger.text == "arrested")
    wrong = replace(arrest, actor=arrest.recipient, recipient=arrest.actor)
    signs = EventSigns(layers, coder, coded, dropped)
    assert layers.encoding is not None
    assert arrest.rationale is not None
    roles = SecondRoles(layers, signs, layers.encoding, Parties("lemma police", 1))  # type: ignore[arg-type]
    (claim,) = roles.peopled([wrong])
    assert [actor.text for actor in claim.actor] == ["Police"]
    assert claim.rationale is not None
    assert claim.rationale.notes[-1] == "learned head: actor 'Police', not 'protesters'"
    asked = replace(wrong, rationale=replace(arrest.rationale, rule="spoken_acts.toml"))
    assert list(roles.peopled([asked])) == [asked]


def test_a_party_is_not_both_actor_and_recipient() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest = replace(next(c for c in coded if c.trigger.text == "arrested"), recipient=())
    signs = EventSigns(layers, coder, coded, dropped)
    assert layers.encoding is not None
    head = Parties("lemma police", 2)
    assert list(SecondRoles(layers, signs, layers.encoding, head).peopled([arrest])) == [arrest]  # type: ignore[arg-type]


def test_without_both_encoders_the_rules_stand() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    assert layers.encoding is not None
    for encoding in (None, replace(layers.encoding, second=None)):
        bare = replace(layers, encoding=encoding)
        assert second_look(bare, coder, coded, dropped) == (coded, dropped)
    assert second_look(layers, coder, coded, dropped) != (coded, dropped)


def test_what_is_denied_stays_where_it_is_half_likely_an_event() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    arrest = next(c for c in coded if c.trigger.text == "shelled")
    denied = replace(arrest, modality=replace(arrest.modality, mood="denied"))
    signs = EventSigns(layers, coder, coded, dropped)
    shares = {signs.words(arrest)[0]: share(ASSAULT=0.5)}
    look = SecondLook(coder, signs, Fixed(keep=0.6), shares)  # type: ignore[arg-type]
    assert look.decide([arrest], [])[0] == []
    assert [c.modality.mood for c in look.decide([denied], [])[0]] == ["denied"]


def test_the_same_report_gives_the_same_claims() -> None:
    layers, *_ = ruled(REPORT)
    assert code_claims(layers, load_coding()) == code_claims(layers, load_coding())


def test_a_relation_to_a_party_is_read_the_same_whatever_stands_around() -> None:
    layers, coder, coded, dropped = ruled(REPORT)
    reader = RoleSigns(layers, EventSigns(layers, coder, coded, dropped))
    arrest = next(c for c in coded if c.trigger.text == "arrested")
    words = {t.text: t.index for t in layers.parse.tokens}
    signs = reader.signs(arrest, words["arrested"], words["protesters"])
    assert "path >dobj" in signs
    assert "told recipient" in signs
    assert words["panel"] not in reader.candidates(words["arrested"], [words["arrested"]])


@pytest.mark.parametrize("module", [encoded_events, encoded_roles], ids=["events", "roles"])
def test_the_heads_were_trained_on_the_encoder_that_ships(module: object) -> None:
    folder: Path = module.FOLDER  # type: ignore[attr-defined]
    spec = json.loads((folder / LABELS).read_text(encoding="utf-8"))
    assert (spec["encoder"], spec["second"]) == (encoder().identity, second().identity)


@pytest.mark.parametrize("name", [WEIGHTS, LABELS])
@pytest.mark.parametrize("head", [EventHead, RoleHead])
def test_a_broken_file_is_named(tmp_path: Path, head: type[EventHead] | type[RoleHead], name: str) -> None:
    source = encoded_events.FOLDER if head is EventHead else encoded_roles.FOLDER
    folder = Path(shutil.copytree(source, tmp_path / "head"))
    (folder / name).write_bytes(b"?")
    with pytest.raises(ModelError, match=f"{name}: is not the"):
        head(folder)
