/* The first page: what the archive is, and how its texts travelled. */

const LEADS = 8, RANKED = 12, RANKED_ARTICLES = 10;

/* ---- figures ---- */

function archiveFacts() {
  const { counts, furniture, first, last } = report.overview, copies = counts.identical + counts.reprint;
  return facts([
    ["Articles", count(counts.articles), `on ${many(counts.sites, "site")}`],
    ["Time", h("span", { class: "period" }, period(first, last)), counts.undated ? `${count(counts.undated)} without a date` : "all with a date"],
    ["Reprints", share(copies, counts.articles), `${count(copies)} articles carry a text told before`],
    ["Text groups", count(counts.text_groups), `texts that ${count(counts.grouped)} articles carry`],
    ["Stories", count(counts.stories), "events that several articles tell"],
    ["Credited", share(counts.credited, counts.credited + counts.uncredited), counts.credited + counts.uncredited ? `of ${many(counts.credited + counts.uncredited, "copy", "copies")} between sites name their source` : "there are no copies between sites"],
    ["Stubs", count(counts.stubs), "pages with nothing but furniture"],
    ["Furniture", share(furniture, 1), "of all words: menus, forms, teasers, left out"],
  ]);
}

/* ---- plots ---- */

function relationPlot() {
  const { counts } = report.overview;
  const rows = PAIRED.map((relation) => RELATIONS[relation]).map((name) => ({
    name, parts: [[counts[name], "f-" + name]], tip: `${many(counts[name], "article")}: ${MEANINGS[name]}`,
    note: `${brief(counts[name])} · ${share(counts[name], counts.articles)}`,
    to: address(["stories"], { relation: name }) }));
  return plot("What articles repeat", "Articles by their relation to what they repeat.",
    (width) => lyingBars(rows, width, { names: 72 }), numbers(["relation", "articles"], rows.map((row) => [row.name, count(row.parts[0][0])])));
}

/* Sizes 2, 3, 4 and 5 by themselves, then in bins that double. */
function sizeBins(sizes) {
  const bins = new Map();
  for (const [size, groups] of sizes) {
    const low = size <= 5 ? size : size < 8 ? 6 : 2 ** Math.floor(Math.log2(size)), high = size <= 5 ? size : size < 8 ? 7 : 2 * low - 1;
    const name = low === high ? String(low) : `${count(low)}–${count(high)}`;
    bins.set(name, (bins.get(name) || 0) + groups);
  }
  return [...bins];
}

function sizePlot() {
  const sizes = [...report.overview.plots.sizes].sort((x, y) => x[0] - y[0]), bins = sizeBins(sizes);
  if (!bins.length) return null;
  const largest = sizes[sizes.length - 1][0];
  const rows = bins.map(([name, groups]) => ({ name, parts: [[groups, "f-plain"]], tip: `${many(groups, "text")} carried by ${name} articles` }));
  return plot("How often a text runs", `Texts by the number of articles that carry them; the most is ${count(largest)}.`,
    (width) => lyingBars(rows, width, { names: 72 }), numbers(["articles", "texts"], sizes.map(([size, groups]) => [count(size), count(groups)])));
}

function dayPlot() {
  const { days, step = 1 } = report.overview.plots;
  if (!days || !days.length) return null;
  const first = days[0][0], last = days[days.length - 1][0] + step, unit = step === 1 ? "day" : "week";
  const bins = days.map(([at, firsts, copies]) => ({ from: at, to: at + step, parts: [[copies, "f-reprint"], [firsts, "f-plain"]],
    tip: `${step === 1 ? "" : "week of "}${day(at * DAY)}: ${many(firsts, "first telling")}, ${many(copies, "copy", "copies")}` }));
  return plot("Copies over time", `Copies, and on top of them first tellings, by ${unit} from ${day(first * DAY)} to ${day((last - step) * DAY)}.`,
    (width) => standingBars({ bins, first, last, width, ticks: dayTicks(first, last, width / 90) }),
    numbers([unit, "first tellings", "copies"], days.map(([at, firsts, copies]) => [day(at * DAY), count(firsts), count(copies)])));
}

const hours = (n) => n < 48 ? `${+n.toPrecision(3)} h` : many(+(n / 24).toPrecision(3), "day");

/* The bins that are shown: those that end at LAG_ENDS, up to the last one with a copy in it. */
const LAG_ENDS = [1, 2, 4, 8, 12, 24, 48, 96, 168, 336, 720, null];

function lagBins(bins) {
  const merged = [];
  let copies = 0;
  for (const [end, n] of bins || []) {
    copies += n;
    if (!LAG_ENDS.includes(end)) continue;
    merged.push([end, copies]);
    copies = 0;
  }
  while (merged.length && !merged[merged.length - 1][1]) merged.pop();
  return merged;
}

function lagPlot() {
  const lags = lagBins(report.overview.plots.lags);
  if (!lags.length) return null;
  const all = lags.reduce((sum, [, copies]) => sum + copies, 0), within = lags.filter(([end]) => end !== null && end <= 24).reduce((sum, [, copies]) => sum + copies, 0);
  const rows = lags.map(([end, copies], i) => ({ name: end === null ? `over ${hours(lags[i - 1][0])}` : `to ${hours(end)}`, parts: [[copies, "f-reprint"]],
    tip: `${many(copies, "copy", "copies")} ${end === null ? "later than" : "up to"} ${hours(end === null ? lags[i - 1][0] : end)} after the first telling` }));
  return plot("How fast copies come", `Time from the first telling to the copy: ${share(within, all)} within a day.`,
    (width) => lyingBars(rows, width, { names: 96 }), numbers(["after the first telling", "copies"], rows.map((row, i) => [row.name, count(lags[i][1])])));
}

/* Bins of scores, with thresholds drawn in. */
function scorePlot(title, says, counted, marks, kinds) {
  const bins = (counted || []).map(([from, ...parts]) => [from, parts.reduce((sum, n) => sum + n, 0), parts]);
  if (!bins.some(([, n]) => n)) return null;
  const wide = bins.length > 1 ? bins[1][0] - bins[0][0] : .05;
  const drawn = bins.map(([from, n, parts]) => ({ from, to: from + wide, parts: kinds ? kinds.map((kind, i) => [parts[i], kind]) : [[n, marks.some(([mark]) => from >= mark - 1e-9) ? "f-plain" : "f-faint"]],
    tip: `${many(n, "pair")} from ${from.toFixed(2)} to ${Math.min(1, from + wide).toFixed(2)}` }));
  return plot(title, says, (width) => standingBars({ bins: drawn, first: 0, last: 1, width, marks,
    ticks: [0, .2, .4, .6, .8, 1].map((at) => [at, at.toFixed(1)]) }), numbers(["from", "pairs"], bins.map(([from, n]) => [from.toFixed(2), count(n)])));
}

/* Where a relation begins, for those whose thresholds are known. */
const thresholds = (...named) => named.filter(([relation, name]) => setting(name) !== undefined)
  .map(([relation, name]) => [setting(name), `${relation} from ${score(setting(name))}`]);

function jaccardPlot() {
  const marks = thresholds(["reprint", "reprint_jaccard"]);
  return scorePlot("How alike pairs are", `Pairs by the overlap of their texts (Jaccard).${marks.length ? ` From ${score(marks[0][0])} a pair is a reprint by this score alone.` : ""}`,
    report.overview.plots.similarity, marks, marks.length ? null : ["f-plain"]);
}

const tellingPlot = () => scorePlot("How alike stories are told", "Pairs in other words, by the similarity of what they tell.",
  report.overview.plots.rewrites, thresholds(["related", "related_similarity"], ["rewrite", "rewrite_similarity"]), ["f-rewrite", "f-related"]);

/* Sites with the largest share of republished articles, among those with enough articles to have one. */
function sitePlot() {
  const { name, articles, copies, credited } = report.sites;
  const least = articles.some((n) => n >= RANKED_ARTICLES) ? RANKED_ARTICLES : 1;
  const ranked = name.map((_, site) => site).filter((site) => articles[site] >= least && copies[site])
    .sort((x, y) => copies[y] / articles[y] - copies[x] / articles[x] || copies[y] - copies[x]).slice(0, RANKED);
  if (!ranked.length) return null;
  const rows = ranked.map((site) => ({ name: shownLine(siteName(site) || "no site", 28), to: siteAddress(site),
    parts: [[credited[site] / articles[site], "f-credited"], [(copies[site] - credited[site]) / articles[site], "f-uncredited"]],
    note: share(copies[site], articles[site]),
    tip: `${count(copies[site])} of ${many(articles[site], "article")} repeat another site's; ${count(credited[site])} name their source` }));
  return plot("Who republishes most", `Share of a site's articles that carry a text or passage of another site, credited and not, among sites with ${many(least, "article")} or more.`,
    (width) => lyingBars(rows, width, { names: 200 }), numbers(["site", "articles", "copies", "credited"],
      ranked.map((site) => [siteLabel(site), count(articles[site]), count(copies[site]), count(credited[site])])));
}

function agencyPlot() {
  const agencies = report.overview.agencies.map(([name, articles], i) => [name, articles, i]).sort((x, y) => y[1] - x[1]).slice(0, RANKED);
  if (!agencies.length) return null;
  const rows = agencies.map(([name, articles, i]) => ({ name: shownLine(name, 28), parts: [[articles, "f-plain"]], to: address(["stories"], { agency: i }),
    tip: `${many(articles, "article")} name ${shownLine(name, 60)}` }));
  return plot("Agencies", "News agencies by the articles that name them as their source.", (width) => lyingBars(rows, width, { names: 185 }),
    numbers(["agency", "articles"], agencies.map(([name, articles]) => [shownLine(name), count(articles)])));
}

const key = (...entries) => h("ul", { class: "key" }, entries.map(([kind, text]) => h("li", null, h("i", { class: "k-" + kind }), text)));

/* ---- the widest stories, and what to make of it all ---- */

function leads() {
  const { stories } = report, n = Math.min(LEADS, storyCount());
  if (!n) return h("p", null, "No two articles of this archive tell one story.");
  return [h("ol", { class: "leads" }, Array.from({ length: n }, (_, i) => h("li", null,
    link(storyAddress(i), titled(stories.title[i])),
    h("span", null, `${many(stories.articles[i], "article")}, ${many(stories.sites[i], "site")}, ${many(stories.texts[i], "text")} · ${period(stories.first[i], stories.last[i])}`)))),
  h("p", null, link("#/stories", `All ${many(storyCount(), "story", "stories")}`))];
}

function trust() {
  const { counts, params } = report.overview;
  const known = [counts.hot_keys === null || counts.hot_keys === undefined ? null : counts.hot_keys ? `${many(counts.hot_keys, "search", "searches")} met a passage that stands in so many articles that only some of them were compared; copies of very common texts may be missed.`
    : "No search for candidates was cut short.",
  counts.bridges ? `${many(counts.bridges, "time")} an article held on two texts that were kept apart, so that groups do not chain.` : null,
  counts.undated ? `${many(counts.undated, "article")} without a date: who was first is a guess there, by order of arrival.` : null,
  "A relation says what stands in the texts, not who took it from whom. The first telling is the one with the earliest date; a wire text that two sites took from one agency looks as if one had taken it from the other.",
  "Credits are looked for at the head and tail of an article. “Not credited” means that none was found there."];
  return [h("ul", null, known.filter(Boolean).map((text) => h("li", null, text))),
    Object.keys(params || {}).length === 0 ? "" : h("details", { class: "behind" }, h("summary", null, "Parameters of the index"), h("table", { class: "numbers" },
      h("tbody", null, Object.entries(params).map(([name, value]) => h("tr", null, h("th", { scope: "row" }, h("code", null, name)), h("td", null, String(value)))))))];
}

function drawOverview(main) {
  const sites = sitePlot(), days = dayPlot(), tellings = tellingPlot();
  if (sites) sites.append(key(["credited", "source named"], ["uncredited", "not named"]));
  if (tellings) tellings.append(key(["rewrite", "rewrites"], ["related", "related"]));
  if (days) days.append(key(["reprint", "copies"], ["plain", "first tellings"]));
  main.append(heading(1, "What ran where"), archiveFacts(),
    section("Told most often", leads()),
    section("How texts travelled", h("div", { class: "plots" }, [relationPlot(), days, lagPlot(), sizePlot(), sites, agencyPlot(), jaccardPlot(), tellings].filter(Boolean))),
    section("How far to trust this", trust()));
  return "Overview";
}
