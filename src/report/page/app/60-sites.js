/* All sites, and one: how much each republishes, from whom, and who republishes it. */

const meter = (part, whole, kind) => h("span", { class: "meter" }, h("meter", { min: 0, max: 1, value: whole ? part / whole : 0, class: kind, "aria-hidden": "true" }), share(part, whole));

function drawSites(main) {
  const { name, articles, stubs, originals, copies, credited, copied } = report.sites;
  const search = h("input", { type: "search", placeholder: "part of a name", autocomplete: "off", spellcheck: "false" }), told = h("p", { class: "told", role: "status" }), place = h("div", null);
  const columns = [
    ["Site", (i) => siteLink(i), (i) => fold(siteName(i)), "text wide"],
    ["Articles", (i) => count(articles[i]), (i) => articles[i], "number"],
    ["Republished", (i) => count(copies[i]), (i) => copies[i], "number"],
    ["Share", (i) => meter(copies[i], articles[i], "m-reprint"), (i) => copies[i] / (articles[i] || 1), "number"],
    ["Credited", (i) => (copies[i] ? meter(credited[i], copies[i], "m-credited") : "–"), (i) => (copies[i] ? credited[i] / copies[i] : null), "number"],
    ["Copied by others", (i) => count(copied[i]), (i) => copied[i], "number"],
    ["Originals", (i) => count(originals[i]), (i) => originals[i], "number"],
    ["Stubs", (i) => count(stubs[i]), (i) => stubs[i], "number"],
  ];
  const fill = () => {
    const wanted = fold(search.value.trim());
    const chosen = name.map((_, i) => i).filter((i) => folded().sites[i].includes(wanted)).sort((x, y) => articles[y] - articles[x] || x - y);
    told.textContent = chosen.length === name.length ? many(name.length, "site") : `${count(chosen.length)} of ${many(name.length, "site")}`;
    place.replaceChildren(table("Sites", columns, chosen));
  };
  search.addEventListener("input", fill);
  main.append(heading(1, "Sites"), h("p", { class: "note" }, "Republished: articles that carry a text or a passage which another site told before. Copied by others: articles of other sites that carry one of this site."),
    h("form", { class: "choice", role: "search", "aria-label": "Sites", onsubmit: (event) => event.preventDefault() }, field("Search", search)), told, place);
  fill();
  return "Sites";
}

/* The other sites in one direction, as bars. */
function partnerPlot(title, says, partners, kind) {
  if (!partners || !partners.length) return null;
  const rows = partners.map(([site, n]) => ({ name: shownLine(siteName(site) || "no site", 28), parts: [[n, kind]], to: siteAddress(site), tip: `${shownLine(siteName(site), 80)}: ${many(n, "article")}` }));
  return plot(title, says, (width) => lyingBars(rows, width, { names: 200 }), numbers(["site", "articles"], partners.map(([site, n]) => [siteLink(site), count(n)])));
}

function drawSite(main, { parts }) {
  const { name, articles, stubs, originals, copies, credited, copied, from, to } = report.sites, site = numberIn(parts[1], name.length);
  if (site < 0) return drawNothing(main, "There is no such site in this report.");
  const told = report.stories.site_list.reduce((sum, list) => sum + (list.includes(site) ? 1 : 0), 0);
  main.append(h("p", { class: "trail" }, link("#/sites", "Sites")), h("h1", { class: "headline" }, siteLabel(site)),
    facts([["Articles", count(articles[site])],
      ["Republished", share(copies[site], articles[site]), many(copies[site], "article")],
      ["Credited", share(credited[site], copies[site]), `${count(credited[site])} of ${many(copies[site], "copy", "copies")}`],
      ["Copied by others", count(copied[site]), "articles of other sites"],
      ["Originals", count(originals[site]), "first tellings"],
      ["Stubs", count(stubs[site])]]),
    told ? h("p", null, link(address(["stories"], { site }), `${many(told, "story", "stories")} that this site told`)) : h("p", null, "It told no story that another article tells, too."),
    h("div", { class: "plots" }, [partnerPlot("Takes from", "Sites whose articles it repeats, those with most first.", from && from[site], "f-reprint"),
      partnerPlot("Is taken by", "Sites that repeat its articles, those with most first.", to && to[site], "f-plain")].filter(Boolean)));
  return shownLine(siteName(site) || "no site", 60);
}
