import { describe, expect, it } from "vitest";
import { terms, toggled, toggledTerm, valuesOf, withValues } from "../src/lib/filter";

describe("the filter line", () => {
  it("is read as terms", () => {
    const found = terms('type:ASSAULT,COERCE -mood:denied killed>=5 speaker:"white helmets" "barrel bombs"');
    expect(found.map((t) => [t.negative, t.key, t.op, t.values])).toEqual([
      [false, "type", ":", ["ASSAULT", "COERCE"]],
      [true, "mood", ":", ["denied"]],
      [false, "killed", ">=", ["5"]],
      [false, "speaker", ":", ["white helmets"]],
      [false, "", "", ['"barrel bombs"']],
    ]);
  });

  it("gains and loses a value, and keeps the rest", () => {
    const line = toggled("killed>=5 outlet:BBC", "outlet", "Levant Wire");
    expect(line).toBe('killed>=5 outlet:BBC,"Levant Wire"');
    expect(toggled(line, "outlet", "bbc")).toBe('killed>=5 outlet:"Levant Wire"');
    expect(toggled("outlet:BBC x", "outlet", "BBC")).toBe("x");
  });

  it("does not touch what is asked with not", () => {
    expect(withValues("-type:ASSAULT type:AID", "type", [])).toBe("-type:ASSAULT");
    expect(valuesOf("-type:ASSAULT type:AID", "type")).toEqual(["AID"]);
  });

  it("takes whole terms in and out", () => {
    expect(toggledTerm("disputed type:AID", "disputed")).toBe("type:AID");
    expect(toggledTerm("type:AID", "accounts>=2")).toBe("type:AID accounts>=2");
  });

  it("survives an open quotation mark", () => expect(terms('place:"Idl').map((t) => t.values)).toEqual([["Idl"]]));
});
