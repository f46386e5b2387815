import { describe, expect, it } from "vitest";
import { dayInWords, days, isDay, moment, momentInWords, shiftDay } from "../src/lib/dates";

describe("days and moments", () => {
  it("are said in words without shifting by the reader's zone", () => expect(dayInWords("2018-09-08")).toBe("Saturday 8 September 2018"));
  it("keep the zone of publication", () => {
    expect(moment("2018-09-08T11:40:00+03:00")).toBe("2018-09-08 11:40 UTC+03:00");
    expect(moment("2018-09-08T11:40:00Z")).toBe("2018-09-08 11:40 UTC");
    expect(moment("2018-09-08T11:40:00")).toBe("2018-09-08 11:40 zone not known");
    expect(moment("2018-09-08")).toBe("2018-09-08");
    expect(momentInWords("2018-09-08T11:40:00Z")).toBe("Saturday 8 September 2018, 11:40 UTC");
  });
  it("say what is not known", () => {
    expect(moment(null)).toBe("not known");
    expect(days(null, null)).toBe("day not known");
    expect(days("2018-09-01", null)).toBe("2018-09-01 to …");
  });
  it("cross months and leap days", () => {
    expect(shiftDay("2020-02-28", 1)).toBe("2020-02-29");
    expect(shiftDay("2018-01-01", -1)).toBe("2017-12-31");
  });
  it("tell a day from what only looks like one", () => {
    expect([isDay("2018-02-30"), isDay("2018-2-3"), isDay("2018-02-28")]).toEqual([false, false, true]);
  });
});
