/** The accounts of one event, laid side by side: one column an outlet, one row a thing said. */
import type { Claim, EventWhole, Figure, Slot } from "../api/shapes";
import { days } from "./dates";
import { actorWords, amount, chainWords, code, mood, placeWords, plain } from "./words";

export interface Said {
  /** What a reader sees. */
  readonly words: string;
  /** What is compared: cells of one row differ where these differ. */
  readonly key: string;
  readonly claim: string;
  readonly small: string | null;
}
export interface Row { readonly name: string; readonly cells: readonly (readonly Said[])[]; readonly differs: boolean }
export interface Column { readonly outlet: string | null; readonly claims: readonly Claim[]; readonly reports: readonly { report_id: string; published: string | null; title: string | null; copy_of?: string | null }[]; readonly stances: readonly string[]; readonly copies: readonly { outlet: string | null; report_id: string; how: string }[] }

type Outlet = { outlet: string | null; reports: Record<string, unknown>[]; claim_ids: string[]; stances: string[]; copy_of: string | null };

/** Columns of an event: an outlet that only carries copies or cuts of another's text is folded under that one. */
export function columns(event: EventWhole & { outlets: Outlet[] }): Column[] {
  const claims = new Map(event.claim_list.map((c) => [c.claim_id, c]));
  const from = new Map(event.voice_list.flatMap((v) => v.members.filter(([, how]) => how !== "version").map(([report, how]) => [report, { origin: v.origin, how }] as const)));
  const reports = (o: Outlet) => o.reports.map((r) => r.report_id as string);
  /** The column under which *o* is folded: where all of its reports come from. */
  const home = (o: Outlet) => {
    const origins = reports(o).map((r) => from.get(r)?.origin);
    return event.outlets.find((other) => other !== o && origins.every((origin) => origin && reports(other).includes(origin)));
  };
  const folded = event.outlets.filter((o) => home(o));
  return event.outlets
    .filter((o) => !folded.includes(o))
    .map((o) => ({
      outlet: o.outlet,
      claims: o.claim_ids.flatMap((id) => claims.get(id) ?? []),
      reports: o.reports as unknown as Column["reports"],
      stances: o.stances,
      copies: folded.filter((copy) => home(copy) === o).map((copy) => ({ outlet: copy.outlet, report_id: reports(copy)[0]!, how: from.get(reports(copy)[0]!)!.how })),
    }));
}

const slots = (list: readonly Slot[] | undefined, claim: Claim): Said[] =>
  (list ?? []).map((slot) => ({ words: actorWords(slot), key: slot.actor_id ?? (code(slot) || (slot.text ?? "").toLowerCase()), claim: claim.claim_id, small: code(slot) || null }));

const figureKey = (f: Figure) => `${f.low ?? ""}/${f.best ?? ""}/${f.high ?? ""}/${f.bound}`;

/** The rows of the side-by-side table; a row differs where two columns that say something say different things. */
export function table(cols: readonly Column[]): Row[] {
  const measures = [...new Set(cols.flatMap((c) => c.claims.flatMap((one) => (one.figures ?? []).map((f) => f.measure))))];
  const row = (name: string, of: (claim: Claim) => Said[]): Row => {
    const cells = cols.map((c) => unique(c.claims.flatMap(of)));
    return { name, cells, differs: differ(cells) };
  };
  const one = (claim: Claim, words: string | null | undefined, key: string | null | undefined, small: string | null = null): Said[] => (words ? [{ words, key: key ?? words, claim: claim.claim_id, small }] : []);
  const found = [
    row("what", (c) => one(c, [c.event_type, ...(c.modes ?? [])].filter(Boolean).map(plain).join(" / "), c.event_type)),
    row("who", (c) => slots(c.actor, c)),
    row("to whom", (c) => slots(c.recipient, c)),
    ...measures.map((m) => row(`how many ${plain(m)}`, (c) => (c.figures ?? []).filter((f) => f.measure === m).map((f) => ({ words: amount(f), key: figureKey(f), claim: c.claim_id, small: f.text ?? null })))),
    row("where", (c) => (c.place ? one(c, placeWords(c.place), c.place.place_id) : [])),
    row("when", (c) => (c.time?.start ? one(c, days(c.time.start, c.time.end), c.time.start, c.time.text) : [])),
    row("with what", (c) => (c.instrument ?? []).flatMap((slot) => one(c, slot.text, (slot.text ?? "").toLowerCase()))),
    row("said how", (c) => one(c, mood(c.modality), c.modality.mood + c.modality.polarity)),
    row("on whose word", (c) => one(c, chainWords({ ...c, chain: c.chain.filter((l) => l.role !== "outlet") }) || "the outlet's own", "")),
  ];
  return found.filter((r) => r.cells.some((cell) => cell.length));
}

function unique(list: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return list.filter((s) => !seen.has(s.key + s.words) && seen.add(s.key + s.words));
}

/** Two cells differ where both say something and no value is said by both. */
export function differ(cells: readonly (readonly Said[])[]): boolean {
  const keys = cells.map((cell) => new Set(cell.map((s) => s.key))).filter((set) => set.size);
  return keys.some((a, i) => keys.slice(i + 1).some((b) => [...a].every((key) => !b.has(key))));
}
