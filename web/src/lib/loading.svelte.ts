import { fresh } from "../state/fresh.svelte";

/** What was asked for: the last answer stays in view while the next one comes. */
export class Loaded<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<Error | null>(null);
  busy = $state(true);
  #turn = $state(0);

  /**
   * *ask* is called anew whenever what it reads changes; null asks nothing. Must be made while a component is set up.
   */
  constructor(ask: (signal: AbortSignal) => Promise<T | null> | null) {
    $effect(() => {
      void this.#turn;
      const stop = new AbortController();
      const asked = ask(stop.signal);
      if (!asked) {
        this.value = undefined;
        this.busy = false;
        return;
      }
      this.busy = true;
      asked.then(
        (value) => {
          if (stop.signal.aborted) return;
          this.value = value ?? undefined;
          this.error = null;
          this.busy = false;
          fresh.whenMerged(value, () => this.again());
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          this.error = error instanceof Error ? error : new Error(String(error));
          this.busy = false;
        },
      );
      return () => stop.abort();
    });
  }

  /** Asks the same again, after something was written. */
  again(): void {
    this.#turn += 1;
  }
}
