import { describe, expect, it } from "vitest";
import { caption, crc, framed, pngWords, withWords, wrapped, type About } from "../src/lib/picture";

const about: About = {
  what: "Events by day", filter: 'type:ASSAULT place:"حلب" killed>=5', asOf: "2018-09-10", aggregation: "conservative",
  version: "1.2.3", caseName: "syria.case", made: "2026-11-22T23:34:55Z", page: "/events?q=type:ASSAULT",
};
const inks = { paper: "#fff", ink: "#000", quiet: "#555" };
const wide = (text: string) => [...text].length * 6;

describe("the caption of a picture", () => {
  it("says filter, moment, values, case and version", () => {
    const said = caption(about).join("\n");
    expect(said).toContain("as known on 2018-09-10, end of day UTC; values: conservative; case syria.case");
    expect(said).toContain("onrecord 1.2.3, drawn 2026-11-22 23:34 UTC");
  });
  it("sets a filter in Arabic script apart, so that the words after it keep their place", () => {
    expect(caption(about)[0]).toBe('Events by day; filter: \u2068type:ASSAULT place:"حلب" killed>=5\u2069');
  });
  it("gives the moment of drawing where no other was asked for", () => {
    expect(caption({ ...about, asOf: null })[1]).toContain("as known on 2026-11-22 23:34 UTC (now)");
  });
  it("is broken between words, and within one only where it must", () => {
    expect(wrapped("one two three", 42, wide)).toEqual(["one two", "three"]);
    expect(wrapped("a abcdefghij", 30, wide)).toEqual(["a", "abcde", "fghij"]);
  });
});

describe("a picture as SVG", () => {
  it("carries the same as data and escapes what it is given", () => {
    const { text, height } = framed({ inner: "<circle/>", width: 300, height: 100 }, { ...about, filter: `<script>"&'` }, inks, wide);
    expect(text).not.toContain("<script>");
    expect(text).toContain('as-of="2018-09-10"');
    expect(text).toContain('version="1.2.3"');
    expect(text).toContain("<circle/>");
    expect(height).toBeGreaterThan(130);
  });
});

describe("a picture as PNG", () => {
  const pixel = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0));
  it("checks chunks as the specification does", () => expect(crc(new TextEncoder().encode("IEND"))).toBe(0xae426082));
  it("holds the words as text chunks between its header and its data", () => {
    const made = withWords(pixel, pngWords(about));
    const view = new DataView(made.buffer);
    const found: Record<string, string> = {};
    const order: string[] = [];
    for (let at = 8; at < made.length; ) {
      const size = view.getUint32(at);
      const type = new TextDecoder().decode(made.subarray(at + 4, at + 8));
      expect(view.getUint32(at + 8 + size)).toBe(crc(made.subarray(at + 4, at + 8 + size)));
      if (type === "iTXt") {
        const [keyword, ...rest] = new TextDecoder().decode(made.subarray(at + 8, at + 8 + size)).split("\0");
        found[keyword!] = rest.at(-1)!;
      }
      order.push(type);
      at += 12 + size;
    }
    expect(order.slice(0, 2)).toEqual(["IHDR", "iTXt"]);
    expect(order.slice(-2)).toEqual(["IDAT", "IEND"]);
    expect(found.Software).toBe("onrecord 1.2.3");
    expect(found.Description).toContain("حلب");
    expect(JSON.parse(found.onrecord!)).toMatchObject({ filter: about.filter, asOf: "2018-09-10", aggregation: "conservative" });
  });
  it("refuses what is no PNG", () => expect(() => withWords(new Uint8Array(40), [])).toThrow(/signature/u));
});
