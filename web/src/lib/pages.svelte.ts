import { fresh } from "../state/fresh.svelte";

interface PageOf<T> { items: T[]; next: string | null; total: number }

/** A list that comes by pages, one after the other; begins anew whenever what *ask* reads changes. */
export class Pages<T> {
  items = $state.raw<T[]>([]);
  total = $state(0);
  busy = $state(true);
  error = $state.raw<Error | null>(null);
  /** The first page as it came, with whatever else it says. */
  first = $state.raw<PageOf<T> | null>(null);
  #next: string | null = null;
  #turn = $state(0);
  #stop: AbortController | null = null;

  constructor(private readonly ask: (after: string | null, signal: AbortSignal) => Promise<PageOf<T>> | null) {
    $effect(() => {
      void this.#turn;
      this.#stop?.abort();
      const stop = (this.#stop = new AbortController());
      const asked = this.ask(null, stop.signal);
      if (asked) this.#take(asked, stop, true);
      else {
        this.items = [];
        this.total = 0;
        this.busy = false;
      }
      return () => stop.abort();
    });
  }

  again(): void {
    this.#turn += 1;
  }

  more = (): void => {
    if (this.busy || !this.#next || !this.#stop) return;
    const asked = this.ask(this.#next, this.#stop.signal);
    if (asked) this.#take(asked, this.#stop, false);
  };

  #take(asked: Promise<PageOf<T>>, stop: AbortController, begin: boolean): void {
    this.busy = true;
    asked.then(
      (page) => {
        if (stop.signal.aborted) return;
        this.items = begin ? page.items : [...this.items, ...page.items];
        if (begin) this.first = page;
        this.total = page.total;
        this.#next = page.next;
        this.error = null;
        this.busy = false;
        fresh.whenMerged(page, () => this.again());
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        this.error = error instanceof Error ? error : new Error(String(error));
        this.busy = false;
      },
    );
  }
}
