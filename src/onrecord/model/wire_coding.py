"""Reports and the layers of a coding as JSON and back, in the manner of ``onrecord.model.wire``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from onrecord.model.attribution import Attribution, Caveat, Channel, Cue, Reference
from onrecord.model.claim import Coding
from onrecord.model.report import Credit, Rejected, Report
from onrecord.model.spans import Span
from onrecord.model.wire import claim_from_json, claim_to_json
from onrecord.model.wire_slots import (
    Json,
    actor_from_json,
    actor_to_json,
    marked_from_json,
    marked_to_json,
    place_from_json,
    place_to_json,
    slot_from_json,
    slot_to_json,
    some,
    span_from_json,
    span_to_json,
    time_from_json,
    time_to_json,
    via_from_json,
)

_REPORT = (
    "report_id",
    "supplied_id",
    "title",
    "outlet",
    "published",
    "retrieved",
    "url",
    "byline",
    "language",
    "replaces",
    "origin",
    "media_type",
    "text_sha256",
    "original_sha256",
)


def report_to_json(report: Report, with_text: bool = True) -> Json:
    """What is known of the publication, the hashes, ``meta``, and last the text; never the original bytes."""
    out: Json = {key: getattr(report, key) for key in _REPORT}
    out["meta"] = dict(report.meta)
    return out | ({"text": report.text} if with_text else {})


def report_from_json(value: Mapping[str, Any], original: bytes = b"") -> Report:
    """The report that *value* describes, with the *original* bytes, which JSON does not carry."""
    known = {key: value[key] for key in _REPORT if value.get(key) is not None}
    meta = tuple((value.get("meta") or {}).items())
    return Report(**known, text=value.get("text") or "", meta=meta, original=original)


def rejected_to_json(rejected: Rejected) -> Json:
    """Where the input came from, why it is no report, and the remedy."""
    keys = ("origin", "reason", "remedy", "original_sha256")
    return {key: getattr(rejected, key) for key in keys}


def attribution_to_json(attribution: Attribution) -> Json:
    """Source, cue, content and form, then what is known of the source; ``parent`` is an index."""
    return {
        "source": some(attribution.source, actor_to_json),
        "more_sources": [actor_to_json(a) for a in attribution.more_sources],
        "cue": some(attribution.cue, marked_to_json),
        "content": [span_to_json(s) for s in attribution.content],
        "form": attribution.form,
        "naming": attribution.naming,
        "office": attribution.office,
        "number": attribution.number,
        "channel": some(attribution.channel, marked_to_json),
        "time": some(attribution.time, time_to_json),
        "continued": attribution.continued,
        "parent": attribution.parent,
        "anonymity": some(attribution.anonymity, slot_to_json),
        "score": attribution.score,
    }


def attribution_from_json(value: Mapping[str, Any]) -> Attribution:
    """The attribution that *value* describes."""
    return Attribution(
        source=some(value.get("source"), actor_from_json),
        more_sources=tuple(actor_from_json(v) for v in value.get("more_sources") or ()),
        cue=some(value.get("cue"), lambda v: marked_from_json(v, Cue)),
        content=tuple(Span(*s) for s in value.get("content") or ()),
        form=value["form"],
        naming=value.get("naming") or "named",
        office=value.get("office"),
        number=value.get("number") or "one",
        channel=some(value.get("channel"), lambda v: marked_from_json(v, Channel)),
        time=some(value.get("time"), time_from_json),
        continued=bool(value.get("continued")),
        parent=value.get("parent"),
        anonymity=some(value.get("anonymity"), slot_from_json),
        score=value.get("score"),
    )


def reference_to_json(reference: Reference) -> Json:
    """The mention's span, the antecedent (text, span), kind and score."""
    antecedent = {"text": reference.antecedent.text, "span": span_to_json(reference.antecedent.span)}
    mention = span_to_json(reference.mention)
    return {"mention": mention, "antecedent": antecedent, "kind": reference.kind, "score": reference.score}


def reference_from_json(value: Mapping[str, Any]) -> Reference:
    """The reference that *value* describes."""
    antecedent = via_from_json(value["antecedent"])
    mention = Span(*value["mention"])
    return Reference(mention=mention, antecedent=antecedent, kind=value["kind"], score=value["score"])


def credit_to_json(credit: Credit) -> Json:
    """Kind, words, and what they name."""
    out: Json = {
        "kind": credit.kind,
        "text": credit.text,
        "span": span_to_json(credit.span),
        "name": credit.name,
    }
    return out | {"place": span_to_json(credit.place), "day": span_to_json(credit.day)}


def credit_from_json(value: Mapping[str, Any]) -> Credit:
    """The credit that *value* describes."""
    spans = {key: span_from_json(value.get(key)) for key in ("place", "day")}
    span = Span(*value["span"])
    return Credit(kind=value["kind"], text=value["text"], span=span, name=value.get("name"), **spans)


def layers_to_json(coding: Coding) -> Json:
    """Every layer of *coding* except its report and its claims: what the case keeps beside them."""
    return {
        "credits": [credit_to_json(c) for c in coding.credits],
        "attributions": [attribution_to_json(a) for a in coding.attributions],
        "references": [reference_to_json(r) for r in coding.references],
        "caveats": [marked_to_json(c) for c in coding.caveats],
        "times": [time_to_json(t) for t in coding.times],
        "toponyms": [place_to_json(p) for p in coding.toponyms],
        "actors": [actor_to_json(a) for a in coding.actors],
        "sentences": [span_to_json(s) for s in coding.sentences],
        "tokens": [span_to_json(s) for s in coding.tokens],
        "factuality": list(coding.factuality),
        "flags": list(coding.flags),
    }


def coding_to_json(coding: Coding) -> Json:
    """The whole coding: report (with text), run, layers, claims and rejected candidates."""
    out: Json = {"report": report_to_json(coding.report), "run_id": coding.run_id, "version": coding.version}
    out |= layers_to_json(coding)
    out["claims"] = [claim_to_json(c) for c in coding.claims]
    return out | {"rejected": [claim_to_json(c) for c in coding.rejected]}


def coding_from_json(value: Mapping[str, Any], report: Report | None = None) -> Coding:
    """The coding that *value* describes; *report* replaces the one in it (which has no original bytes)."""
    coding = Coding(
        report=report or report_from_json(value["report"]),
        run_id=value.get("run_id") or "",
        version=value.get("version") or "",
        credits=tuple(credit_from_json(v) for v in value.get("credits") or ()),
        attributions=tuple(attribution_from_json(v) for v in value.get("attributions") or ()),
        references=tuple(reference_from_json(v) for v in value.get("references") or ()),
        caveats=tuple(marked_from_json(v, Caveat) for v in value.get("caveats") or ()),
        times=tuple(time_from_json(v) for v in value.get("times") or ()),
        toponyms=tuple(place_from_json(v) for v in value.get("toponyms") or ()),
        actors=tuple(actor_from_json(v) for v in value.get("actors") or ()),
    )
    return replace(
        coding,
        claims=tuple(claim_from_json(v) for v in value.get("claims") or ()),
        rejected=tuple(claim_from_json(v) for v in value.get("rejected") or ()),
        sentences=tuple(Span(*s) for s in value.get("sentences") or ()),
        tokens=tuple(Span(*s) for s in value.get("tokens") or ()),
        factuality=tuple(value.get("factuality") or ()),
        flags=tuple(value.get("flags") or ()),
    )
