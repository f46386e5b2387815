"""The order of the stages: one report in, its coding out. A function of the report and the parts alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.attribute import attribute
from onrecord.attribute.credits import find_credits
from onrecord.coding import (
    code_claims,
    events_identity,
    factuality_identity,
    roles_identity,
    token_factuality,
    with_factuality,
)
from onrecord.coding.confidence import with_confidence
from onrecord.coding.second_encoder import FOLDER as SECOND
from onrecord.coding.second_encoder import with_second
from onrecord.coding.titles import from_title, plain_case
from onrecord.config import Config, load_config
from onrecord.ground import Grounding, load_grounding
from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.lexicon.tables import data_folder
from onrecord.model import Claim, ClaimLink, Coding, Layers, Report, Span
from onrecord.model.one_core import one_core
from onrecord.model.wire import claim_to_json
from onrecord.parse.encoder import OnnxEncoder
from onrecord.parse.syntax import SpacyParser
from onrecord.protocols import Encoder, Parser
from onrecord.read import Defaults, make_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the stages work with: parser, encoder, knowledge, and the id of a run that uses them."""

    config: Config
    parser: Parser
    encoder: Encoder | None
    second: Encoder | None
    lexicon: Lexicon
    grounding: Grounding
    run_id: str
    details: Mapping[str, Any]


@lru_cache(maxsize=2)
def load_parts(config: Config) -> Parts:
    """The parts that *config* asks for, loaded once a process.

    Raises ModelError when a model or gazetteer is missing, DataError when a knowledge file is wrong.
    """
    parser = SpacyParser(config.parser)
    encoder = OnnxEncoder() if config.encoder else None
    second = OnnxEncoder(SECOND) if config.encoder else None
    details = run_details(config, parser, encoder, second)
    return Parts(
        config=config,
        parser=parser,
        encoder=encoder,
        second=second,
        lexicon=load_lexicon(config.ontology),
        grounding=load_grounding(config.registry, config.gazetteer, config.ontology),
        run_id=run_id_of(details),
        details=details,
    )


def run_id_of(details: Mapping[str, Any]) -> str:
    """Hash of the details of a run ("run" + 16 hex digits)."""
    return "run" + hashlib.sha256(json.dumps(details, sort_keys=True).encode()).hexdigest()[:16]


def run_details(config: Config, parser: Parser, encoder: Encoder | None, second: Encoder | None) -> dict[str, Any]:
    """Version, configuration, weights, data files and the user's own files, each with its hash."""
    return {
        "version": __version__,
        "config": asdict(config),
        "parser": parser.identity,
        "encoder": encoder.identity if encoder is not None else None,
        "coding": second.identity if second is not None else None,
        "factuality": factuality_identity() if encoder is not None else None,
        "events": events_identity() if encoder is not None else None,
        "roles": roles_identity() if encoder is not None else None,
        "data": file_hashes(data_folder()),
        "own": {p: file_hashes(Path(p)) for p in (config.registry, config.ontology, config.gazetteer) if p},
    }


@lru_cache(maxsize=8)
def file_hashes(path: Path) -> dict[str, str]:
    """SHA-256 of the file at *path*, or of each file below the folder, by relative name."""
    if path.is_file():
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
    found = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(path).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def code(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    config: Config | None = None,
) -> Coding:
    """The coding of one text: attributions, times, places, actors, claims and rejected candidates.

    *published* is ISO 8601 (a day, or a time with its zone); spans count code points of *text*.
    Raises ReadError when *text* is empty, too long or no text.
    """
    values = {
        "text": text,
        "published": published,
        "outlet": outlet,
        "title": title,
        "url": url,
        "byline": byline,
    }
    settings = config or load_config()
    report = make_report(values, origin="text", defaults=Defaults(max_chars=settings.max_chars))
    return code_report(report, load_parts(settings))


@one_core()
def code_report(report: Report, parts: Parts) -> Coding:
    """Every layer of *report*; reports in another language come back empty, with a flag that says so."""
    if report.language not in (None, "und", parts.config.language):
        flag = f"language:{report.language}: kept, not coded"
        return Coding(report=report, run_id=parts.run_id, version=__version__, flags=(flag,))
    layers = with_second(find_layers(report, parts), parts.second)
    layers = with_factuality(layers, parts.lexicon.coding)
    claims, rejected = code_claims(layers, parts.lexicon.coding)
    claims = parts.grounding.ground(layers, claims)
    rejected = parts.grounding.ground(layers, rejected)
    claims = with_confidence((*claims, *title_claims(report, claims, parts)))
    named = name_claims((*claims, *rejected), parts.run_id)
    return Coding(
        report=report,
        run_id=parts.run_id,
        version=__version__,
        credits=layers.credits,
        attributions=layers.attributions,
        references=layers.references,
        caveats=layers.caveats,
        times=layers.times,
        toponyms=layers.toponyms,
        actors=layers.actors,
        claims=tuple(c for c in named if c.status == "coded"),
        rejected=tuple(c for c in named if c.status == "rejected"),
        sentences=tuple(layers.parse.sentence_span(i) for i in range(len(layers.parse.sentences))),
        tokens=tuple(Span(t.start, t.end) for t in layers.parse.tokens),
        factuality=token_factuality(layers, parts.lexicon.coding),
    )


def title_claims(report: Report, told: Sequence[Claim], parts: Parts) -> tuple[Claim, ...]:
    """Event claims that the title of *report* makes and its text, with the claims *told*, does not."""
    title = report.title
    if not title or report.text.lstrip().startswith(title.strip()):
        return ()
    headline = replace(report, text=plain_case(title, report.text), title=None)
    layers = find_layers(headline, replace(parts, encoder=None))
    claims, _ = code_claims(layers, parts.lexicon.coding)
    return from_title(parts.grounding.ground(layers, claims), told, title)


def find_layers(report: Report, parts: Parts) -> Layers:
    """What is known of *report* before coding: credits, parse, times, places, actors, attributions."""
    ground = parts.grounding
    credits = find_credits(report.text)
    parse = parts.parser.parse(report.text, skip=[credit.span for credit in credits])
    encoding = parts.encoder.encode(parse) if parts.encoder is not None else None
    layers = Layers(report=report, parse=parse, encoding=encoding, credits=credits)
    layers = replace(layers, times=ground.find_times(layers))
    layers = replace(layers, toponyms=ground.find_places(layers))
    layers = replace(layers, actors=ground.find_actors(layers))
    return attribute(layers, parts.lexicon.cues)


def name_claims(claims: Sequence[Claim], run_id: str) -> tuple[Claim, ...]:
    """*claims* with run, version and ids set, and links by id; exact duplicates are dropped.

    A claim's id is a hash of all that it says and of the run, so that the same input and version
    give the same ids anywhere.
    """
    ids: dict[str, str] = {}
    named: dict[str, tuple[Claim, tuple[ClaimLink, ...]]] = {}
    for claim in claims:
        bare = replace(claim, run_id=run_id, version=__version__, claim_id="", key="", links=())
        body = json.dumps(claim_to_json(bare), ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(body.encode()).hexdigest()
        claim_id = "c" + digest[:20]
        if claim.key:
            ids[claim.key] = claim_id
        named.setdefault(claim_id, (bare, claim.links))
    linked = []
    for claim_id, (bare, told) in named.items():
        known = dict.fromkeys((ids[link.claim_id], link.kind) for link in told if link.claim_id in ids)
        links = tuple(ClaimLink(claim_id=i, kind=k) for i, k in known if i != claim_id)
        linked.append(replace(bare, claim_id=claim_id, links=links))
    return tuple(linked)
