/* Two texts as rows of two cells: what both have lies side by side, paragraph by paragraph; what one alone has lies
 * alone. A cell is a range of its text. */

/* Kinds of what stands in a cell. */
const PLAIN = "", SAME = "same", MOVED = "same moved", EDIT = "edit";

/* The text as pieces {begin, end, kind, passage}: words that are alike one after the other are one piece. */
function piecesOf(words, shared, side) {
  const inPassage = new Int32Array(words.n).fill(-1), pieces = [], link = shared.link[side], { passages } = shared;
  passages.forEach((passage, p) => inPassage.fill(p, passage[side + "0"], passage[side + "1"]));
  for (let i = 0; i < words.n; i++) {
    const p = link[i] < 0 ? inPassage[i] : shared.owner[side][i].number, last = pieces[pieces.length - 1];
    if (words.kind[i] !== COUNTS || p < 0) continue;
    const kind = link[i] < 0 ? EDIT : passages[p].moved ? MOVED : SAME;
    const on = last && last.word === i - 1 && last.kind === kind && last.passage === p && (kind === EDIT || link[i] === link[i - 1] + 1);
    if (on) {
      last.end = words.end[i];
      last.word = i;
    } else pieces.push({ begin: words.begin[i], end: words.end[i], kind, passage: p, word: i });
  }
  for (const [begin, end, mark] of words.ranges) pieces.push({ begin, end, kind: mark === FURNITURE ? "furniture" : "credit-line", passage: -1 });
  return pieces.sort((x, y) => x.begin - y.begin || x.end - y.end);
}

/* The pieces within [begin, end), with what lies between them as plain ones. */
function piecesWithin(words, pieces, begin, end) {
  const within = [];
  let at = begin;
  for (const piece of pieces) {
    const from = Math.max(piece.begin, at), to = Math.min(piece.end, end);
    if (piece.begin >= end) break;
    if (from >= to) continue;
    if (from > at) within.push({ begin: at, end: from, kind: PLAIN, passage: -1 });
    within.push({ ...piece, begin: from, end: to });
    at = to;
  }
  if (at < end) within.push({ begin: at, end, kind: PLAIN, passage: -1 });
  return within;
}

/* Places at which a passage is cut, in both texts: between paragraphs of either. */
function cutsOf(a, b, passage, { link, owner }) {
  const cuts = [];
  let i0 = passage.a0;
  for (let i = passage.a0 + 1; i < passage.a1; i++) {
    if (owner.a[i] !== passage) continue;
    const inA = a.text.slice(a.end[i0], a.begin[i]).lastIndexOf("\n"), j0 = link.a[i0], j = link.a[i];
    const inB = b.text.slice(b.end[j0], b.begin[j]).lastIndexOf("\n");
    if (inA >= 0 || inB >= 0) cuts.push([inA >= 0 ? a.end[i0] + inA + 1 : a.begin[i], inB >= 0 ? b.end[j0] + inB + 1 : b.begin[j]]);
    i0 = i;
  }
  return cuts;
}

/* Rows {a: [begin, end], b: [begin, end], passage: its number or -1}. */
function rowsOf(a, b, shared) {
  const rows = [];
  let atA = 0, atB = 0;
  const row = (toA, toB, passage) => {
    if (toA > atA || toB > atB) rows.push({ a: [atA, toA], b: [atB, toB], passage });
    atA = toA;
    atB = toB;
  };
  shared.passages.forEach((passage, p) => {
    if (passage.moved) return;
    row(a.begin[passage.a0], b.begin[passage.b0], -1);
    for (const [toA, toB] of cutsOf(a, b, passage, shared)) row(toA, toB, p);
    row(withMarks(a.text, a.end[passage.a1 - 1]), withMarks(b.text, b.end[passage.b1 - 1]), p);
  });
  row(a.text.length, b.text.length, -1);
  return rows.filter(({ a: [x, y], b: [v, w] }) => a.text.slice(x, y).trim() || b.text.slice(v, w).trim());
}

/* A full stop and closing quotation marks go with the word before them. */
function withMarks(text, at) {
  const marks = /^[.,;:!?…'"”’»)\]]+/.exec(text.slice(at, at + 8));
  return at + (marks ? marks[0].length : 0);
}
