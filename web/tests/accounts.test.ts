import { describe, expect, it } from "vitest";
import type { Claim, EventWhole } from "../src/api/shapes";
import { columns, differ, table } from "../src/lib/accounts";

const claim = (id: string, report: string, killed: number): Claim =>
  ({
    claim_id: id, report_id: report, kind: "event", event_type: "ASSAULT", modes: [], text: "", span: [0, 1], chain: [], caveats: [], links: [], actor: [], recipient: [],
    modality: { polarity: "positive", certainty: "certain", mood: "asserted", tense: "past", factuality: 3 },
    figures: [{ measure: "killed", low: killed, best: killed, high: killed, bound: "exactly" }],
  }) as unknown as Claim;
const outlet = (name: string, report: string, ...claims: string[]) => ({ outlet: name, reports: [{ report_id: report }], claim_ids: claims, stances: [], copy_of: null });
const event = {
  claim_list: [claim("a", "r1", 12), claim("b", "r2", 12), claim("c", "r3", 9)],
  voice_list: [{ origin: "r1", members: [["r2", "cut"]], agency: null }, { origin: "r3", members: [], agency: null }],
  outlets: [outlet("Wire", "r1", "a"), outlet("Courier", "r2", "b"), outlet("Ledger", "r3", "c")],
} as unknown as EventWhole & { outlets: ReturnType<typeof outlet>[] };

describe("accounts side by side", () => {
  it("fold what only carries another's text under its origin", () => {
    const found = columns(event);
    expect(found.map((c) => c.outlet)).toEqual(["Wire", "Ledger"]);
    expect(found[0]!.copies).toEqual([{ outlet: "Courier", report_id: "r2", how: "cut" }]);
  });
  it("are loud where they differ and quiet where they agree", () => {
    const rows = table(columns(event));
    expect(rows.filter((r) => r.differs).map((r) => r.name)).toEqual(["how many killed"]);
    expect(rows.find((r) => r.name === "how many killed")!.cells.map((cell) => cell[0]!.words)).toEqual(["12", "9"]);
  });
  it("do not differ from silence", () => expect(differ([[{ words: "x", key: "x", claim: "a", small: null }], []])).toBe(false));
});
