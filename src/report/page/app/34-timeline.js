/* A story's tellings in time: a lane for each text, a dot for each article, and a line from each to what it repeats. */

const LANES = 16, DOT = 5, LANES_TOP = 26, LANE_LEAST = 34, LANE_MOST = 150, LANES_HIGH = 300, LINES_DRAWN = 500;

/* The lanes: the texts that came first, and one for all others. */
function lanesOf(story) {
  const first = story.texts.map((_, t) => Math.min(...story.articles.filter((a) => a.text === t).map((a) => datedOr(a.published, Infinity))));
  const order = story.texts.map((_, t) => t).sort((x, y) => first[x] - first[y] || x - y);
  const lane = new Map();
  order.forEach((text, i) => lane.set(text, Math.min(i, LANES - 1)));
  const n = Math.min(order.length, LANES), busiest = story.texts.reduce((most, text) => Math.max(most, text.articles.length), 0);
  const high = busiest < 12 ? LANE_LEAST : Math.max(LANE_LEAST, Math.min(LANE_MOST, LANES_HIGH / n, busiest * 3));
  return { lane, n, order, high };
}

/* Where articles lie: dots that would cover one another are moved up and down within their lane. */
function dotsOf(story, lanes, x) {
  const taken = new Map(), dots = [];
  for (const article of story.articles) {
    if (article.guest || dated(article.published) === null) continue;
    const lane = lanes.lane.get(article.text), at = x(article.published), column = Math.round(at / (DOT * 1.6));
    const place = `${lane}:${column}`, n = taken.get(place) || 0, step = Math.ceil(n / 2) * (n % 2 ? 1 : -1);
    const room = lanes.high / 2 - DOT - 2, up = Math.max(-room, Math.min(room, step * DOT));
    taken.set(place, n + 1);
    dots[article.number] = { article, x: at, y: LANES_TOP + (lane + .5) * lanes.high + up };
  }
  return dots;
}

function timeScale(first, last, left, right) {
  const wide = Math.max(last - first, 3600), middle = (first + last) / 2;
  return (t) => left + (t - middle + wide / 2) / wide * (right - left);
}

/* Ticks: hours of the day where a story took less than two days, else days. */
function timeTicks(first, last, wanted) {
  const wide = Math.max(last - first, 3600), middle = (first + last) / 2, from = middle - wide / 2, to = middle + wide / 2;
  if (wide > 2 * DAY) return dayTicks(from / DAY, to / DAY, wanted).map(([at, text]) => [at * DAY, text]);
  const step = [900, 1800, 3600, 7200, 10800, 21600, 43200].find((n) => wide / n <= wanted) || DAY, ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push([at, at % DAY === 0 ? day(at).replace(/ \d+$/, "") : clock(dated(at))]);
  return ticks;
}

function dotTip(article) {
  return `${shownLine(siteName(article.site) || "no site", 60)}, ${moment(article.published)}: ${article.relation}\n${shownLine(article.title || "no title", 120)}`;
}

function drawTimeline(story, width) {
  const lanes = lanesOf(story), times = story.articles.filter((a) => !a.guest).map((a) => a.published).filter((t) => dated(t) !== null);
  const first = Math.min(...times), last = Math.max(...times), left = width < 520 ? 8 : 150, right = width - 14;
  const drawn = canvas(width, LANES_TOP + lanes.n * lanes.high + 6), x = timeScale(first, last, left + 8, right);
  const bottom = LANES_TOP + lanes.n * lanes.high;
  timeTicks(first, last, (right - left) / 80).forEach(([at, text]) =>
    drawn.append(line(x(at), LANES_TOP - 6, x(at), bottom, "grid"), label(Math.max(22, Math.min(x(at), width - 22)), 12, text)));
  for (let lane = 0; lane < lanes.n; lane++) {
    const y = LANES_TOP + (lane + .5) * lanes.high, rest = lane === LANES - 1 && lanes.order.length > LANES;
    const original = story.articles.find((a) => a.text === lanes.order[lane]);
    drawn.append(line(left, y, right, y, "lane"));
    const name = rest ? `${lanes.order.length - LANES + 1} more texts` : shownLine(siteName(original.site) || "no site", 20);
    drawn.append(left > 8 ? label(left - 8, y + 4, name, "name", "end") : label(left, y - 5, name, "tick", "start"));
  }
  const dots = dotsOf(story, lanes, x);
  for (const dot of story.articles.length > LINES_DRAWN ? [] : dots) {
    const source = dot && dots[dot.article.of];
    if (!source || source === dot) continue;
    const bend = (source.x + dot.x) / 2;
    drawn.append(s("path", { d: `M${source.x} ${source.y}C${bend} ${source.y} ${bend} ${dot.y} ${dot.x} ${dot.y}`, class: "from l-" + dot.article.relation }));
  }
  for (const dot of dots.filter(Boolean)) {
    const { article } = dot, mark = s("circle", { cx: dot.x, cy: dot.y, r: article.of === null ? DOT + 1.5 : DOT, class: `dot f-${article.relation}` });
    drawn.append(s("g", { class: "go", data: { tip: dotTip(article) }, onclick: () => { location.hash = article.of === null ? storyAddress(story.number) : pairAddress(story.number, article.of, article.number); } },
      s("circle", { cx: dot.x, cy: dot.y, r: 11, class: "hit" }), mark));
  }
  return drawn;
}

function timeline(story) {
  const dateds = story.articles.filter((a) => !a.guest && dated(a.published) !== null).sort((x, y) => x.published - y.published);
  if (!dateds.length) return h("p", null, "None of these articles has a date.");
  const first = dateds[0], last = dateds[dateds.length - 1], undated = story.articles.filter((a) => !a.guest).length - dateds.length;
  const says = `First ${shownLine(siteName(first.site) || "no site", 60)}, ${moment(first.published)}` +
    (dateds.length > 1 ? `; last ${shownLine(siteName(last.site) || "no site", 60)}, ${span(last.published - first.published)} later` : "") +
    (undated ? `; ${many(undated, "article")} without a date not drawn` : "") + ". A lane is a text; a line leads to what an article repeats.";
  const kinds = RELATIONS.filter((name) => name !== "none" && dateds.some((a) => a.relation === name));
  const figure = plot("Tellings in time", says, (width) => drawTimeline(story, width), null, false);
  figure.append(key(...kinds.map((name) => [name, name])));
  return figure;
}
