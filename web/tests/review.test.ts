import { describe, expect, it } from "vitest";
import type { Claim } from "../src/api/shapes";
import { fields, judged, valueOf } from "../src/lib/review";

const claim = {
  kind: "event", event_type: "ASSAULT", modes: ["aerial"], text: "", span: [0, 9], chain: [], caveats: [], links: [],
  modality: { polarity: "positive", certainty: "certain", mood: "asserted", tense: "past", factuality: 3 },
  actor: [{ text: "jets", span: [0, 4] }], recipient: [], figures: [{ measure: "killed", low: 12, best: null, high: null, bound: "at_least", text: "at least 12", span: [5, 9] }], place: null, time: null,
} as unknown as Claim;
const lists = { types: { ASSAULT: ["aerial", "shelling"], AID: [] }, lists: { mood: ["asserted", "denied"], polarity: [], certainty: [], tense: [] } };

describe("fields that can be corrected", () => {
  it("name each value by the path that the ledger knows", () =>
    expect(fields(claim, lists).map((f) => f.path)).toEqual([
      "event_type", "modes", "actor[0]", "actor[+]", "recipient[+]", "figures[0]", "figures[0].low", "figures[0].best", "figures[0].high",
      "place", "time", "modality.mood", "modality.polarity", "modality.certainty", "modality.tense",
    ]));
  it("offer the modes of the claim's own type", () => expect(fields(claim, lists)[1]!.options).toEqual(["aerial", "shelling"]));
});

describe("a correction by words", () => {
  const layers = { actors: [{ text: "the army", span: [10, 18] as const, actor_id: "SYR.mil", name: "Syrian army", country: "SYR" }], toponyms: [{ text: "Idlib", span: [30, 35] as const, place_id: "geonames:1", lat: 35 }] };
  it("takes who stands at exactly those words", () => expect(valueOf("actor[0]", [10, 18], layers, null)).toEqual({ span: [10, 18], actor_id: "SYR.mil", name: "Syrian army", country: "SYR" }));
  it("says nothing of who it is where the words are others", () => expect(valueOf("actor[0]", [10, 14], layers, null)).toEqual({ span: [10, 14] }));
  it("places a toponym within the words", () => expect(valueOf("place", [27, 35], layers, null)).toEqual({ span: [27, 35], place_id: "geonames:1", lat: 35 }));
  it("keeps the numbers of a figure", () => expect(valueOf("figures[0]", [4, 9], {}, claim.figures![0]!)).toEqual({ measure: "killed", low: 12, best: null, high: null, bound: "at_least", span: [4, 9] }));
});

describe("judgements", () => {
  it("read as words", () => expect([judged(null), judged("at_least"), judged([]), judged([{ text: "the army" }])]).toEqual(["nothing", "at least", "nobody", "the army"]));
});
