import { describe, expect, it } from "vitest";
import { curves, guests, hidden, names, tieDays, tieTitle, tieWords, type Tie } from "../src/lib/relations";

const tie = (more: Partial<Tie>): Tie => ({ from: "a", to: "b", basis: "dealings", kind: "conflict", relation: "conflict", by: { THREATEN: 2, ASSAULT: 10 }, claims: 12, denied: 0, claim_ids: ["c1"], start: "2018-09-01", end: "2018-09-08", title: null, ...more });
const spots = new Map([["a", { x: 50, y: 50 }], ["b", { x: 250, y: 50 }], ["c", { x: 150, y: 150 }]]);

describe("a link in words", () => {
  it("counts what was done, the most first", () => expect(tieWords(tie({}))).toBe("ASSAULT 10, THREATEN 2"));
  it("gives an office its title", () => expect(tieWords(tie({ basis: "registry", kind: "office", relation: "president", title: "President of Turkey", by: {} }))).toBe("President of Turkey"));
  it("says from when to when, and that it still holds", () => {
    expect(tieDays(tie({}))).toBe("2018-09-01 to 2018-09-08");
    expect(tieDays(tie({ basis: "registry", start: "2014-08-28", end: null }))).toBe("2014-08-28 to still");
    expect(tieDays(tie({ basis: "claims", start: null, end: null }))).toBe("no day told");
  });
  it("says how many claims it rests on and how many deny it", () => expect(tieTitle(tie({ denied: 3 }), (key) => key.toUpperCase())).toContain("A → B: conflict: ASSAULT 10, THREATEN 2; 2018-09-01 to 2018-09-08; 12 claims, 3 of them denied"));
});

describe("kinds of link", () => {
  it("are all shown but for many offices", () => {
    expect([...hidden(null, { office: 6 })]).toEqual([]);
    expect([...hidden(null, { office: 7 })]).toEqual(["office"]);
  });
  it("are left out as chosen, and nothing else that the address says", () => {
    expect([...hidden("conflict,nonsense", { office: 20 })]).toEqual(["conflict"]);
    expect([...hidden("none", { office: 20 })]).toEqual([]);
  });
});

describe("the drawing of links", () => {
  it("bows those between the same two apart, in both directions", () => {
    const drawn = curves([tie({}), tie({ from: "b", to: "a" }), tie({ kind: "relation" })], spots);
    expect(new Set(drawn.map(({ mid }) => Math.round(mid.y))).size).toBe(3);
  });
  it("leaves out who is not placed", () => expect(curves([tie({ to: "nobody" })], spots)).toEqual([]));
  it("keeps everybody where they stood when others join", () => {
    const { spots: all, height } = guests(["a", "b", "new"], spots, 300, 200);
    expect(all.get("a")).toEqual(spots.get("a"));
    expect(all.get("new")!.y).toBeGreaterThan(200);
    expect(height).toBeGreaterThan(200);
  });
  it("sets no name on another's, nor out of the picture", () => {
    const close = new Map([["one", { x: 60, y: 100 }], ["two", { x: 90, y: 104 }], ["edge", { x: 2, y: 30 }]]);
    const placed = names(close, () => "Some long name of a group", [], 400);
    expect(Math.abs(placed.get("one")!.y - placed.get("two")!.y)).toBeGreaterThan(12);
    expect(placed.get("edge")!.x).toBeGreaterThan(80);
  });
});
