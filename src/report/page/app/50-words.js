/* A text as a sequence of words: runs of letters and digits without case; single characters in scripts that put no
 * spaces between words. */

const UNSPACED = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\p{sc=Yi}", CLUSTERED = "\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
const WORD = new RegExp(`[${UNSPACED}]|[${CLUSTERED}]\\p{M}*|(?:(?![${UNSPACED}${CLUSTERED}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
const ALONE = new RegExp(`^[${UNSPACED}${CLUSTERED}]`, "u");

const COUNTS = 0, FURNITURE = 1, CREDIT = 2;

/* From places in characters, as the data has them, to places in a string of this language. */
function placesIn(text) {
  if (!/[\uD800-\uDFFF]/.test(text)) return (at) => Math.max(0, Math.min(at, text.length));
  const places = [];
  let at = 0;
  for (const character of text) {
    places.push(at);
    at += character.length;
  }
  return (character) => (character < places.length ? places[Math.max(0, character)] : text.length);
}

/* {text, place, n, begin, end, key, kind}: of each word where it stands, what it is compared by, and whether it counts.
 * marks: [begin, end, kind] in characters; 0 is furniture, 1 a credit. */
function readWords(text, marks) {
  const begin = [], end = [], key = [], place = placesIn(text);
  for (const found of text.matchAll(WORD)) {
    begin.push(found.index);
    end.push(found.index + found[0].length);
    key.push(found[0].normalize("NFKC").toLowerCase());
  }
  const kind = new Uint8Array(begin.length), ranges = [];
  let word = 0;
  for (const [from, to, mark] of marks || []) {
    if (mark > 1) continue;
    const first = place(from), last = place(to);
    ranges.push([first, last, mark === 0 ? FURNITURE : CREDIT]);
    while (word < begin.length && begin[word] < first) word++;
    for (; word < begin.length && begin[word] < last; word++) kind[word] = mark === 0 ? FURNITURE : CREDIT;
  }
  /* Where nothing else is left, all of it counts: such pages are compared as they are. */
  if (kind.every((k) => k !== COUNTS)) {
    kind.fill(COUNTS);
    ranges.length = 0;
  }
  return { text, place, n: begin.length, begin, end, key, kind, ranges };
}

/* The first word that begins at `at` or later. */
function wordFrom(words, at) {
  let low = 0, high = words.n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words.begin[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
