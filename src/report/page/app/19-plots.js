/* Plots, drawn as SVG in the size that there is for them, so that their letters are those of the page. */

/* Round values from 0 to what holds `most`, some `wanted` of them. */
function ticksTo(most, wanted = 4) {
  const raw = Math.max(most, 1e-9) / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((unit) => unit * power >= raw) * power;
  const whole = most >= wanted ? Math.max(1, step) : step;
  const ticks = [];
  for (let i = 0; i === 0 || (i - 1) * whole < most; i++) ticks.push(i * whole);
  return ticks;
}

/* "12,000" as "12 k" where room is short. */
function brief(n) {
  if (n >= 1e6) return +(n / 1e6).toPrecision(3) + " M";
  if (n >= 1e4) return +(n / 1e3).toPrecision(3) + " k";
  return count(+n.toPrecision(3));
}

/* A figure with its caption: `draw(width)` gives the SVG, again whenever the width changes; `says` is the plot in words.
 * named: whether its title is shown, too. */
function plot(title, says, draw, behind, named = true) {
  const frame = h("div", { class: "plot" });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(frame.clientWidth);
    if (!now || now === width) return;
    width = now;
    const drawn = draw(width);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", `${title}. ${says}`);
    frame.replaceChildren(drawn);
  }).observe(frame);
  return h("figure", null, h("figcaption", null, named ? h("b", null, title) : null, h("span", null, says)), frame, behind || null);
}

function canvas(width, height) {
  return s("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
}

const line = (x1, y1, x2, y2, kind) => s("line", { x1, y1, x2, y2, class: kind });
const label = (x, y, text, kind, anchor) => s("text", { x, y, class: kind || "tick", "text-anchor": anchor || "middle" }, text);
const bar = (x, y, width, height, kind, tip) =>
  s("rect", { x, y, width: Math.max(0, width), height: Math.max(0, height), class: kind, data: tip ? { tip } : {} });

/* Bars that lie: rows {name, parts: [[value, class]...], note, tip, to}. The names stand over them where it is narrow. */
function lyingBars(rows, width, { unit = brief, names = 0 } = {}) {
  const narrow = width < 420 && names > 60, left = narrow ? 0 : names, step = narrow ? 38 : 24, thick = 14;
  const total = (row) => row.parts.reduce((sum, [value]) => sum + value, 0);
  const said = (row) => row.note || unit(total(row));
  const most = Math.max(...rows.map(total), 1e-9), room = width - left - 16 - 7.5 * Math.max(...rows.map((row) => said(row).length));
  const drawn = canvas(width, rows.length * step + 4);
  rows.forEach((row, i) => {
    const y = i * step + (narrow ? 18 : 5), middle = y + thick - 3;
    const name = label(narrow ? 0 : left - 8, narrow ? y - 4 : middle, row.name, "name", narrow ? "start" : "end");
    const group = s("g", { class: row.to ? "go" : null, data: { tip: row.tip || "" },
      onclick: row.to ? () => { location.hash = row.to; } : null }, name);
    let x = left;
    row.parts.forEach(([value, kind]) => {
      group.append(bar(x, y, value / most * room, thick, kind));
      x += value / most * room;
    });
    group.append(label(x + 6, middle, said(row), "value", "start"));
    group.prepend(bar(0, i * step, width, step, "hit"));
    drawn.append(group);
  });
  return drawn;
}

/* The frame of standing bars: where values lie, with grid and ticks. */
function upright(width, height, most, unit = brief) {
  const box = { left: 46, right: width - 8, top: 12, bottom: height - 30 };
  const drawn = canvas(width, height), ticks = ticksTo(most), top = ticks[ticks.length - 1] || 1;
  const y = (value) => box.bottom - value / top * (box.bottom - box.top);
  ticks.forEach((tick) => drawn.append(line(box.left, y(tick), box.right, y(tick), tick ? "grid" : "axis"),
    label(box.left - 7, y(tick) + 4, unit(tick), "tick", "end")));
  return { drawn, box, y };
}

/* Bars over a scale from `first` to `last`: bins {from, to, parts, tip}, ticks [[value, text]...], marks [[value, text]...]. */
function standingBars({ bins, first, last, ticks, marks = [], width, height = 210, axis }) {
  const total = (bin) => bin.parts.reduce((sum, [value]) => sum + value, 0);
  const { drawn, box, y } = upright(width, height, Math.max(...bins.map(total), 1));
  const x = (value) => box.left + (value - first) / (last - first) * (box.right - box.left);
  bins.forEach((bin) => {
    const from = x(bin.from), wide = x(bin.to) - from, gap = wide > 4 ? 1 : 0;
    let at = 0;
    bin.parts.forEach(([value, kind]) => {
      drawn.append(bar(from, y(at + value), Math.max(wide - gap, .75), y(at) - y(at + value), kind));
      at += value;
    });
    drawn.append(bar(from, box.top, Math.max(wide, 1), box.bottom - box.top, "hit", bin.tip));
  });
  ticks.forEach(([value, text]) => drawn.append(line(x(value), box.bottom, x(value), box.bottom + 4, "axis"),
    label(Math.min(x(value), box.right - 12), box.bottom + 17, text)));
  marks.forEach(([value, text], i) => {
    const late = x(value) > box.left + .7 * (box.right - box.left);
    drawn.append(line(x(value), box.top - 6, x(value), box.bottom, "mark"),
      label(x(value) + (late ? -5 : 5), box.top + 5 + 14 * i, text, "marked", late ? "end" : "start"));
  });
  if (axis) drawn.append(label(box.right, height - 1, axis, "tick", "end"));
  return drawn;
}

/* Days on which a scale from `first` to `last`, in days, has its ticks: days, months or years, as there is room. */
function dayTicks(first, last, wanted) {
  const days = last - first, step = [1, 2, 7, 14].find((n) => days / n <= wanted), ticks = [];
  const name = (at, options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(new Date(at * 864e5));
  if (step) {
    for (let at = Math.ceil(first); at <= last; at += step) ticks.push([at, name(at, { day: "numeric", month: "short" })]);
    return ticks;
  }
  const start = new Date(first * 864e5), months = Math.max(1, Math.ceil(days / 30.4 / wanted));
  const every = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((n) => n >= months) || 600;
  let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + (start.getUTCDate() > 1 ? 1 : 0)) / every) * every;
  for (; ; month += every) {
    const at = Date.UTC(Math.floor(month / 12), month % 12) / 864e5;
    if (!(at <= last)) return ticks;
    ticks.push([at, name(at, every < 12 ? { month: "short", year: "2-digit" } : { year: "numeric" })]);
  }
}
