/* What a plot says where the pointer is, or where it is touched: the data-tip of what lies under it. */

function showTip(event) {
  const tip = document.getElementById("tip"), marked = event.target.closest && event.target.closest("[data-tip]");
  tip.hidden = !marked;
  if (!marked) return;
  tip.textContent = marked.dataset.tip;
  const { width, height } = tip.getBoundingClientRect(), edge = 8;
  const right = document.documentElement.clientWidth - width - edge;
  tip.style.left = Math.max(edge, Math.min(right, event.clientX + 14)) + "px";
  tip.style.top = (event.clientY - height - edge < 0 ? event.clientY + 20 : event.clientY - height - edge) + "px";
}

function startTips() {
  document.addEventListener("pointermove", showTip);
  document.addEventListener("pointerdown", showTip);
  document.addEventListener("scroll", () => { document.getElementById("tip").hidden = true; }, { passive: true, capture: true });
}
