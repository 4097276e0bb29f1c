/* Text of anybody, made fit to be shown: nothing in it changes how its surroundings look. */

const TITLE_SHOWN = 300;

/* Characters that set the direction of what follows them; within an element of its own they would do no harm, but they
 * would show words in another order than they stand in. */
const TURNS = { "\u202A": "LRE", "\u202B": "RLE", "\u202C": "PDF", "\u202D": "LRO", "\u202E": "RLO",
  "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI" };

const UNFIT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function fitCharacter(c) {
  const code = c.charCodeAt(0);
  if (code === 0x0D) return "";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7F) return "\u2421";
  if (code < 0xA0) return "\u2426";
  if (code === 0x2028 || code === 0x2029) return "\n";
  return TURNS[c] ? `\u27E8${TURNS[c]}\u27E9` : "\uFFFD";
}

/* A piece of a text, its line ends kept. */
function shown(text) {
  return text.replace(UNFIT, fitCharacter);
}

/* A line: a title, a name. Cut where it is longer than anybody reads. */
function shownLine(text, limit = TITLE_SHOWN) {
  const cut = text.length > limit ? text.slice(0, limit) + " …" : text;
  return shown(cut).replace(/\s+/g, " ").trim();
}
