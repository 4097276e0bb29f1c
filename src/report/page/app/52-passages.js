/* The passages that two texts share, word by word. Where flong kept their places, these are they; where it kept none,
 * or as many as it keeps, they are looked for here: runs of RUN words in a row that both have, with the edits between
 * and beside them that are small. */

const RUN = 5, SMALL_EDIT = 6, SPANS_KEPT = 16;

/* Words of one side within [from, to) that count and are in no passage yet. */
function freeWords(words, partner, from, to) {
  const free = [];
  for (let i = from; i < to; i++) if (words.kind[i] === COUNTS && partner[i] < 0) free.push(i);
  return free;
}

function pairsWithin(a, b, link, [a0, a1, b0, b1], weigh) {
  const inA = freeWords(a, link.a, a0, a1), inB = freeWords(b, link.b, b0, b1);
  return { inA, inB, pairs: commonWords(inA.map((i) => a.key[i]), 0, inA.length, inB.map((j) => b.key[j]), 0, inB.length, weigh) };
}

function addPassage(shared, inA, inB, pairs) {
  if (!pairs.length) return;
  const [i0, j0] = pairs[0], [i1, j1] = pairs[pairs.length - 1];
  const passage = { a0: inA[i0], a1: inA[i1] + 1, b0: inB[j0], b1: inB[j1] + 1, words: pairs.length, moved: false };
  shared.passages.push(passage);
  for (const [i, j] of pairs) {
    shared.link.a[inA[i]] = inB[j];
    shared.link.b[inB[j]] = inA[i];
    shared.owner.a[inA[i]] = shared.owner.b[inB[j]] = passage;
  }
}

/* Words in the longest run of pairs in which both sides go on without a gap; of scripts without spaces two characters are
 * one. */
function longestRun(pairs, keys) {
  let most = 0, run = 0;
  pairs.forEach(([i, j], p) => {
    if (!p || pairs[p - 1][0] !== i - 1 || pairs[p - 1][1] !== j - 1) run = 0;
    run += ALONE.test(keys[i]) ? .5 : 1;
    most = Math.max(most, run);
  });
  return most;
}

/* Pairs parted where more than small edits lie between; of each part what has a run, without loose words at its ends. */
function partsOf(pairs, keys) {
  const parts = [];
  let part = [];
  for (const pair of pairs) {
    const last = part[part.length - 1];
    if (last && (pair[0] - last[0] > SMALL_EDIT || pair[1] - last[1] > SMALL_EDIT)) {
      parts.push(part);
      part = [];
    }
    part.push(pair);
  }
  parts.push(part);
  return parts.filter((one) => longestRun(one, keys) >= RUN).map((one) => trimmed(trimmed(one).reverse()).reverse());
}

/* Without the runs of one or two words that stand before the first longer one. */
function trimmed(pairs) {
  let from = 0;
  const on = (p) => Math.abs(pairs[p + 1][0] - pairs[p][0]) === 1 && Math.abs(pairs[p + 1][1] - pairs[p][1]) === 1;
  while (from + 2 < pairs.length && !(on(from) && on(from + 1))) from++;
  return pairs.slice(from);
}

/* Which passages stand in one order in both texts, so that they can lie side by side: those with most words. */
function markMoved(passages) {
  const best = [], before = [];
  let last = -1;
  passages.forEach((passage, p) => {
    best[p] = passage.words;
    before[p] = -1;
    for (let q = 0; q < p; q++)
      if (passages[q].a1 <= passage.a0 && passages[q].b1 <= passage.b0 && best[q] + passage.words > best[p]) {
        best[p] = best[q] + passage.words;
        before[p] = q;
      }
    if (last < 0 || best[p] > best[last]) last = p;
  });
  passages.forEach((passage) => { passage.moved = true; });
  for (let p = last; p >= 0; p = before[p]) passages[p].moved = false;
}

const byPlace = (x, y) => x.a0 - y.a0 || x.b0 - y.b0;

function addSpans(shared, a, b, spans) {
  for (const [a0, a1, b0, b1] of spans) {
    const { inA, inB, pairs } = pairsWithin(a, b, shared.link,
      [wordFrom(a, a.place(a0)), wordFrom(a, a.place(a1)), wordFrom(b, b.place(b0)), wordFrom(b, b.place(b1))], EXACT);
    addPassage(shared, inA, inB, pairs);
  }
}

/* Looks between the passages that lie side by side. */
function addBetween(shared, a, b) {
  markMoved(shared.passages.sort(byPlace));
  const chain = shared.passages.filter((passage) => !passage.moved);
  let a0 = 0, b0 = 0;
  for (const { a0: a1, b0: b1, a1: aNext, b1: bNext } of [...chain, { a0: a.n, b0: b.n, a1: a.n, b1: b.n }]) {
    const { inA, inB, pairs } = pairsWithin(a, b, shared.link, [a0, a1, b0, b1], RUNS);
    for (const part of partsOf(pairs, inA.map((i) => a.key[i]))) addPassage(shared, inA, inB, part);
    a0 = aNext;
    b0 = bNext;
  }
}

/* {passages, link: {a, b}, owner: {a, b}}: link says of each word which one of the other text it is, or -1; owner, of
 * those that are one, their passage. A passage is words [a0, a1) and [b0, b1); `words` of them are in both. */
function sharedPassages(a, b, spans, identical) {
  const shared = { passages: [], link: { a: new Int32Array(a.n).fill(-1), b: new Int32Array(b.n).fill(-1) }, owner: { a: [], b: [] } };
  if (identical) addSpans(shared, a, b, [[0, Infinity, 0, Infinity]]);
  else if (spans) addSpans(shared, a, b, spans);
  if (!identical && (!spans || !spans.length || spans.length >= SPANS_KEPT)) addBetween(shared, a, b);
  markMoved(shared.passages.sort(byPlace));
  shared.passages.forEach((passage, number) => { passage.number = number; });
  return shared;
}
