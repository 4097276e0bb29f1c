/* Moving through lists by keyboard: one stop for Tab, arrows within. */

/* Where a key leads from entry `at` of n, `page` of which are seen at once; -1 where it means nothing. */
function stepOf(key, at, n, page) {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: n - 1 }[key];
  return to === undefined || n === 0 ? -1 : Math.max(0, Math.min(n - 1, to));
}

/* Makes the links within `list` that `selector` names one stop. */
function rove(list, selector) {
  const entries = () => [...list.querySelectorAll(selector)].filter((entry) => entry.offsetParent);
  const hold = (entry) => {
    list.querySelectorAll(selector).forEach((other) => { other.tabIndex = other === entry ? 0 : -1; });
  };
  list.addEventListener("focusin", (event) => {
    const entry = event.target.closest(selector);
    if (entry) hold(entry);
  });
  list.addEventListener("keydown", (event) => {
    const all = entries(), at = all.indexOf(event.target.closest(selector));
    const to = at < 0 ? -1 : stepOf(event.key, at, all.length, 10);
    if (to < 0) return;
    event.preventDefault();
    all[to].focus();
  });
  hold(list.querySelector(selector));
  return list;
}
