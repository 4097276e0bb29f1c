/* Who repeats whom, as a tree: under each article those that repeat it, in order of time. */

const CHILDREN_SHOWN = 20, DEEPEST = 24;

const byTime = (x, y) => datedOr(x.published, Infinity) - datedOr(y.published, Infinity) || x.number - y.number;

/* Articles by the number of what they repeat; -1 where they repeat none, or themselves by way of others. */
function repeaters(articles) {
  const under = new Map();
  for (const article of articles) {
    let source = article.of, steps = 0, at = source;
    while (at !== null && at !== undefined && articles[at] && steps++ <= articles.length) at = at === article.number ? (source = null) : articles[at].of;
    const parent = source === null || source === undefined || !articles[source] || steps > articles.length ? -1 : source;
    if (!under.has(parent)) under.set(parent, []);
    under.get(parent).push(article);
  }
  for (const list of under.values()) list.sort(byTime);
  return under;
}

/* "2 h later", "3 min earlier". */
function lag(article, source) {
  if (!source || dated(article.published) === null || dated(source.published) === null) return null;
  const t = article.published - source.published;
  return t === 0 ? "at the same time" : `${span(t)} ${t > 0 ? "later" : "earlier"}`;
}

function evidence(article) {
  if (article.relation === "identical") return null;
  if (article.contained !== null && article.contained !== undefined) return `${share(article.contained, 1)} of it stands there`;
  return article.similarity ? `similarity ${score(article.similarity)}` : null;
}

function branch(story, article, under, depth) {
  const source = story.articles[article.of], below = depth < DEEPEST ? under.get(article.number) || [] : [];
  const later = lag(article, source), proof = source ? evidence(article) : null;
  return h("li", null, h("div", { class: "node" },
    h("span", { class: "where" }, siteLink(article.site), article.guest ? h("small", null, " in another story") : null),
    relationMark(article.relation), creditMark(article.credited),
    h("span", { class: "when" }, source && later ? [later, " "] : timeElement(article.published)),
    proof ? h("span", { class: "proof" }, proof) : null,
    source ? link(pairAddress(story.number, article.of, article.number), "compare", h("span", { class: "unseen" }, ` ${shownLine(siteName(article.site), 60)} with its source`)) : null,
    article.title !== (source && source.title) ? h("span", { class: "head" }, titled(article.title)) : null),
  branches(story, below, under, depth + 1));
}

/* A list of articles; long ones are opened piece by piece. */
function branches(story, articles, under, depth) {
  if (!articles.length) return null;
  const list = h("ul", null);
  const more = (from) => {
    articles.slice(from, from + CHILDREN_SHOWN).forEach((article) => list.append(branch(story, article, under, depth)));
    const rest = articles.length - from - CHILDREN_SHOWN;
    if (rest > 0) list.append(h("li", { class: "more" }, h("button", { type: "button", onclick: (event) => {
      const item = event.currentTarget.parentNode;
      more(from + CHILDREN_SHOWN);
      const next = item.nextSibling.querySelector("a");
      item.remove();
      if (next) next.focus();
    } }, `${count(rest)} more`)));
  };
  more(0);
  return list;
}

function tree(story) {
  const under = repeaters(story.articles);
  const drawn = branches(story, under.get(-1) || [], under, 0);
  if (!drawn) return h("p", null, "None of these articles repeats another.");
  drawn.classList.add("tree");
  return drawn;
}
