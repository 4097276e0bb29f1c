/* What two sequences have in common: a longest common subsequence, and of those that are as long one with the fewest
 * breaks, so that edits stand together as they were made. */

const CELLS = 1 << 24; /* a table of more is not filled in: the sequences are parted first, where runs stand once in each */
/* What a pair of equal words weighs, and one that follows the pair before weighs more. EXACT: a pair is more than the shorter
 * side of any table, so that the most pairs win, and among these the fewest breaks. RUNS: long runs win over loose words. */
const EXACT = { pair: 8192, on: 1 }, RUNS = { pair: 1, on: 2 };
const SEED = 5;

/* Pairs [i, j] of equal words of a[a0..a1) and b[b0..b1), both ascending. */
function commonWords(a, a0, a1, b, b0, b1, weigh = EXACT) {
  const head = [], tail = [];
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) head.push([a0++, b0++]);
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) tail.push([--a1, --b1]);
  const middle = a0 === a1 || b0 === b1 ? [] : (a1 - a0) * (b1 - b0) <= CELLS ? commonByTable(a, a0, a1, b, b0, b1, weigh) : commonByParts(a, a0, a1, b, b0, b1, weigh);
  return head.concat(middle, tail.reverse());
}

/* Ways into a cell of the table. */
const UP = 0, LEFT = 1, MATCH = 2, ON = 4;

/* For each cell the best weight of what stands before it, and the best that ends with a pair there. */
function commonByTable(a, a0, a1, b, b0, b1, weigh) {
  const n = a1 - a0, m = b1 - b0, way = new Uint8Array(n * m);
  let best = new Int32Array(m + 1), ending = new Int32Array(m + 1).fill(-1), above = new Int32Array(m + 1), endingAbove = new Int32Array(m + 1).fill(-1);
  for (let i = 0; i < n; i++) {
    [best, above] = [above, best];
    [ending, endingAbove] = [endingAbove, ending];
    const word = a[a0 + i];
    for (let j = 1; j <= m; j++) {
      let to = above[j], by = UP, pair = -1;
      if (best[j - 1] > to) {
        to = best[j - 1];
        by = LEFT;
      }
      if (word === b[b0 + j - 1]) {
        const on = endingAbove[j - 1] >= 0 && endingAbove[j - 1] + weigh.on > above[j - 1];
        pair = weigh.pair + (on ? endingAbove[j - 1] + weigh.on : above[j - 1]);
        if (pair >= to) {
          to = pair;
          by = MATCH;
        }
        if (on) by |= ON;
      }
      best[j] = to;
      ending[j] = pair;
      way[i * m + j - 1] = by;
    }
  }
  return waysBack(way, a0, n, b0, m);
}

function waysBack(way, a0, n, b0, m) {
  const pairs = [];
  let i = n - 1, j = m - 1, on = false;
  while (i >= 0 && j >= 0) {
    const by = way[i * m + j];
    if (on || (by & 3) === MATCH) {
      pairs.push([a0 + i--, b0 + j--]);
      on = Boolean(by & ON);
    } else if ((by & 3) === UP) i--;
    else j--;
  }
  return pairs.reverse();
}

/* Where runs of SEED words begin that stand once among a[a0..a1). */
function runsOnce(a, a0, a1) {
  const once = new Map();
  for (let i = a0; i + SEED <= a1; i++) {
    const run = a.slice(i, i + SEED).join(" ");
    once.set(run, once.has(run) ? -1 : i);
  }
  return once;
}

/* Parts long sequences at runs that stand once in each, as many as come in one order (patience sorting). */
function commonByParts(a, a0, a1, b, b0, b1, weigh) {
  const inA = runsOnce(a, a0, a1), inB = runsOnce(b, b0, b1), seeds = [];
  for (const [run, i] of inA) if (i >= 0 && inB.get(run) >= 0) seeds.push([i, inB.get(run)]);
  const pairs = [];
  let i0 = a0, j0 = b0;
  const part = (i, j) => {
    if (i > i0 && j > j0 && (i - i0) * (j - j0) <= CELLS) pairs.push(...commonWords(a, i0, i, b, j0, j, weigh));
  };
  for (const [i, j] of ascending(seeds)) {
    if (i < i0 || j < j0) continue;
    part(i, j);
    pairs.push([i, j]);
    i0 = i + 1;
    j0 = j + 1;
  }
  part(a1, b1);
  return pairs;
}

/* A longest run of pairs, of pairs that ascend in their first part, in which the second ascends as well. */
function ascending(pairs) {
  const ends = [], before = [];
  pairs.forEach(([, j], p) => {
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]][1] < j) low = middle + 1;
      else high = middle;
    }
    before[p] = low ? ends[low - 1] : -1;
    ends[low] = p;
  });
  const chosen = [];
  for (let p = ends.length ? ends[ends.length - 1] : -1; p >= 0; p = before[p]) chosen.push(pairs[p]);
  return chosen.reverse();
}
