"""How claims and layers lie in the case: JSON without what the text already says, compressed.

Compact JSON leaves out absent values and every ``text`` that equals what its ``span`` re-reads, so that
words are stored once, in ``reports.text``. It is compressed as raw deflate with a preset dictionary that
the case itself carries.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.errors import CaseDamaged

Json = dict[str, Any]

_NAMED = (
    '"basis":"named","actor_id":"","name":"","country":"SYR","sectors":["GOV","MIL","REB","CVL","UAF","COP"],"group":""'
)
# Frequent strings of compact claims, the most frequent last, as deflate prefers them.
DICTIONARY = (
    '{"relation":"belongs_to","subject":[{"span":[{"change":"holds","holder":[{"share":{"span":[,"bound":"about","of":"whole"}'
    ',"figure":{"span":[]},"cumulative":true,"since":{"measure":"injured","displaced","arrested","low":,"best":,"high":'
    ',"bound":"dozens","at_least","more_than","candidates":[{"place_id":"geonames:","name":"","score":0.}]}'
    '"links":[{"claim_id":"c","as":"content_of"},{"as":"denies"}],"caveats":[{"class":"unverified"}],"background":true'
    '"polarity":"negative","mood":"denied","threatened","demanded","promised","planned","forecast","conditional"'
    '"certainty":"probable","possible","tense":"future","ongoing","naming":"anonymous","unnamed","office":"spokesman"'
    '"number":"several","channel":{"span":[],"class":"video","statement","social_media"},"continued":true'
    '"why":"","basis":"described","basis":"unresolved","basis":"inferred","type":"DURATION"'
    '"event_type":"ASSAULT","modes":["aerial","heavy-weapons","firearms","explosives"],"COERCE","modes":["arrest"],'
    '"THREATEN","REQUEST","ACCUSE","REJECT","CONSULT","AGREE","PROTEST","MOBILIZE","contexts":["military","repression"]'
    '"codes":{"plover":"ASSAULT/aerial","cameo":"19","acled":"Explosions/Remote violence/Air/drone strike",'
    '"quad":"verbal conflict","quad":"verbal cooperation","quad":"material cooperation",'
    '"quad":"material conflict"}'
    '"rationale":{"rule":"trigger","score":0.9,"notes":["'
    '"place":{"span":[],"basis":"named","place_id":"geonames:","name":"Idlib","admin1":"Idlib","country":"SYR",'
    '"feature_class":"A","lat":35.,"lon":36.,"precision":"province","town","radius_m":5000}'
    '"time":{"span":[],"basis":"named","type":"DATE","value":"2018-08-22","start":"2018-08-22","end":"2018-08-22",'
    '"granularity":"day","anchor":"published"},"figures":[{"measure":"killed","low":12,"best":12,"high":12,'
    '"bound":"exactly","of":{"span":[],"basis":"named"},"span":['
    '"trigger":{"span":[],"basis":"named","score":0.},"recipient":[{"span":[],' + _NAMED + '}],"instrument":[{"span":['
    '"actor":[{"span":[],"basis":"coreference","via":{"text":"","span":[]},' + _NAMED + "}]"
    '{"kind":"event","status":"rejected","reason":"","status":"coded","confidence":0.9,"span":[],"field":"text",'
    '"chain":[{"role":"outlet","name":""},{"role":"source","span":[],' + _NAMED + ',"naming":"named","number":"one",'
    '"cue":{"span":[],"class":"says"},"content":[[]],"form":"direct","form":"indirect"}],"modality":{"polarity":"positive",'
    '"certainty":"certain","mood":"asserted","tense":"past","factuality":3.0},"outlet_factuality":3.0,'
).encode()


def dumps(value: Any) -> str:
    """The one JSON text of *value*: no white space, keys in their order, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def reread(span: Iterable[int], source: str | None) -> str | None:
    """The words of *source* in *span*, None where the text is gone or the span lies outside it."""
    start, end = span
    return source[start:end] if source is not None and 0 <= start <= end <= len(source) else None


def compact(value: Any, texts: Mapping[str, str | None]) -> Any:
    """*value* without absent values and without words that its spans re-read in *texts* (text, title)."""
    if isinstance(value, list):
        # A list holds objects or none: the thousands of numbers of tokens need no look each.
        return [compact(item, texts) for item in value] if value and isinstance(value[0], dict) else value
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in value.items():
        if item is None or item is False:
            continue
        # Most values are plain: only lists and objects are looked into.
        if isinstance(item, (list, dict)):
            if not item:
                continue
            item = compact(item, texts)
        out[key] = item
    span = value.get("span")
    if span is not None and "text" in value:
        if value["text"] == reread(span, texts[value.get("field") or "text"]):
            del out["text"]
        elif value["text"] is None:
            out["text"] = None
    return out


def expand(value: Any, texts: Mapping[str, str | None]) -> Any:
    """The inverse of *compact*: puts the words back (None where the text is gone)."""
    if isinstance(value, list):
        return [expand(item, texts) if isinstance(item, dict) else item for item in value]
    out = {k: expand(v, texts) if isinstance(v, (dict, list)) else v for k, v in value.items()}
    if "span" in out and "text" not in out:
        out["text"] = reread(out["span"], texts[out.get("field") or "text"])
    return out


def pack_spans(spans: Iterable[Iterable[int]]) -> list[int]:
    """Spans in text order as one list of gaps and lengths, which compresses far better."""
    out, last = [], 0
    for start, end in spans:
        out += [start - last, end - start]
        last = end
    return out


def unpack_spans(packed: list[int]) -> list[list[int]]:
    """The inverse of *pack_spans*."""
    out, last = [], 0
    for gap, length in zip(packed[::2], packed[1::2], strict=True):
        out.append([last + gap, last + gap + length])
        last += gap + length
    return out


def pack_layers(layers: Json) -> Json:
    """Layers with sentences and tokens packed, and factuality only where it is known."""
    known = [[i, v] for i, v in enumerate(layers["factuality"]) if v is not None]
    packed = {key: pack_spans(layers[key]) for key in ("sentences", "tokens")}
    return {**layers, **packed, "factuality": known, "length": len(layers["factuality"])}


def unpack_layers(packed: Json) -> Json:
    """The inverse of *pack_layers*."""
    layers = dict(packed)
    factuality: list[float | None] = [None] * layers.pop("length", 0)
    for i, v in layers.get("factuality", ()):
        factuality[i] = v
    spans = {key: unpack_spans(layers.get(key, [])) for key in ("sentences", "tokens")}
    return {**layers, **spans, "factuality": factuality}


def deflate(text: str, dictionary: bytes = DICTIONARY) -> bytes:
    """*text* as raw deflate with *dictionary*."""
    # memLevel 9 and level 9: bodies are small, and written once.
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return packer.compress(text.encode()) + packer.flush()


def inflate(data: bytes, dictionary: bytes = DICTIONARY) -> str:
    """The inverse of *deflate*; CaseDamaged when the bytes are not what was written."""
    try:
        unpacker = zlib.decompressobj(-15, dictionary)
        out = unpacker.decompress(data) + unpacker.flush()
        if not unpacker.eof:
            raise CaseDamaged("compressed bytes end too early. Restore the case from a backup")
        return out.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise CaseDamaged(f"compressed bytes do not unpack ({error}). Restore the case from a backup") from error


def pack_original(original: bytes, text: str) -> tuple[str, bytes | None]:
    """Form and bytes under which the *original* of a report with *text* is kept."""
    if original == text.encode():
        return "text", None
    packed = zlib.compress(original, 9, -15)
    return ("deflate", packed) if len(packed) < len(original) else ("plain", original)


def unpack_original(form: str, data: bytes | None, text: str | None) -> bytes:
    """The inverse of *pack_original*; CaseDamaged when the bytes are not what was written."""
    if form == "text":
        return (text or "").encode()
    try:
        return zlib.decompress(data or b"", -15) if form == "deflate" else data or b""
    except zlib.error as error:
        raise CaseDamaged(f"original bytes do not unpack ({error}). Restore the case from a backup") from error
