/** How an outlet cut a quote: pieces of the longest version, in order, with what became of each. */
import { Points } from "./spans";

export type Cut = readonly [op: "kept" | "dropped" | "changed" | "added", start: number, end: number, words: string];
export interface Piece { readonly text: string; readonly as: "kept" | "gone" | "new" }

/** What is to be drawn: the longest version's text with what is gone struck out and what is new beside it. */
export function pieces(longest: string, cuts: readonly Cut[]): Piece[] {
  const points = new Points(longest);
  const found: Piece[] = [];
  const add = (text: string, as: Piece["as"]) => text && found.push({ text, as });
  let at = cuts[0]?.[1] ?? 0;
  for (const [op, start, end, words] of cuts) {
    add(points.slice([at, start]), "kept");
    if (op === "kept") add(points.slice([start, end]), "kept");
    else if (op !== "added") add(points.slice([start, end]), "gone");
    if (op === "changed" || op === "added") add(op === "added" ? ` ${words} ` : words, "new");
    at = end;
  }
  return found;
}
