/* Two articles side by side. */

const ROWS_DRAWN = 400, HEADLINE = 200; /* characters: heads stay in sight */

/* ---- heads ---- */

/* The words of a headline that the other has, too, marked. */
function comparedTitles(first, second) {
  const [a, b] = [first, second].map((title) => readWords(shownLine(title || "", HEADLINE), [])), shared = sharedPassages(a, b, null, true);
  return [a, b].map((words, side) => {
    if (!words.text) return titled("");
    const pieces = piecesOf(words, shared, side ? "b" : "a").filter((piece) => piece.kind === SAME);
    return h("span", null, piecesWithin(words, pieces, 0, words.text.length).map((piece) =>
      piece.kind ? h("mark", null, shown(words.text.slice(piece.begin, piece.end))) : shown(words.text.slice(piece.begin, piece.end))));
  });
}

function sideHead(name, article, title) {
  const wire = article.wire || {};
  return h("th", { scope: "col" },
    h("p", { class: "of" }, h("b", { class: "side" }, name), siteLink(article.site), ", ", timeElement(article.published)),
    h("p", { class: "title", dir: "auto" }, title),
    h("p", { class: "of" }, relationMark(article.relation), " ", creditMark(article.credited),
      wire.agency ? [" agency ", isolated(wire.agency, 60)] : "", wire.credit ? [", in the words “", isolated(wire.credit, 80), "”"] : "", wire.place ? [" dateline ", isolated(wire.place, 60)] : "",
      article.furniture ? ` ${percent(article.furniture)} furniture` : "", " ", outward(article.url, "on the web ↗")));
}

/* ---- the two texts ---- */

const TITLES = { furniture: "furniture of its site, left out", "credit-line": "credit: says where it comes from, left out", "same moved": "stands in another place there" };

function pieceNode(words, piece, side, marks) {
  const text = shown(words.text.slice(piece.begin, piece.end));
  if (piece.kind === PLAIN) return text.split(/\n+/).map((line, i) => [i ? h("span", { class: "gap" }) : null, marks(line)]);
  if (piece.kind === EDIT) return h(side === "a" ? "del" : "ins", { class: "edit" }, text);
  if (piece.kind === "furniture" || piece.kind === "credit-line") return h("span", { class: piece.kind, title: TITLES[piece.kind] }, text);
  return h("mark", { class: piece.kind, title: TITLES[piece.kind] || null, data: { passage: piece.passage } }, text);
}

/* Terms that carry the similarity, where they stand in plain text. */
function termMarker(terms) {
  const words = terms.map((term) => term.trim()).filter((term) => term.length > 1).sort((x, y) => y.length - x.length).slice(0, 40);
  if (!words.length) return (text) => text;
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return (text) => text.split(any).map((part, i) => (i % 2 ? h("span", { class: "term" }, part) : part));
}

/* Without the empty lines at its ends. */
function cellRange(text, [begin, end]) {
  const piece = text.slice(begin, end), lead = piece.length - piece.trimStart().length;
  return [begin + lead, begin + Math.max(lead, piece.trimEnd().length)];
}

function cellOf(words, pieces, range, side, marks) {
  const [begin, end] = cellRange(words.text, range);
  return h("td", { class: "text", dir: "auto", data: { side: side.toUpperCase() } }, begin < end ? piecesWithin(words, pieces, begin, end).map((piece) => pieceNode(words, piece, side, marks)) : null);
}

function columns(a, b, shared, heads, terms) {
  const rows = rowsOf(a, b, shared), marks = termMarker(terms), body = h("tbody", null), numbered = new Set();
  const inA = piecesOf(a, shared, "a"), inB = piecesOf(b, shared, "b");
  const draw = (row) => {
    const drawn = h("tr", { class: row.passage < 0 ? "alone" : "shared" }, cellOf(a, inA, row.a, "a", marks), cellOf(b, inB, row.b, "b", marks));
    if (row.passage >= 0 && !numbered.has(row.passage)) {
      numbered.add(row.passage);
      drawn.id = "passage-" + row.passage;
    }
    return drawn;
  };
  const more = h("button", { type: "button", class: "more", onclick: () => add(body.rows.length, rows.length) });
  const add = (from, to) => {
    body.append(...rows.slice(from, to).map(draw));
    more.hidden = body.rows.length >= rows.length;
    more.textContent = `Show the other ${count(rows.length - body.rows.length)} paragraphs`;
  };
  add(0, ROWS_DRAWN);
  return h("div", { class: "sides" }, h("table", { class: "columns" }, h("caption", { class: "unseen" }, "The two texts, side by side"),
    h("thead", null, h("tr", null, heads)), body), more);
}

/* ---- the page ---- */

/* The two articles that an address names, and their pair, if there is one, as seen from the left. */
async function readSides([, storyPart, ...parts]) {
  const number = numberIn(storyPart, storyCount());
  if (number < 0) return null;
  const story = await readStory(number), at = parts.map((part) => numberIn(part, story.articles.length));
  if (at.length !== 2 || at.some((article) => article < 0)) return null;
  const texts = await readTexts(number), articles = at.map((article) => story.articles[article]);
  return { story, articles, texts: at.map((article) => texts[article] || null), pair: pairOf(story, ...articles), why: texts.why };
}

const legend = () => h("ul", { class: "key legend" }, h("li", null, h("mark", { class: "same" }, "in both")), h("li", null, h("mark", { class: "same moved" }, "in both, in another place")),
  h("li", null, h("del", { class: "edit" }, "only in A")), h("li", null, h("ins", { class: "edit" }, "only in B")), h("li", null, h("span", { class: "furniture" }, "furniture")), h("li", null, h("span", { class: "credit-line" }, "credit")));

function showPassage(number) {
  const target = document.getElementById("passage-" + number) || document.querySelector(`mark[data-passage="${number}"]`);
  if (target) target.scrollIntoView({ block: "center" });
}

async function drawPair(main, { parts }) {
  const sides = await readSides(parts);
  if (!sides) return drawNothing(main, "There are no such articles in this report.");
  const { story, articles, texts, pair } = sides, [first, second] = articles, titles = comparedTitles(first.title, second.title);
  const words = texts.every(Boolean) ? texts.map(({ text, marks }) => readWords(text, marks)) : null;
  const shared = words && sharedPassages(words[0], words[1], pair && pair.spans, pair && pair.relation === "identical");
  const heads = [sideHead("A", first, titles[0]), sideHead("B", second, titles[1])];
  main.append(h("p", { class: "trail" }, link("#/stories", "Stories"), " · ", link(storyAddress(story.number), titled(story.title))),
    heading(1, "Side by side"), verdict(first, second, pair, shared),
    pair && pair.terms.length ? h("p", { class: "terms" }, "Terms that both tell: ", pair.terms.slice(0, 12).map((term, i) => [i ? ", " : "", isolated(term, 40)])) : "",
    scoreFacts(pair) || "");
  if (words) main.append(shared.passages.length ? ribbons(words[0], words[1], shared, showPassage) : "", legend(), columns(words[0], words[1], shared, heads, pair && !(pair.spans && pair.spans.length) ? pair.terms : []));
  else main.append(h("p", { class: "note", role: "status" }, sides.why), h("table", { class: "columns" }, h("thead", null, h("tr", null, heads))));
  main.append(h("p", { class: "note" }, link(pairAddress(story.number, second.number, first.number), "Change sides")));
  return `${shownLine(siteName(first.site) || "A", 30)} and ${shownLine(siteName(second.site) || "B", 30)}`;
}
