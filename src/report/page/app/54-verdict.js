/* What flong says of a pair, in a plain sentence: the verdict, the scores that made it and the thresholds that they
 * passed or missed. */

const percent = (value) => share(value, 1);

/* " (a reprint from 0.40)"; nothing where the threshold is not known. */
const from = (what, name) => (setting(name) === undefined ? "" : ` (${what} from ${score(setting(name))})`);

function textReason(pair) {
  if (pair.jaccard === null) return "";
  const most = Math.max(pair.aInB, pair.bInA);
  const shorter = `${percent(most)} of the ${setting("shingle") || 5}-word runs of one stand in the other${from("a reprint", "reprint_contained")}`;
  const overlap = `the overlap of both, Jaccard, is ${score(pair.jaccard)}${from("a reprint", "reprint_jaccard")}`;
  return most >= setting("reprint_contained") ? `${shorter}; ${overlap}` : `${overlap}; ${shorter}`;
}

/* Why two are told to tell the same. */
function tellingReason({ relation, similarity }) {
  const least = setting(relation + "_similarity");
  if (similarity === null) return "they are in one story";
  const told = `the similarity of what they tell is ${score(similarity)}`;
  if (similarity < least) return `${told}, too little by itself${from(relation === "related" ? relation : "a rewrite", relation + "_similarity")}; they are in one story by what others tell`;
  if (relation === "rewrite") return told + from("a rewrite", "rewrite_similarity");
  return told + from("related", "related_similarity") + (similarity >= setting("rewrite_similarity") ? "; their dates or headlines are too far apart for a rewrite" : from("a rewrite", "rewrite_similarity"));
}

function reasonOf(pair) {
  const run = pair.run ? `the longest run without a change has ${many(pair.run, "word")}` : "";
  const parts = {
    identical: () => ["both have the same words in the same order"],
    reprint: () => [textReason(pair), run],
    excerpt: () => [`they share a passage${setting("excerpt_run") === undefined ? "" : ` (an excerpt from ${many(setting("excerpt_run"), "word")})`}`, run, textReason(pair)],
  };
  return (parts[pair.relation] ? parts[pair.relation]() : [tellingReason(pair)]).filter(Boolean).join("; ");
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
  const least = (...named) => thresholds(...named).map(([, text]) => text).join(", ");
  return facts([
    pair.jaccard === null ? null : ["Jaccard", score(pair.jaccard), least(["reprint", "reprint_jaccard"])],
    pair.aInB === null ? null : ["Left in right", score(pair.aInB), least(["reprint", "reprint_contained"])],
    pair.bInA === null ? null : ["Right in left", score(pair.bInA), least(["reprint", "reprint_contained"])],
    pair.run ? ["Longest run", count(pair.run), "words without a change"] : null,
    pair.similarity === null ? null : ["Similarity", score(pair.similarity), least(["related", "related_similarity"], ["rewrite", "rewrite_similarity"])],
  ]);
}
