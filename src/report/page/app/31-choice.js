/* Which stories are shown, and in which order: the reader's choice as it stands in the address. */

const ORDERS = {
  articles: ["most articles", (x, y) => x - y],
  sites: ["most sites", (x, y) => report.stories.sites[y] - report.stories.sites[x] || x - y],
  independent: ["most independent tellings", (x, y) => report.stories.independent[y] - report.stories.independent[x] || x - y],
  newest: ["newest", (x, y) => datedOr(report.stories.first[y], -Infinity) - datedOr(report.stories.first[x], -Infinity) || x - y],
  oldest: ["oldest", (x, y) => datedOr(report.stories.first[x], Infinity) - datedOr(report.stories.first[y], Infinity) || x - y],
  uncredited: ["most copies without credit", (x, y) => report.stories.uncredited[y] - report.stories.uncredited[x] || x - y],
  title: ["title", (x, y) => folded().order[x] - folded().order[y]],
};

const CREDITS = { none: "some copies not credited", all: "all copies credited" };

function datedOr(seconds, other) {
  return seconds === null ? other : seconds;
}

/* What is searched for and sorted by: without case, accents and marks. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

let foldedStories = null;

function folded() {
  if (!foldedStories) {
    const titles = report.stories.title.map((title) => fold(title || "")), order = new Uint32Array(titles.length);
    const rank = titles.map((_, i) => i).sort((x, y) => titles[x] < titles[y] ? -1 : titles[x] > titles[y] ? 1 : x - y);
    rank.forEach((story, i) => { order[story] = i; });
    foldedStories = { titles, order, sites: report.sites.name.map((name) => fold(name || "")) };
  }
  return foldedStories;
}

/* "2017-02-28" as seconds, `days` later; null where it is no date. */
function dayRead(text, days) {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text || "") ? Date.parse(text + "T00:00:00Z") : NaN;
  return Number.isNaN(ms) ? null : ms / 1000 + days * DAY;
}

function siteNumber(text) {
  return text && /^\d+$/.test(text) && Number(text) < report.sites.name.length ? Number(text) : null;
}

/* Each word has to stand in the title, or in the name of a site that told the story. */
function wordTests(text) {
  return fold(text).split(/\s+/).filter(Boolean).map((word) => {
    const told = new Uint8Array(report.sites.name.length);
    folded().sites.forEach((name, site) => { told[site] = name.includes(word) ? 1 : 0; });
    return (i) => folded().titles[i].includes(word) || report.stories.site_list[i].some((site) => told[site]);
  });
}

/* The tests that a story has to pass. */
function testsOf(query) {
  const { stories } = report, tests = [], site = siteNumber(query.get("site")), agency = query.get("agency");
  if (site !== null) tests.push((i) => stories.site_list[i].includes(site));
  if (agency && /^\d+$/.test(agency)) tests.push((i) => stories.agency[i].includes(Number(agency)));
  const relation = PAIRED.find((number) => RELATIONS[number] === query.get("relation"));
  if (relation) tests.push((i) => stories.relations[i] >> (relation - 1) & 1);
  const from = dayRead(query.get("from"), 0), to = dayRead(query.get("to"), 1);
  if (from !== null) tests.push((i) => stories.last[i] !== null && stories.last[i] >= from);
  if (to !== null) tests.push((i) => stories.first[i] !== null && stories.first[i] < to);
  if (query.get("credit") === "none") tests.push((i) => stories.uncredited[i] > 0);
  if (query.get("credit") === "all") tests.push((i) => stories.uncredited[i] === 0 && stories.credited[i] > 0);
  return tests.concat(wordTests(query.get("q") || ""));
}

/* The numbers of the stories to show, in their order. */
function chosenStories(query) {
  const tests = testsOf(query), chosen = [], order = query.get("sort");
  for (let i = 0; i < storyCount(); i++) if (tests.every((test) => test(i))) chosen.push(i);
  return ORDERS[order] && order !== "articles" ? chosen.sort(ORDERS[order][1]) : chosen;
}
