/** What may be corrected of a claim, and what a correction by words sends. */
import type { Claim, Slot } from "../api/shapes";
import type { Span } from "./spans";
import { overlap } from "./spans";
import { actorWords, code, figureWords, placeWords, plain, shareWords, timeWords } from "./words";

export interface Field {
  /** The path by which the ledger knows the value: event_type, actor[0], modality.mood. */
  readonly path: string;
  readonly name: string;
  readonly value: string;
  /** How it is given another value: from a list, by words of the text, or as numbers. */
  readonly by: "list" | "words" | "numbers";
  readonly options?: readonly string[];
  readonly slot: Slot | null;
  /** Whether it can be taken away. */
  readonly member: boolean;
}

export interface Lists { readonly types: Record<string, string[]>; readonly lists: Record<string, string[]> }
const PARTIES: Record<string, readonly string[]> = { event: ["actor", "recipient"], control: ["holder"], relation: ["subject", "object"], figure: [] };

/** The fields of *claim* in reading order; each list of parties ends in an empty place for one more. */
export function fields(claim: Claim, lists: Lists): Field[] {
  const found: Field[] = [];
  const list = (path: string, name: string, value: unknown, options: readonly string[]) =>
    found.push({ path, name, value: plain(value === null || value === undefined ? "none" : String(value)), by: "list", options, slot: null, member: false });
  const words = (path: string, name: string, slot: Slot | null | undefined, value: string, member: boolean) =>
    found.push({ path, name, value, by: "words", slot: slot ?? null, member });

  if (claim.kind === "event") {
    list("event_type", "what", claim.event_type, Object.keys(lists.types));
    list("modes", "how", (claim.modes ?? []).join(", ") || null, lists.types[claim.event_type ?? ""] ?? []);
  } else if (claim.kind === "control") list("change", "what", claim.change, lists.lists.control_change ?? []);
  else if (claim.kind === "relation") list("relation", "what", claim.relation, lists.lists.relation ?? []);
  else {
    list("measure", "what", claim.measure, lists.lists.measure ?? []);
    for (const key of ["low", "best", "high"] as const) found.push({ path: key, name: key, value: String(claim[key] ?? "not said"), by: "numbers", slot: null, member: false });
    list("bound", "bound", claim.bound, lists.lists.bound ?? []);
  }
  for (const name of PARTIES[claim.kind]!) {
    const slots = (claim[name as "actor"] ?? []) as Slot[];
    slots.forEach((slot, i) => words(`${name}[${i}]`, label(name, i), slot, actorWords(slot), true));
    words(`${name}[+]`, `${label(name, slots.length)} (new)`, null, "nobody yet", false);
  }
  if (claim.kind === "event") (claim.instrument ?? []).forEach((slot, i) => words(`instrument[${i}]`, "with what", slot, slot.text ?? "", true));
  (claim.figures ?? []).forEach((f, i) => {
    words(`figures[${i}]`, "how many", f, figureWords(f), true);
    for (const key of ["low", "best", "high"] as const) found.push({ path: `figures[${i}].${key}`, name: `  ${key}`, value: String(f[key] ?? "not said"), by: "numbers", slot: null, member: false });
  });
  if (claim.share) words("share", "share", claim.share, shareWords(claim.share), false);
  words("place", "where", claim.place, claim.place ? placeWords(claim.place) : "not said", !!claim.place);
  if (claim.kind !== "figure") words("time", "when", claim.time, claim.time ? timeWords(claim.time) : "not said", !!claim.time);
  for (const key of ["mood", "polarity", "certainty", "tense"] as const) list(`modality.${key}`, key, claim.modality[key], lists.lists[key] ?? []);
  return found;
}

const NAMES: Record<string, string> = { actor: "who", recipient: "to whom", holder: "holder", subject: "who", object: "to whom" };
const label = (name: string, i: number) => (i ? `${NAMES[name]} ${i + 1}` : NAMES[name]!);

export interface Layers { actors?: Slot[]; toponyms?: Slot[]; times?: Slot[] }
const LAYER = [["place", "toponyms"], ["time", "times"], ["", "actors"]] as const;
const KEPT: Record<string, readonly string[]> = {
  actors: ["actor_id", "name", "country", "sectors", "group", "basis", "via"],
  toponyms: ["place_id", "name", "admin1", "admin2", "country", "feature_class", "lat", "lon", "precision", "radius_m"],
  times: ["type", "value", "start", "end", "granularity", "anchor"],
};

/**
 * The value that the words of *span* give at *path*: the span, and who, where or when the report's own layers found
 * there, if exactly there. A figure keeps its numbers, as words alone do not say them.
 */
export function valueOf(path: string, span: Span, layers: Layers, before: Slot | null): Record<string, unknown> {
  if (path.startsWith("figures") || path === "share") {
    const { text: _text, spans: _spans, ...kept } = (before ?? {}) as Record<string, unknown>;
    return { ...kept, span };
  }
  if (path.startsWith("instrument")) return { span };
  const [, layer] = LAYER.find(([name]) => path.startsWith(name))!;
  const same = (layers[layer] ?? []).find((one) => one.span && one.span[0] === span[0] && one.span[1] === span[1]);
  const near = same ?? (layer === "actors" ? undefined : (layers[layer] ?? []).find((one) => one.span && overlap(one.span, span)));
  const found: Record<string, unknown> = { span };
  for (const key of KEPT[layer]!) {
    const value = (near as unknown as Record<string, unknown> | undefined)?.[key];
    if (value !== undefined && value !== null) found[key] = value;
  }
  return found;
}

/** A judgement of a blind round in words. */
export function judged(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.map(judged).join(", ") || "nobody";
  if (typeof value === "object") {
    const slot = value as Slot & { start?: string };
    return slot.text ?? slot.name ?? slot.start ?? (code(slot) || JSON.stringify(value));
  }
  return plain(String(value));
}
