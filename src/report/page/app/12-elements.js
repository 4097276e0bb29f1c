/* Elements of the page. Text becomes text nodes and nothing else. */

const SVG = "http://www.w3.org/2000/svg";

/* attributes: name to value; null and false leave one out, `on...` is a listener, `data` a map of data-... */
function put(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const h = (name, attributes, ...children) => put(document.createElement(name), attributes, children);
const s = (name, attributes, ...children) => put(document.createElementNS(SVG, name), attributes, children);

/* A name or title within a sentence: its direction is its own affair. */
const isolated = (text, limit) => h("bdi", null, shownLine(text, limit));

function titled(text) {
  return text ? isolated(text) : h("i", { class: "none" }, "no title");
}

/* A link to an article on the web, where its url is one that leads to the web. */
function outward(url, ...children) {
  let to = null;
  try {
    to = new URL(url);
  } catch {
    return null;
  }
  if (to.protocol !== "https:" && to.protocol !== "http:") return null;
  return h("a", { href: to.href, rel: "noopener noreferrer nofollow", target: "_blank", class: "outward" }, ...children);
}

const heading = (level, text, id) => h("h" + level, { id: id || null }, text);

/* A section with its heading. */
function section(title, ...children) {
  const id = "h-" + title.toLowerCase().replace(/[^a-z]+/g, "-");
  return h("section", { "aria-labelledby": id }, heading(2, title, id), ...children);
}

/* Terms and what they are: [["articles", "40,483", "a word more"], ...]. */
function facts(rows) {
  return h("dl", { class: "facts" }, rows.filter(Boolean).map(([name, value, note]) =>
    h("div", null, h("dt", null, name), h("dd", null, value, note ? h("small", null, note) : null))));
}

/* Numbers behind a plot, for who would rather read them. */
function numbers(columns, rows) {
  const table = () => h("table", { class: "numbers" },
    h("thead", null, h("tr", null, columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map((cell, i) =>
      i ? h("td", null, cell) : h("th", { scope: "row" }, cell))))));
  const details = h("details", { class: "behind", ontoggle: () => {
    if (details.open && !details.querySelector("table")) details.append(table());
  } }, h("summary", null, "Numbers"));
  return details;
}
