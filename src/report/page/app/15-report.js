/* What stands in the blocks, by name. */

const RELATIONS = ["none", "identical", "reprint", "excerpt", "rewrite", "related", "original", "single", "stub"];
const PAIRED = [1, 2, 3, 4, 5];
const MEANINGS = {
  identical: "the same words in the same order",
  reprint: "one text, but for edits, cuts and wrapping",
  excerpt: "a passage of one stands in the other",
  rewrite: "the same account in other words",
  related: "the same event from another side",
  original: "the first telling of its text or story",
  single: "alone with its text and story",
  stub: "nothing is left of it but furniture",
};

const report = { overview: null, sites: null, stories: null };

/* The blocks that every part of the page needs. */
async function readReport() {
  [report.overview, report.sites, report.stories] = await Promise.all(["overview", "sites", "stories"].map(unpack));
}

const storyCount = () => report.stories.title.length;
const siteName = (site) => site === null || site === undefined ? "" : report.sites.name[site] || "";
const agencyName = (agency) => (report.overview.agencies[agency] || [""])[0];
/* A parameter of the index; undefined where the report was made without one. */
const setting = (name) => (report.overview.params || {})[name];

function siteLabel(site) {
  const name = siteName(site);
  return name ? isolated(name, 80) : h("i", { class: "none" }, "no site");
}

/* Which of the ascending first numbers `from` a number belongs to. */
function blockOf(from, number) {
  let low = 0, high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle] <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}

/* A story's articles, numbered through all its texts as the pairs number them, then its guests: articles of other
 * stories that have a passage in common with one of these. */
async function readStory(number) {
  const { stories } = report, at = blockOf(stories.members_from, number);
  const story = (await block("members-" + at)).stories[number - stories.members_from[at]], articles = [];
  const add = (article, text) => articles.push({ ...article, relation: relationName(article.relation), text, guest: text === null, number: articles.length });
  story.texts.forEach((text, t) => text.articles.forEach((article) => add(article, t)));
  (story.guests || []).forEach((article) => add(article, null));
  return { number, title: stories.title[number], texts: story.texts, articles, pairs: (story.pairs || []).map(readPair) };
}

const relationName = (relation) => (typeof relation === "number" ? RELATIONS[relation] : relation);

function readPair([a, b, relation, jaccard, aInB, bInA, run, similarity, terms, spans, version]) {
  return { a, b, relation: relationName(relation), jaccard, aInB, bInA, run, similarity, terms: terms || [],
    spans: spans || [], version: Boolean(version) };
}

/* What an article says of what it repeats, where the two are no pair that was kept. */
function ownPair({ number, of, relation, jaccard, contained, contains, similarity }) {
  return { a: number, b: of, relation, jaccard, aInB: contained, bInA: contains, run: null, similarity, terms: [], spans: null, version: false };
}

/* The pair of two articles of a story as seen from the first; null where nothing is known of it. */
function pairOf(story, first, second) {
  const kept = story.pairs.find((pair) => (pair.a === first.number && pair.b === second.number) || (pair.a === second.number && pair.b === first.number));
  const pair = kept || (first.of === second.number ? ownPair(first) : second.of === first.number ? ownPair(second) : null);
  return pair && pair.a !== first.number ? turnedPair(pair) : pair;
}

/* The same pair, seen from the other article. */
function turnedPair(pair) {
  return { ...pair, a: pair.b, b: pair.a, aInB: pair.bInA, bInA: pair.aInB,
    spans: pair.spans && pair.spans.map(([a0, a1, b0, b1]) => [b0, b1, a0, a1]) };
}

const LEFT_OUT = {
  asked: "The texts were left out of this report, as was asked.",
  size: "The texts of this story were left out, so that the report stays small enough for a browser.",
  source: "The index holds no texts, so there is nothing to show beside the scores.",
};

/* Texts of a story's articles, null where the index holds none; `why` says so where there are none at all. */
async function readTexts(number) {
  const from = report.stories.texts_from || [], at = blockOf(from, number);
  let texts = null;
  try {
    if (from.length) texts = (await block("texts-" + at)).stories[number - from[at]];
  } catch { /* the report may be without them */ }
  if (texts) return Object.assign(texts, { why: "The text of one of these is not kept." });
  const { why } = await block("texts").catch(() => ({}));
  return Object.assign([], { why: LEFT_OUT[why] || LEFT_OUT.source });
}

function relationMark(name) {
  return h("span", { class: "relation r-" + name, title: MEANINGS[name] || null }, name);
}

/* Whether an article names its source: a word, and a sign beside it. */
function creditMark(credited) {
  if (credited === null || credited === undefined) return null;
  return credited ? h("span", { class: "credit yes" }, "credited") : h("span", { class: "credit no" }, "not credited");
}
