/** The network of relations: which links are drawn, how, and in which words. */
import type { Spot } from "./layout";
import { plain, plural } from "./words";

export type Kind = "relation" | "cooperation" | "conflict" | "membership" | "office";
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly basis: string;
  readonly kind: Kind;
  readonly relation: string;
  readonly by: Readonly<Record<string, number>>;
  readonly claims: number;
  readonly denied: number;
  readonly claim_ids: readonly string[];
  readonly start: string | null;
  readonly end: string | null;
  readonly title: string | null;
}
export const KINDS: readonly Kind[] = ["conflict", "cooperation", "relation", "membership", "office"];
/** How a kind of link is drawn, apart by line as well as by colour, and what it is called. */
export const LOOK: Record<Kind, { ink: string; dash: string | null; words: string }> = {
  conflict: { ink: "var(--loud)", dash: "7 4", words: "conflict" },
  cooperation: { ink: "var(--calm)", dash: null, words: "cooperation" },
  relation: { ink: "var(--relation)", dash: "12 3 2 3", words: "relations told" },
  membership: { ink: "var(--quiet)", dash: "2 3", words: "memberships" },
  office: { ink: "var(--quiet)", dash: "1 4", words: "offices" },
};
const MANY_OFFICES = 6;

/** The kinds that are left out: those chosen, or offices where there are many of them and nothing was chosen. */
export function hidden(chosen: string | null, counts: Readonly<Record<string, number>>): Set<Kind> {
  if (chosen === null) return new Set((counts.office ?? 0) > MANY_OFFICES ? ["office"] : []);
  return new Set(chosen.split(",").filter((one): one is Kind => (KINDS as readonly string[]).includes(one)));
}

/** "ASSAULT 10, THREATEN 2", or the relation and its title. */
export function tieWords(tie: Tie): string {
  if (tie.basis === "dealings") return Object.entries(tie.by).sort((a, b) => b[1] - a[1]).map(([type, n]) => (n > 1 ? `${plain(type)} ${n}` : plain(type))).join(", ");
  return tie.title ?? plain(tie.relation);
}

/** From when to when, as it is known. */
export function tieDays(tie: Tie): string {
  if (!tie.start && !tie.end) return tie.basis === "registry" ? "no day in the registry" : "no day told";
  if (tie.start === tie.end) return tie.start!;
  return tie.basis === "dealings" ? `${tie.start} to ${tie.end}` : `${tie.start ?? "…"} to ${tie.end ?? "still"}`;
}

export function tieTitle(tie: Tie, name: (key: string) => string): string {
  const rests = tie.claims ? plural(tie.claims, "claim") + (tie.denied ? `, ${tie.denied} of them denied` : "") : "from the registry";
  return `${name(tie.from)} → ${name(tie.to)}: ${LOOK[tie.kind].words}: ${tieWords(tie)}; ${tieDays(tie)}; ${rests}`;
}

/** Links between the same two bow apart; each gets its path, the middle for its words, and a width by its claims. */
export function curves(ties: readonly Tie[], spots: ReadonlyMap<string, Spot>): { tie: Tie; path: string; mid: Spot; width: number }[] {
  const between = new Map<string, number>();
  const all = new Map<string, number>();
  const pair = (t: Tie) => (t.from < t.to ? `${t.from}\n${t.to}` : `${t.to}\n${t.from}`);
  for (const tie of ties) all.set(pair(tie), (all.get(pair(tie)) ?? 0) + 1);
  return ties.flatMap((tie) => {
    const [a, b] = [spots.get(tie.from), spots.get(tie.to)];
    if (!a || !b || a === b) return [];
    const nth = between.get(pair(tie)) ?? 0;
    between.set(pair(tie), nth + 1);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const long = Math.max(1, Math.hypot(dx, dy));
    // To the same side for both directions, so that a link and its answer do not lie on one another.
    const side = tie.from < tie.to ? 1 : -1;
    const bow = (nth - (all.get(pair(tie))! - 1) / 2) * Math.min(26, long / 3) * side;
    const control = { x: (a.x + b.x) / 2 - (dy / long) * bow * 2, y: (a.y + b.y) / 2 + (dx / long) * bow * 2 };
    const [tx, ty] = [b.x - control.x, b.y - control.y];
    const last = Math.max(1, Math.hypot(tx, ty));
    const end = { x: b.x - (tx / last) * 10, y: b.y - (ty / last) * 10 };
    const mid = { x: (a.x + 2 * control.x + b.x) / 4, y: (a.y + 2 * control.y + b.y) / 4 };
    const n = (value: number) => value.toFixed(1);
    return [{ tie, path: `M${n(a.x)} ${n(a.y)}Q${n(control.x)} ${n(control.y)} ${n(end.x)} ${n(end.y)}`, mid, width: 1.2 + Math.min(2.2, Math.log2(Math.max(1, tie.claims)) * 0.35) }];
  });
}

/** Spots for those who have none yet, in rows beneath the others: whoever stood somewhere stays there. */
export function guests(ids: readonly string[], spots: ReadonlyMap<string, Spot>, width: number, height: number): { spots: Map<string, Spot>; height: number } {
  const found = new Map(spots);
  const missing = ids.filter((id) => !found.has(id));
  const row = Math.max(1, Math.floor(width / 120));
  missing.forEach((id, i) => found.set(id, { x: ((i % row) + 0.5) * (width / Math.min(row, missing.length)), y: height + 22 + Math.floor(i / row) * 44 }));
  return { spots: found, height: height + Math.ceil(missing.length / row) * 44 };
}

const HALF = 3.4; // pixels, half the width of a letter of a name
const TALL = 13;

/** Where the names stand: away from whom they are tied to, and, where that is taken, on the other side of their mark. */
export function names(spots: ReadonlyMap<string, Spot>, words: (id: string) => string, ties: readonly Tie[], width: number): Map<string, Spot> {
  const found = new Map<string, Spot>();
  const taken: { x: number; y: number; half: number }[] = [];
  const around = new Map<string, number[]>();
  for (const { from, to } of ties) {
    const [a, b] = [spots.get(from), spots.get(to)];
    if (a && b) {
      around.set(from, [...(around.get(from) ?? []), b.y]);
      around.set(to, [...(around.get(to) ?? []), a.y]);
    }
  }
  for (const [id, { x, y }] of spots) {
    const others = around.get(id) ?? [];
    const above = others.length > 0 && others.reduce((n, one) => n + one, 0) / others.length > y + 4;
    const half = words(id).length * HALF;
    const at = Math.min(Math.max(x, half + 3), Math.max(half + 3, width - half - 3));
    const free = (where: number) => !taken.some((one) => Math.abs(one.y - where) < TALL && Math.abs(one.x - at) < one.half + half);
    const [first, second] = above && y > 20 ? [y - 10, y + 17] : [y + 17, Math.max(10, y - 10)];
    const chosen = free(first) || !free(second) ? first : second;
    taken.push({ x: at, y: chosen, half });
    found.set(id, { x: at, y: chosen });
  }
  return found;
}
