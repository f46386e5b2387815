import { describe, expect, it } from "vitest";
import { Points, count } from "../src/lib/spans";

/** One assigned or private character of each of the 17 planes, besides Arabic, Hebrew and joined emoji. */
const PLANES = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + (plane === 0 ? 0x41 : 0x123)));
const TEXTS = ["", "plain", PLANES.join(""), `a${PLANES.join("b")}c`, "إدلب — هجوم", "שלום 👩‍👩‍👧‍👦 ‮x", "e\u0301 ﷽ 🇸🇾 𠮷野家"];

describe("code points and UTF-16 units", () => {
  it.each(TEXTS)("agree with the text's own characters: %s", (text) => {
    const points = new Points(text);
    const characters = Array.from(text);
    expect(points.length).toBe(characters.length);
    expect(count(text)).toBe(characters.length);
    for (let start = 0; start <= characters.length; start += 1) {
      expect(points.point(points.unit(start))).toBe(start);
      for (let end = start; end <= characters.length; end += 1) {
        expect(points.slice([start, end])).toBe(characters.slice(start, end).join(""));
      }
    }
  });

  it("knows every plane", () => {
    const text = PLANES.join("x");
    const points = new Points(text);
    PLANES.forEach((character, plane) => expect(points.slice([plane * 2, plane * 2 + 1])).toBe(character));
  });

  it("never cuts a pair in two", () => {
    const points = new Points("a😀b");
    expect(points.point(2)).toBe(1);
    expect(points.point(2, "end")).toBe(2);
    expect(points.point(3, "end")).toBe(2);
  });

  it("keeps to the text when asked beyond it", () => {
    const points = new Points("😀");
    expect([points.unit(-3), points.unit(9), points.point(-1), points.point(99)]).toEqual([0, 2, 0, 1]);
  });

  it("trims white space and nothing else", () => {
    const points = new Points("😀  the army \n");
    expect(points.slice(points.trim([1, 13]))).toBe("the army");
    expect(points.trim([3, 6])).toEqual([3, 6]);
    const [start, end] = points.trim([1, 3]);
    expect(end - start).toBe(0);
  });

  it("finds words in any script, by code points", () => {
    const points = new Points("𠮷 said: إدلب, “12 people”");
    expect(points.words().map((span) => points.slice(span))).toEqual(["𠮷", "said", "إدلب", "12", "people"]);
  });
});
