import { describe, expect, it } from "vitest";
import { isolated } from "../src/lib/bidi";
import { actorWords, partyName, placeName } from "../src/lib/words";

describe("names of right-to-left scripts in English rows", () => {
  it("are set apart, and others are left as they are", () => {
    expect(isolated("صوت حلب")).toBe("\u2068صوت حلب\u2069");
    expect(isolated("ועד הבית")).toBe("\u2068ועד הבית\u2069");
    expect(isolated("Levant Wire, 2018")).toBe("Levant Wire, 2018");
  });
  it("each for itself, so that their order stays", () => {
    expect([{ name: "الجيش" }, { name: "اللجنة" }].map(partyName).join(", ")).toBe("\u2068الجيش\u2069, \u2068اللجنة\u2069");
    expect(actorWords({ text: "the army", name: "الجيش" })).toBe("the army = \u2068الجيش\u2069");
    expect(placeName({ name: "حلب", admin1: "Aleppo", country: "SYR" })).toBe("\u2068حلب\u2069, Aleppo, SYR");
  });
  it("of a place are said once each", () => expect(placeName({ name: "Idlib", admin1: "Idlib", country: null })).toBe("Idlib"));
});
