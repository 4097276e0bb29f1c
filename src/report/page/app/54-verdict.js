/* What flong says of a pair, in a plain sentence: the verdict, the scores that made it and the thresholds that they
 * passed or missed. */

const percent = (value) => share(value, 1);

function textReason(pair) {
  const jaccard = setting("reprint_jaccard"), contained = setting("reprint_contained"), most = Math.max(pair.aInB, pair.bInA);
  const shorter = `${percent(most)} of the ${setting("shingle") || 5}-word runs of one stand in the other (a reprint from ${score(contained)})`;
  const overlap = `the overlap of both, Jaccard, is ${score(pair.jaccard)} (a reprint from ${score(jaccard)})`;
  return most >= contained ? `${shorter}; ${overlap}` : `${overlap}; ${shorter}`;
}

function reasonOf(pair) {
  const run = pair.run ? `the longest run without a change has ${many(pair.run, "word")}` : "";
  const told = pair.similarity === null ? "" : `the similarity of what they tell is ${score(pair.similarity)}`;
  if (pair.relation === "identical") return "both have the same words in the same order";
  if (pair.relation === "reprint") return [textReason(pair), run].filter(Boolean).join("; ");
  if (pair.relation === "excerpt")
    return `they share a passage (an excerpt from ${many(setting("excerpt_run") || 25, "word")})${run ? ", and " + run : ""}; ${textReason(pair)}`;
  if (pair.similarity === null) return "they are in one story";
  const from = pair.relation === "rewrite" ? setting("rewrite_similarity") : setting("related_similarity");
  const beside = pair.relation === "related" && pair.similarity >= setting("rewrite_similarity") ? "; their dates or headlines are too far apart for a rewrite" : "";
  if (pair.similarity < from) return `${told}, too little by itself (related from ${score(from)}); they are in one story by what others tell`;
  return `${told} (${pair.relation === "rewrite" ? "a rewrite" : "related"} from ${score(from)}${pair.relation === "rewrite" ? "" : `, a rewrite from ${score(setting("rewrite_similarity"))}`})${beside}`;
}

const VERDICTS = {
  identical: "These two are identical",
  reprint: "One is a reprint of the other",
  excerpt: "One has an excerpt of the other",
  rewrite: "One is a rewrite of the other",
  related: "These two tell of one event",
};

/* Who was first, and whether the later one says where it has it from. */
function orderOf(first, second) {
  const t = dated(first.published) === null || dated(second.published) === null ? null : second.published - first.published;
  const later = t === null || t >= 0 ? second : first, earlier = later === second ? first : second;
  const when = t === null ? "Without both dates it is not known who was first" : t === 0 ? "Both bear one date" : [siteLabel(later.site), ` came ${span(t)} after `, siteLabel(earlier.site)];
  const credit = later.of !== earlier.number || later.credited === null ? "" : later.credited ? " and names its source" : " and names no source";
  return [when, t ? credit : credit && [",", credit.replace("and", "and the copy")], "."];
}

function verdict(first, second, pair, shared) {
  const words = shared ? shared.passages.reduce((sum, passage) => sum + passage.words, 0) : 0;
  const common = shared ? [" ", words ? `Marked: ${many(words, "word")} in ${many(shared.passages.length, "passage")}.` : "No passage is shared."] : "";
  if (!pair || pair.relation === "none")
    return h("p", { class: "verdict" }, h("b", null, first.text === second.text && !first.guest ? "Both carry one text" : "No pair"), ": flong did not need to compare these two, or found too little in common; what is marked was found here. ",
      orderOf(first, second), common);
  return h("p", { class: "verdict" }, h("b", null, VERDICTS[pair.relation]), pair.version ? ", as versions on one site" : "", ": ", reasonOf(pair), ". ", orderOf(first, second), common);
}

/* Scores beside their thresholds, for who wants figures. */
function scoreFacts(pair) {
  if (!pair) return null;
  return facts([
    pair.jaccard === null ? null : ["Jaccard", score(pair.jaccard), `reprint from ${score(setting("reprint_jaccard"))}`],
    pair.aInB === null ? null : ["Left in right", score(pair.aInB), `reprint from ${score(setting("reprint_contained"))}`],
    pair.bInA === null ? null : ["Right in left", score(pair.bInA), `reprint from ${score(setting("reprint_contained"))}`],
    pair.run ? ["Longest run", count(pair.run), "words without a change"] : null,
    pair.similarity === null ? null : ["Similarity", score(pair.similarity), `related from ${score(setting("related_similarity"))}, rewrite from ${score(setting("rewrite_similarity"))}`],
  ]);
}
