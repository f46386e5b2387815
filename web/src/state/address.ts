/** Addresses of the workbench: everything that a view shows follows from its path and these parameters. */

/** What goes along from view to view; the rest belongs to one view. */
export const KEPT = ["q", "as_of", "aggregation"] as const;

export type Changes = Record<string, string | number | boolean | null | undefined>;

/** *path* with the kept parameters of *now* and *changes*; empty values are left out, the order is always the same. */
export function address(path: string, now: URLSearchParams, changes: Changes = {}): string {
  const kept: Changes = {};
  for (const key of KEPT) kept[key] = now.get(key);
  return written(path, { ...kept, ...changes });
}

/** The address that one is at, with *changes*. */
export function changed(path: string, now: URLSearchParams, changes: Changes): string {
  return written(path, { ...Object.fromEntries(now), ...changes });
}

function written(path: string, values: Changes): string {
  const order = (key: string) => (KEPT as readonly string[]).indexOf(key) + 1 || 99;
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
    .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
    .map(([key, value]) => [key, String(value)]);
  const query = new URLSearchParams(pairs as string[][]).toString();
  return query ? `${path}?${query}` : path;
}

export interface Route { readonly view: View; readonly id: string | null }
export type View =
  | "overview" | "events" | "event" | "reports" | "report" | "quotes" | "actors" | "actor" | "places" | "place"
  | "compare" | "diff" | "review" | "agreement" | "export" | "settings" | "missing";

const LISTS: Record<string, View> = {
  "": "overview", events: "events", reports: "reports", quotes: "quotes", actors: "actors", places: "places",
  compare: "compare", diff: "diff", review: "review", agreement: "agreement", export: "export", settings: "settings",
};
const ONES: Record<string, View> = { events: "event", reports: "report", actors: "actor", places: "place", agreement: "agreement" };

/** Which view a path means, and which thing of it. */
export function route(path: string): Route {
  const [, first = "", rest = ""] = /^\/([^/]*)(?:\/(.+))?$/u.exec(path) ?? [];
  if (rest) return { view: ONES[first] ?? "missing", id: safeDecode(rest.replace(/\/$/u, "")) };
  return { view: LISTS[first] ?? "missing", id: null };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
