import { get, hold, post, put, remove } from "../api/client";
import type { components } from "../api/types";

type State = components["schemas"]["Session"];

/** Who is signed in, and what the server is. */
class Session {
  state = $state.raw<State | null>(null);
  error = $state.raw<Error | null>(null);
  may = $derived(new Set(this.state?.may ?? []));
  name = $derived(this.state?.person?.name ?? null);

  async begin(): Promise<void> {
    try {
      this.#take(await get("/api/v1/session"));
      this.error = null;
    } catch (error) {
      this.error = error instanceof Error ? error : new Error(String(error));
    }
  }

  async enter(name: string, password: string): Promise<void> {
    this.#take(await post("/api/v1/session", { name, password }));
  }

  async rename(name: string): Promise<void> {
    this.#take(await put("/api/v1/session", { name }));
  }

  async leave(): Promise<void> {
    await remove("/api/v1/session");
    await this.begin();
  }

  #take(state: State): void {
    this.state = state;
    hold(state.csrf, () => void this.begin());
  }
}

export const session = new Session();
