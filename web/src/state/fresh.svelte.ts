import { get, onAnswer } from "../api/client";

const PAUSE = 1500;

/** Whether the events in view are merged up to the newest entry; what was asked before they were is asked again. */
class Fresh {
  /** Up to which entry they are merged, and the newest one; null while nothing lags. */
  lag = $state.raw<{ merged: number; newest: number } | null>(null);
  #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  listen(): void {
    onAnswer((value) => {
      if (typeof value !== "object" || value === null || (value as { fresh?: boolean }).fresh !== false || "newest_entry" in value) return;
      const { merged_entry: merged = 0, entry = 0 } = value as { merged_entry?: number; entry?: number };
      this.lag = { merged, newest: Math.max(entry, this.lag?.newest ?? 0) };
      this.#timer ??= setTimeout(() => void this.#look(), 60);
    });
  }

  /** Calls *again* once events are merged, where *value* was an answer from before. */
  whenMerged(value: unknown, again: () => void): void {
    if (typeof value === "object" && value !== null && (value as { fresh?: boolean }).fresh === false) this.#waiting.add(again);
  }

  async #look(): Promise<void> {
    this.#timer = null;
    try {
      const found = await get("/api/v1/events/merged");
      if (found.fresh) {
        const waiting = [...this.#waiting];
        this.#waiting.clear();
        this.lag = null;
        for (const again of waiting) again();
        return;
      }
      this.lag = { merged: found.merged_entry, newest: found.newest_entry };
    } catch {
      // Asked again below: a page that cannot reach its server says so where it shows what it asked for.
    }
    this.#timer = setTimeout(() => void this.#look(), PAUSE);
  }
}

export const fresh = new Fresh();
