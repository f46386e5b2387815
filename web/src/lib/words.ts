/** Claims in a reader's words; the same words as the command line's. */
import type { ChainLink, Claim, Figure, FigureValue, Modality, Party, PlaceSlot, Share, Slot, TimeSlot } from "../api/shapes";
import type { Mark, Role } from "./segments";
import { isolated } from "./bidi";
import { days } from "./dates";

const FATES = new Set("killed injured casualties arrested abducted missing displaced detained released surrendered".split(" "));
const DETERMINERS = new Set("the its their his her our my your these those".split(" "));
const BOUND: Record<string, string> = { exactly: "", about: "about ", at_least: "at least ", more_than: "more than ", up_to: "up to ", less_than: "less than ", between: "" };

export const plain = (word: string | null | undefined) => (word ?? "").replaceAll("_", " ");
export const number = (n: number) => n.toLocaleString("en-GB");
export const plural = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** What kind of thing is claimed: "ASSAULT / aerial", "holds", "killed", "backs". */
export function head(claim: Claim): string {
  if (claim.kind === "event") return [claim.event_type, ...(claim.modes ?? [])].filter(Boolean).join(" / ");
  if (claim.kind === "figure") return plain(claim.measure);
  return plain(claim.kind === "control" ? claim.change : claim.relation);
}

/** Mood, polarity, certainty and tense where they say more than "asserted, certain, past". */
export function mood(m: Modality): string {
  const said = [m.mood];
  if (m.polarity === "negative") said.push("not");
  if (m.certainty !== "certain") said.push(m.certainty);
  if (m.tense !== "past") said.push(m.tense);
  return said.join(", ");
}

export function asserted(m: Modality): boolean {
  return m.mood === "asserted" && m.polarity === "positive" && m.factuality > 0;
}

export function code(slot: { country?: string | null; sectors?: string[] }): string {
  return [slot.country, ...(slot.sectors ?? [])].filter(Boolean).join(" ");
}

export function actorWords(slot: Slot | Party): string {
  const words = slot.text ?? "";
  let out = isolated(words || slot.name || "?");
  const via = "via" in slot ? slot.via?.text : undefined;
  if (slot.name && slot.name !== words) out += words ? ` = ${isolated(slot.name)}` : "";
  else if (via && via !== words) out += ` = ${isolated(via)}`;
  return out;
}

/** The name by which a party is listed: who it is known to be, or its words. */
export const partyName = (slot: Slot | Party) => isolated(slot.name ?? slot.text ?? "?");

export function amount(f: { low?: number | null; best?: number | null; high?: number | null; bound?: string; text?: string | null }): string {
  const { low, best, high, bound = "exactly" } = f;
  if (best != null) return `${BOUND[bound] ?? ""}${number(best)}`;
  if (low != null && high != null) return `${number(low)} to ${number(high)}`;
  if (low != null) return `${BOUND[bound] || `${plain(bound)}, at least `}${number(low)}`;
  return high != null ? `${BOUND[bound] ?? ""}${number(high)}` : (f.text ?? "?");
}

export function figureWords(f: Figure): string {
  let of = isolated(f.of?.text ?? "");
  if (of && DETERMINERS.has(of.split(" ")[0]!.toLowerCase())) of = `of ${of}`;
  const measure = !of || FATES.has(f.measure) ? plain(f.measure) : "";
  return [amount(f), of, measure].filter(Boolean).join(" ");
}

/** An event's figure after aggregation: "12", "12 to 15", "at least 12", "cannot be decided". */
export function valueWords(v: FigureValue | undefined): string {
  if (!v || v.state === "missing") return "not said";
  if (v.state === "indeterminate" && v.best == null) return v.low != null || v.high != null ? `undecided, ${range(v)}` : "undecided";
  if (v.best != null) return v.low != null && v.high != null && v.low !== v.high ? `${number(v.best)} (${range(v)})` : number(v.best);
  return range(v);
}

function range(v: { low?: number | null; high?: number | null; open_high?: boolean }): string {
  if (v.low != null && v.high != null) return v.low === v.high ? number(v.low) + (v.open_high ? " or more" : "") : `${number(v.low)}–${number(v.high)}${v.open_high ? "+" : ""}`;
  if (v.low != null) return `at least ${number(v.low)}`;
  return v.high != null ? `up to ${number(v.high)}` : "not said";
}

export function shareWords(share: Share): string {
  const { low, best, high } = share;
  if (best == null && low == null && high == null) return `${share.text} (of the ${share.of})`;
  const size = best != null ? `${BOUND[share.bound] ?? ""}${best}` : high == null ? `${low} or more` : low == null ? `up to ${high}` : `${low}–${high}`;
  return `${share.text} (${size} % of the ${share.of})`;
}

/** A place with its province and country, each said once. */
export const placeName = (place: { name?: string | null; admin1?: string | null; country?: string | null } | null) => [...new Set([place?.name, place?.admin1, place?.country].filter((one): one is string => !!one))].map(isolated).join(", ");

export function placeWords(place: PlaceSlot): string {
  const where = placeName(place);
  const words = isolated(place.text ?? "");
  let out = where && where !== words ? (words ? `${words} = ${where}` : where) : words || where;
  if (place.precision) out += ` · ${plain(place.precision)}${place.radius_m ? `, within ${kilometres(place.radius_m)}` : ""}`;
  return out + (place.basis === "inferred" ? ` · inferred: ${place.why}` : "");
}

export const kilometres = (metres: number) => (metres < 1000 ? `${metres} m` : `${number(Math.round(metres / 100) / 10)} km`);

export function timeWords(time: TimeSlot): string {
  const said = !time.start && !time.end ? "unresolved" : days(time.start, time.end);
  if (time.basis === "inferred") return `${said} · inferred: ${time.why}`;
  return time.text ? `${isolated(time.text)} = ${said}` : said;
}

/** One member of a chain in words; `cited` where it is a source of the text and not who published it. */
export function linkWords(link: ChainLink): { words: string; cited: boolean } {
  if (link.role !== "source") return { words: link.name ?? link.text ? isolated((link.name ?? link.text)!) : `${link.role} not known`, cited: false };
  const who = link.text ? actorWords(link) : "no source named";
  const cue = link.cue?.text ? ` “${isolated(link.cue.text)}”` : "";
  const channel = link.channel?.text ? ` (${isolated(link.channel.text)})` : "";
  return { words: who + cue + channel, cited: true };
}

export function chainWords(claim: Claim): string {
  return claim.chain.map((link) => linkWords(link).words).join(" › ");
}

export interface Row { name: string; path: string; value: string; slot: Slot | null }

/** Name, path and value of each filled slot, in reading order. */
export function rows(claim: Claim): Row[] {
  const found: Row[] = [];
  const add = (name: string, path: string, value: string, slot: Slot | null = null) => found.push({ name, path, value, slot });
  for (const name of ["holder", "subject", "actor", "recipient"] as const)
    claim[name]?.forEach((slot, i) => add(name, `${name}[${i}]`, actorWords(slot), slot));
  if (Array.isArray(claim.object)) claim.object.forEach((slot, i) => add("object", `object[${i}]`, actorWords(slot), slot));
  else if (claim.object) add("object", "object", isolated(claim.object.text ?? ""), claim.object);
  claim.instrument?.forEach((slot, i) => add("instrument", `instrument[${i}]`, isolated(slot.text ?? ""), slot));
  if (claim.kind === "figure") add("figure", "figure", figureWords({ ...(claim as unknown as Figure) }) + (claim.cumulative ? ", cumulative" : ""), claim.figure ?? null);
  if (claim.since) add("since", "since", timeWords(claim.since), claim.since);
  claim.figures?.forEach((f, i) => add("figure", `figures[${i}]`, figureWords(f), f));
  if (claim.share) add("share", "share", shareWords(claim.share), claim.share);
  if (claim.place) add("place", "place", placeWords(claim.place), claim.place);
  if (claim.time) add("time", "time", timeWords(claim.time), claim.time);
  return found;
}

/** Every stretch of the text that a claim rests on, with the part it plays. */
export function marksOf(claim: Claim): Mark[] {
  const found: Mark[] = [];
  const claims = [claim.claim_id];
  const add = (value: unknown, role: Role) => {
    for (const slot of (Array.isArray(value) ? value : [value]) as (Slot | null | undefined)[]) {
      if (!slot || (slot.field ?? "text") !== "text") continue;
      for (const span of slot.spans?.length ? slot.spans : [slot.span]) if (span) found.push({ span, role, claims });
    }
  };
  if ((claim.field ?? "text") === "text") found.push({ span: claim.span, role: "clause", claims });
  for (const name of ["holder", "subject", "actor"] as const) add(claim[name], "actor");
  add(claim.recipient, "recipient");
  add(claim.object, "object");
  add(claim.instrument, "instrument");
  add(claim.place, "place");
  add([claim.time, claim.since], "time");
  add(claim.trigger, "trigger");
  add(claim.share, "share");
  if (claim.kind === "figure") { add(claim.figure, "figure"); add(claim.of, "of"); }
  for (const f of claim.figures ?? []) { add(f, "figure"); add(f.of, "of"); }
  for (const link of claim.chain) {
    if (link.role !== "source") { add(link, "agency"); continue; }
    add(link, "source"); add(link.cue, "cue"); add(link.channel, "channel");
  }
  add(claim.caveats, "caveat");
  return found;
}
