/* The list of stories: search, filters, order. */

function storyRow(i) {
  const { stories } = report, uncredited = stories.uncredited[i], credited = stories.credited[i];
  const kinds = PAIRED.filter((relation) => stories.relations[i] >> (relation - 1) & 1).map((relation) => RELATIONS[relation]);
  const agencies = stories.agency[i].slice(0, 2).map((agency) => shownLine(agencyName(agency), 30)).join(", ");
  return h("a", { class: "story", href: storyAddress(i) },
    h("span", { class: "title" }, titled(stories.title[i])),
    h("span", { class: "size" }, h("b", null, count(stories.articles[i])), " ", stories.articles[i] === 1 ? "article" : "articles"),
    h("span", { class: "meta" }, period(stories.first[i], stories.last[i]), " · ", many(stories.sites[i], "site"), " · ", many(stories.texts[i], "text"),
      agencies ? [" · ", h("bdi", null, agencies)] : null),
    h("span", { class: "kinds" }, kinds.map(relationMark),
      uncredited || credited ? h("span", { class: uncredited ? "credit no" : "credit yes" }, uncredited ? `${count(uncredited)} not credited` : "all credited") : null));
}

/* ---- the form ---- */

const FILTERS = ["site", "agency", "relation", "from", "to", "credit"];

const field = (text, control) => h("label", null, h("span", null, text), control);

function chooser(name, empty, options, query) {
  return h("select", { name }, h("option", { value: "" }, empty),
    options.map(([value, text]) => h("option", { value, selected: query.get(name) === String(value) }, text)));
}

/* A site is named by typing; the list under the field helps where there are not too many. */
function siteField(query) {
  const site = siteNumber(query.get("site")), names = report.sites.name;
  const input = h("input", { name: "site", list: "site-names", autocomplete: "off", placeholder: "any", value: site === null ? null : siteName(site) });
  const fill = () => {
    const list = document.getElementById("site-names");
    if (!list.firstChild) list.append(...names.slice(0, 2000).filter(Boolean).map((name) => h("option", { value: name })));
  };
  input.addEventListener("focus", fill);
  return [field("Site", input), h("datalist", { id: "site-names" })];
}

function storyForm(query) {
  const agencies = report.overview.agencies.map(([name], i) => [i, shownLine(name, 40)]).slice(0, 100);
  const relations = PAIRED.map((relation) => [RELATIONS[relation], RELATIONS[relation]]), orders = Object.entries(ORDERS).slice(1).map(([name, [text]]) => [name, text]);
  return h("form", { class: "search", role: "search", "aria-label": "Stories", onsubmit: (event) => event.preventDefault() },
    h("div", { class: "choice" },
      field("Search", h("input", { type: "search", name: "q", value: query.get("q"), placeholder: "words of a title or site", autocomplete: "off", spellcheck: "false", "aria-keyshortcuts": "/" })),
      field("Order", chooser("sort", ORDERS.articles[0], orders, query))),
    h("details", { open: !matchMedia("(max-width: 44rem)").matches || FILTERS.some((name) => query.get(name)) }, h("summary", null, "Filters"),
      h("div", { class: "choice filters" }, siteField(query),
        field("Agency", chooser("agency", "any", agencies, query)),
        field("Relation", chooser("relation", "any", relations, query)),
        field("From", h("input", { type: "date", name: "from", value: query.get("from") })),
        field("To", h("input", { type: "date", name: "to", value: query.get("to") })),
        field("Credit", chooser("credit", "any", Object.entries(CREDITS), query)),
        h("button", { type: "button", onclick: () => { location.hash = "#/stories"; } }, "Clear"))));
}

/* What the form says, as the query of an address. A site's name becomes its number; one that is none chooses nothing. */
function formQuery(form) {
  const query = Object.fromEntries(new FormData(form)), name = query.site.trim().toLowerCase();
  const site = name ? report.sites.name.findIndex((other) => other && other.toLowerCase() === name) : -1;
  form.elements.site.setAttribute("aria-invalid", String(Boolean(name) && site < 0));
  query.site = site < 0 ? "" : String(site);
  return query;
}

/* ---- the page ---- */

function drawStories(main, { query }) {
  const form = storyForm(query), told = h("p", { class: "told", role: "status" });
  const alone = storyCount() - report.overview.counts.stories;
  let chosen = [], wait = 0;
  const scroller = new Scroller("Stories", (i) => storyRow(chosen[i]));
  const show = (choice) => {
    chosen = chosenStories(choice);
    told.textContent = (chosen.length === storyCount() ? "" : `${count(chosen.length)} of `) + many(storyCount(), "story", "stories") +
      (chosen.length === storyCount() && alone > 0 ? `, ${count(alone)} of them one article with a passage of another story` : "");
    scroller.fill(chosen.length);
  };
  const change = () => {
    const choice = formQuery(form);
    readdress(["stories"], choice);
    show(new URLSearchParams(choice));
  };
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(change, 120);
  });
  main.append(heading(1, "Stories"), form, told, scroller.list);
  show(query);
  return { title: "Stories", close: () => { clearTimeout(wait); scroller.close(); } };
}
