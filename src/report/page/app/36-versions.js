/* All articles of a story with their scores, and all its pairs, as tables. */

const ROWS_SHOWN = 50;

/* Columns: [name, cell of a row, what it is sorted by or null, "number" or "text"]. */
function table(name, columns, rows, { row = (cells) => h("tr", null, cells), sorted = -1 } = {}) {
  const body = h("tbody", null);
  let order = rows, by = sorted, down = false, shownRows = ROWS_SHOWN;
  const more = h("button", { type: "button", class: "more", onclick: () => { shownRows *= 4; fill(); } });
  const fill = () => {
    body.replaceChildren(...order.slice(0, shownRows).map((entry) => row(columns.map(([title, cell, , kind], i) =>
      h(i ? "td" : "th", { class: kind, scope: i ? null : "row", data: { name: title } }, cell(entry))), entry)));
    more.hidden = order.length <= shownRows;
    more.textContent = `${count(order.length - shownRows)} more`;
  };
  const heads = columns.map(([title, , value, kind], i) => h("th", { scope: "col", class: kind }, value ? h("button", { type: "button", onclick: () => {
    down = by === i ? !down : kind === "number";
    by = i;
    order = [...rows].sort((x, y) => compareValues(value(x), value(y), down));
    heads.forEach((head, k) => (k === i ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    fill();
  } }, title) : title));
  fill();
  return h("div", { class: "tabled" }, h("table", { class: "cards" }, h("caption", { class: "unseen" }, name), h("thead", null, h("tr", null, heads)), body), more);
}

/* What is not known comes last, either way. */
function compareValues(x, y, down) {
  const none = (value) => value === null || value === undefined || value === "";
  if (none(x) || none(y)) return none(x) - none(y);
  return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
}

/* ---- articles ---- */

function wireText(wire) {
  return wire && (wire.agency || wire.credit || wire.place) ? isolated(wire.agency || wire.credit || wire.place, 60) : "–";
}

/* Two columns of choices, by which any two articles are put side by side. */
function picks(story) {
  const picked = { A: 0, B: Math.min(1, story.articles.length - 1) };
  const go = h("a", { class: "button" });
  const update = () => {
    go.href = pairAddress(story.number, picked.A, picked.B);
    go.textContent = picked.A === picked.B ? "Choose two articles to compare" : `Compare ${picked.A + 1} with ${picked.B + 1}`;
    if (picked.A === picked.B) go.removeAttribute("href");
  };
  const pick = (side, article) => h("input", { type: "radio", name: "pick-" + side, checked: picked[side] === article.number,
    "aria-label": `${side === "A" ? "Left" : "Right"}: article ${article.number + 1}`,
    onchange: () => { picked[side] = article.number; update(); } });
  update();
  return { go, cell: (article) => h("span", { class: "picks" }, pick("A", article), pick("B", article)) };
}

function versions(story) {
  const { go, cell } = picks(story);
  const columns = [
    ["No.", (a) => String(a.number + 1), (a) => a.number, "number"],
    ["Published", (a) => timeElement(a.published), (a) => a.published, "text"],
    ["Site", (a) => [siteLink(a.site), a.guest ? h("small", null, " in another story") : null], (a) => fold(siteName(a.site)), "text"],
    ["Title", (a) => [titled(a.title), " ", outward(a.url, h("span", { class: "unseen" }, "on the web"), "↗")], (a) => fold(a.title || ""), "text wide"],
    ["Text", (a) => (a.guest ? "–" : String(a.text + 1)), (a) => a.text, "number"],
    ["Relation", (a) => relationMark(a.relation), (a) => a.relation, "text"],
    ["Of", (a) => (story.articles[a.of] ? link(pairAddress(story.number, a.of, a.number), `${a.of + 1}`, h("span", { class: "unseen" }, `: compare article ${a.number + 1} with article ${a.of + 1}`)) : "–"), (a) => a.of, "number"],
    ["Jaccard", (a) => score(a.jaccard), (a) => a.jaccard, "number"],
    ["Contained", (a) => score(a.contained), (a) => a.contained, "number"],
    ["Contains", (a) => score(a.contains), (a) => a.contains, "number"],
    ["Similarity", (a) => score(a.similarity), (a) => a.similarity, "number"],
    ["Names", (a) => [wireText(a.wire), " ", creditMark(a.credited)], (a) => (a.wire && a.wire.agency) || "", "text"],
    ["Furniture", (a) => share(a.furniture, 1), (a) => a.furniture, "number"],
    ["Side by side", cell, null, "text"],
  ];
  return [table("Articles of the story", columns, [...story.articles].sort(byTime)), h("p", null, go)];
}

/* ---- pairs ---- */

function pairTable(story) {
  const site = (number) => [`${number + 1} `, siteLabel((story.articles[number] || {}).site)];
  const columns = [
    ["Pair", (p) => link(pairAddress(story.number, p.a, p.b), site(p.a), " – ", site(p.b)), (p) => p.a * 1e6 + p.b, "text wide"],
    ["Relation", (p) => [relationMark(p.relation), p.version ? h("small", null, " versions") : null], (p) => p.relation, "text"],
    ["Jaccard", (p) => score(p.jaccard), (p) => p.jaccard, "number"],
    ["First in second", (p) => score(p.aInB), (p) => p.aInB, "number"],
    ["Second in first", (p) => score(p.bInA), (p) => p.bInA, "number"],
    ["Longest run", (p) => (p.run ? many(p.run, "word") : "–"), (p) => p.run, "number"],
    ["Similarity", (p) => score(p.similarity), (p) => p.similarity, "number"],
    ["Terms", (p) => p.terms.map((term, i) => [i ? ", " : "", isolated(term, 40)]), null, "text wide"],
  ];
  return table("Pairs of the story", columns, story.pairs);
}
