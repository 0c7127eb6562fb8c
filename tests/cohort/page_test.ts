import assert from "node:assert/strict";
import { cohortPage, type Member } from "../../pipeline/cohort/page.ts";

const member = (participant: string, more: Partial<Member> = {}): Member => ({
  participant,
  ending: "done",
  missing: "",
  firstDay: "2026-09-01",
  lastDayWorn: "2026-10-22",
  days: 50,
  daysWorn: 45,
  report: undefined,
  ...more,
});

const page = cohortPage({
  members: [
    member("p01", { report: "report-p01.html" }),
    member("p02", { lastDayWorn: "2026-10-01" }),
    member("p03", { ending: "login needed", missing: "Log in again" }),
    member("p04", { ending: "failed", missing: 'Cannot find "<gone>"', lastDayWorn: undefined }),
  ],
  weeks: [{ participant: "p01", week: new Date("2026-10-19"), daysWorn: 4 }],
  spreads: new Map([
    ["steps", [{
      day: new Date("2026-10-20"),
      participants: 3,
      p5: 1000,
      p25: 4000,
      p50: 8000,
      p75: 9000,
      p95: 12_000,
    }]],
  ]),
});

/** The participants in a section's table. */
function listed(section: string): string[] {
  const [, body = ""] = page.split(`<h2>${section}</h2>`);
  const [table = ""] = body.split("</section>");
  return Array.from(table.matchAll(/<td>(?:<a [^>]*>)?(p\d\d)/g), ([, id]) => id ?? "");
}

Deno.test("cohortPage() says who stopped, who needs a login, and what is missing", () => {
  assert.match(page, /<p>2 wear the watch, 2 stopped, 1 needs a new login.<\/p>/);
  assert.deepEqual(listed("Who stopped"), ["p02", "p04"]);
  assert.deepEqual(listed("Who needs a new login"), ["p03"]);
  assert.deepEqual(listed("What else is missing"), ["p04"]);
  assert.deepEqual(listed("Everybody"), ["p01", "p02", "p03", "p04"]);
});

Deno.test("cohortPage() links each participant's own page, and draws its pictures", () => {
  assert.match(page, /<a href="report-p01.html">p01<\/a>/);
  assert.match(page, /p01, week of 2026-10-19: 4 days/);
  assert.match(page, /2026-10-20: 8000.0 \(3 participants\)/);
});

Deno.test("cohortPage() needs nothing from elsewhere, and takes no word for markup", () => {
  assert.doesNotMatch(page.replaceAll("http://www.w3.org/2000/svg", ""), /https?:/);
  assert.ok(page.includes("Cannot find &quot;&lt;gone&gt;&quot;"));
});

Deno.test("cohortPage() names only days that stand far enough from each other", () => {
  const values = { participants: 3, p5: 1000, p25: 4000, p50: 8000, p75: 9000, p95: 12_000 };
  const days = ["2026-10-20", "2026-10-21", "2026-10-22", "2027-10-20"];
  const steps = days.map((day) => ({ day: new Date(day), ...values }));
  const html = cohortPage({ members: [], weeks: [], spreads: new Map([["steps", steps]]) });
  const named = Array.from(html.matchAll(/>(\d+ Oct \d+)</g), ([, name]) => name);
  assert.deepEqual(named, ["20 Oct 2026", "20 Oct 2027"]);
});
