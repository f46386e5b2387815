import { describe, expect, it } from "vitest";
import { brackets, segments, type Mark } from "../src/lib/segments";
import type { Span } from "../src/lib/spans";

const mark = (start: number, end: number, role: Mark["role"], ...claims: string[]): Mark => ({ span: [start, end], role, claims });

describe("segments", () => {
  it("cover the text without gap or overlap", () => {
    const found = segments(20, [mark(3, 9, "actor", "a"), mark(5, 15, "clause", "a"), mark(9, 9, "cue", "b")], [12]);
    expect(found.map((s) => s.span).flat()).toEqual([0, 3, 3, 5, 5, 9, 9, 12, 12, 15, 15, 20]);
  });

  it("carry every mark that lies over them", () => {
    const found = segments(10, [mark(0, 6, "clause", "a"), mark(2, 4, "trigger", "a"), mark(2, 8, "clause", "b")]);
    const at = (point: number) => found.find((s) => s.span[0] <= point && point < s.span[1])!.marks.map((m) => m.role + m.claims[0]);
    expect(at(3)).toEqual(["clausea", "triggera", "clauseb"]);
    expect(at(7)).toEqual(["clauseb"]);
    expect(at(9)).toEqual([]);
  });

  it("give an empty text nothing to show", () => expect(segments(0, [])).toEqual([]));
});

describe("brackets", () => {
  const drawn = (...contents: Span[][]) => brackets(contents).map((b) => `${b.at}${b.side === "open" ? "[" : "]"}${b.depth}`).join(" ");

  it("nest what a source cites of another", () => expect(drawn([[0, 30]], [[10, 20]])).toBe("0[1 10[2 20]2 30]1"));
  it("close inside out and open outside in", () => expect(drawn([[0, 10]], [[5, 10]], [[10, 20]], [[10, 12]])).toBe("0[1 5[2 10]2 10]1 10[1 10[2 12]2 20]1"));
  it("tell two attributions of the same words apart", () => expect(drawn([[0, 9]], [[0, 9]])).toBe("0[1 0[2 9]2 9]1"));
  it("keep the parts of one content on one level", () => expect(drawn([[0, 4], [8, 12]])).toBe("0[1 4]1 8[1 12]1"));
});
