import { describe, expect, it } from "vitest";
import { pieces, type Cut } from "../src/lib/cut";

describe("a quote as an outlet cut it", () => {
  const longest = "“😀 We will not leave the town, ever,”";
  const cuts: Cut[] = [["kept", 3, 14, "We will not"], ["changed", 15, 20, "abandon"], ["kept", 21, 29, "the town"], ["dropped", 31, 35, "ever"]];
  it("keeps, strikes out and adds by code points", () =>
    expect(pieces(longest, cuts).map((p) => `${p.as}:${p.text}`)).toEqual(["kept:We will not", "kept: ", "gone:leave", "new:abandon", "kept: ", "kept:the town", "kept:, ", "gone:ever"]));
  it("sets added words apart", () => expect(pieces("a b", [["kept", 0, 1, "a"], ["added", 1, 1, "x"], ["kept", 2, 3, "b"]])[1]).toEqual({ text: " x ", as: "new" }));
});
