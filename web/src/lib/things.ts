import { here } from "../state/here.svelte";
import type { Changes } from "../state/address";

/** The address of one event, report, actor or place. An id with a dot ends in a slash, so that it is no file name. */
export function thing(kind: "events" | "reports" | "actors" | "places" | "agreement", id: string, changes: Changes = {}): string {
  return here.to(`/${kind}/${encodeURIComponent(id)}${id.includes(".") ? "/" : ""}`, changes);
}
