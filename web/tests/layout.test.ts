import { describe, expect, it } from "vitest";
import { layout } from "../src/lib/layout";

describe("the network", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const links = [["a", "b"], ["b", "c"], ["d", "e"]] as const;
  it("places everybody within the picture, nobody on another's spot", () => {
    const { spots, height } = layout(ids, links, 500);
    const seen = ids.map((id) => spots.get(id)!);
    for (const { x, y } of seen) expect(x >= 0 && x <= 500 && y >= 0 && y <= height).toBe(true);
    expect(new Set(seen.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`)).size).toBe(ids.length);
  });
  it("is drawn the same each time", () => expect([...layout(ids, links, 500).spots]).toEqual([...layout(ids, links, 500).spots]));
  it("is empty without actors", () => expect(layout([], [], 500)).toEqual({ spots: new Map(), height: 0 }));
});
