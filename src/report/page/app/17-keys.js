/* Moving through lists by keyboard: one stop for Tab, arrows within. */

/* Where a key leads from entry `at` of n, `page` of which are seen at once; -1 where it means nothing. */
function stepOf(key, at, n, page) {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: n - 1 }[key];
  return to === undefined || n === 0 ? -1 : Math.max(0, Math.min(n - 1, to));
}
