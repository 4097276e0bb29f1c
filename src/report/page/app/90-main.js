/* Begins: reads what all parts need, then draws what the address names, and again whenever that changes. */

const VIEWS = { "": drawOverview, stories: drawStories, story: drawStory, pair: drawPair, sites: drawSites, site: drawSite };
const PARTS = { stories: "stories", story: "stories", pair: "stories", sites: "sites", site: "sites" };

const left = new Map(); /* where the reader was on each address */
let view = null, drawing = 0, followed = false, address0 = null;

function drawNothing(main, why) {
  main.append(heading(1, "Not here"), h("p", null, why), h("p", null, link("#/", "To the overview")));
  return "Not here";
}

function markNav(part) {
  document.querySelectorAll("#nav a").forEach((entry) => {
    if (entry.getAttribute("href") === "#/" + (PARTS[part] || "")) entry.setAttribute("aria-current", "page");
    else entry.removeAttribute("aria-current");
  });
}

/* Puts the reader where they were when they come back, else at the top. */
function place(main, moved) {
  const was = followed ? null : left.get(location.hash);
  followed = false;
  if (!moved) return;
  main.focus({ preventScroll: true });
  scrollTo({ top: was || 0, behavior: "instant" });
}

async function draw() {
  const turn = ++drawing, where = here(), part = where.parts[0] || "", main = document.getElementById("main"), moved = address0 !== null;
  address0 = location.hash;
  const fresh = h("div", { class: "view v-" + (VIEWS[part] ? part || "overview" : "none") });
  if (view && view.close) view.close();
  view = null;
  const waiting = setTimeout(() => main.replaceChildren(h("p", { id: "wait", role: "status" }, "Unpacking …")), 150);
  let drawn;
  try {
    /* What measures itself has to be in the page. */
    if (part === "stories") main.replaceChildren(fresh);
    drawn = await (VIEWS[part] || ((to) => drawNothing(to, "There is no such page in this report.")))(fresh, where);
  } catch (error) {
    fresh.replaceChildren(heading(1, "This cannot be shown"), h("p", { role: "alert" }, error.message));
    drawn = "This cannot be shown";
  }
  clearTimeout(waiting);
  if (turn !== drawing) {
    if (drawn.close) drawn.close();
    return;
  }
  view = typeof drawn === "string" ? { title: drawn } : drawn;
  document.title = `${view.title} – flong report`;
  markNav(part);
  main.replaceChildren(fresh);
  document.documentElement.dataset.ready = String(turn);
  performance.mark("flong-drawn");
  place(main, moved);
}

function leave() {
  if (address0 !== null) left.set(address0, scrollY);
}

function startKeys() {
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const search = document.querySelector("#main input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  });
}

async function start() {
  startTheme();
  startTips();
  startKeys();
  history.scrollRestoration = "manual";
  document.addEventListener("click", (event) => {
    const to = event.target.closest && event.target.closest("a[href^='#/'], .go");
    if (to) { followed = true; leave(); }
  });
  addEventListener("scroll", () => { if (address0 === location.hash) leave(); }, { passive: true });
  addEventListener("hashchange", draw);
  if (typeof DecompressionStream === "undefined") throw new Error("This browser is too old to unpack the report: it takes one of 2023 or later.");
  await readReport();
  document.getElementById("source").textContent = shownLine(report.overview.source || "", 80);
  document.getElementById("version").textContent = report.overview.flong || "";
  await draw();
}

start().catch((error) => {
  document.getElementById("main").replaceChildren(heading(1, "This report cannot be read"), h("p", { role: "alert" }, error.message));
});
