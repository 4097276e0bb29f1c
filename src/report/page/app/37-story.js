/* The page of a story. */

/* The story in a sentence or two. */
function storyLead(story) {
  const { stories } = report, i = story.number, first = story.articles.filter((a) => !a.guest).sort(byTime)[0], guests = story.articles.filter((a) => a.guest).length;
  const agencies = stories.agency[i].map((agency) => shownLine(agencyName(agency), 60));
  return h("p", { class: "lead" },
    `${many(stories.articles[i], "article")} on ${many(stories.sites[i], "site")} ${stories.articles[i] === 1 ? "carries" : "carry"} ${many(stories.texts[i], "text")}`,
    stories.independent[i] > 1 ? `, ${count(stories.independent[i])} of them told by different sites` : "", ". ",
    dated(first.published) === null ? ["The first to arrive was ", siteLink(first.site)] : ["First ", siteLink(first.site), ", ", timeElement(first.published)], ". ",
    agencies.length ? [agencies.length === 1 ? "Agency: " : "Agencies: ", h("bdi", null, agencies.join(", ")), ". "] : "",
    guests ? `${many(guests, "article")} of other stories ${guests === 1 ? "has" : "have"} a passage in common with ${stories.articles[i] === 1 ? "it" : "them"}. ` : "",
    stories.credited[i] + stories.uncredited[i] ? `${count(stories.credited[i])} of ${many(stories.credited[i] + stories.uncredited[i], "copy", "copies")} name their source.` : "");
}

async function drawStory(main, { parts }) {
  const number = numberIn(parts[1], storyCount());
  if (number < 0) return drawNothing(main, "There is no such story in this report.");
  const story = await readStory(number);
  main.append(h("p", { class: "trail" }, link("#/stories", "Stories"), ` · ${count(number + 1)} of ${count(storyCount())}`),
    h("h1", { class: "headline", dir: "auto" }, story.title ? shownLine(story.title) : titled("")), storyLead(story),
    section("Tellings in time", timeline(story)),
    section("Who repeats whom", tree(story)),
    section("Articles and scores", versions(story)),
    story.pairs.length ? section("Pairs", h("p", { class: "note" }, "Pairs that were compared and accepted: the evidence for the story, not all pairs of it."), pairTable(story)) : "",
    h("nav", { class: "turn", "aria-label": "Other stories" },
      number > 0 ? link(storyAddress(number - 1), "← Story before") : null,
      number + 1 < storyCount() ? link(storyAddress(number + 1), "Next story →") : null));
  return shownLine(story.title || "Story", 60);
}
