import { describe, expect, it } from "vitest";
import { address, changed, route } from "../src/state/address";

const now = (query: string) => new URLSearchParams(query);

describe("addresses", () => {
  it("carry filter, date and aggregation from view to view, and nothing else", () =>
    expect(address("/quotes", now("q=type%3AAID&as_of=2018-09-09&aggregation=conservative&sort=day&claim=c1"))).toBe(
      "/quotes?q=type%3AAID&as_of=2018-09-09&aggregation=conservative",
    ));
  it("are the same for the same state, however it was reached", () => {
    const one = changed("/events", now("sort=day"), { q: "killed>=5", as_of: "2018-09-09" });
    const other = changed("/events", now("as_of=2018-09-09&q=x&sort=day"), { q: "killed>=5" });
    expect(one).toBe(other);
  });
  it("leave out what is not set", () => expect(changed("/events", now("q=x&sort=day"), { q: "", sort: null })).toBe("/events"));
  it("come back whole", () => {
    const q = 'speaker:"White Helmets" إدلب 😀 a+b&c=d';
    expect(now(address("/", now(""), { q }).split("?")[1]!).get("q")).toBe(q);
  });
});

describe("routes", () => {
  it("name the view and the thing", () => {
    expect(route("/")).toEqual({ view: "overview", id: null });
    expect(route("/events/e12")).toEqual({ view: "event", id: "e12" });
    expect(route("/places/geonames%3A167611")).toEqual({ view: "place", id: "geonames:167611" });
  });
  it("do not guess", () => {
    expect(route("/nowhere").view).toBe("missing");
    expect(route("/quotes/q1").view).toBe("missing");
    expect(route("/events/%E0%A4%A").id).toBe("%E0%A4%A");
  });
});
