import { address, changed, route, type Changes } from "./address";

/** Where the reader is: the address of the page, and what it says. */
class Here {
  path = $state(location.pathname);
  search = $state(location.search);
  params = $derived(new URLSearchParams(this.search));
  route = $derived(route(this.path));
  q = $derived(this.params.get("q") ?? "");
  asOf = $derived(this.params.get("as_of"));
  aggregation = $derived(this.params.get("aggregation") ?? "representative");

  get(key: string): string | null {
    return this.params.get(key);
  }

  /** An address within the workbench that keeps filter, date and aggregation. */
  to(path: string, changes: Changes = {}): string {
    return address(path, this.params, changes);
  }

  /** This page with other parameters. */
  with(changes: Changes): string {
    return changed(this.path, this.params, changes);
  }

  go(to: string, replace = false): void {
    const before = this.path;
    history[replace ? "replaceState" : "pushState"](null, "", to);
    this.#read();
    if (before !== this.path) scrollTo(0, 0);
  }

  /** Changes parameters of this page; `replace` keeps the history short while something is dragged or typed. */
  set(changes: Changes, replace = false): void {
    const to = this.with(changes);
    if (to !== location.pathname + location.search) this.go(to, replace);
  }

  /** Follows the browser's own buttons and plain clicks on links; returns how to stop. */
  listen(): () => void {
    const moved = () => this.#read();
    const clicked = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element).closest?.("a");
      if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
      if (link.pathname.startsWith("/api/") || (link.hash && link.pathname === location.pathname)) return;
      event.preventDefault();
      this.go(link.pathname + link.search + link.hash);
    };
    addEventListener("popstate", moved);
    document.addEventListener("click", clicked);
    return () => {
      removeEventListener("popstate", moved);
      document.removeEventListener("click", clicked);
    };
  }

  #read(): void {
    this.path = location.pathname;
    this.search = location.search;
  }
}

export const here = new Here();
