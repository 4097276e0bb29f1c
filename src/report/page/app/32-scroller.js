/* A list of any length within the page's own scrolling: only the rows that are seen, and some around them, are there.
 * All rows are of one height. One row is the stop for Tab; arrows, Page and Home, End move it. */

const ROWS_AROUND = 8, TALLEST = 8e6, PRINTED = 500;

/* `draw(i)` gives the content of row i, an element to be focused. */
class Scroller {
  constructor(name, draw) {
    this.draw = draw;
    this.n = 0;
    this.at = 0; /* the row that Tab stops at */
    this.rows = new Map();
    this.list = h("ol", { class: "scroller", "aria-label": name, onkeydown: (event) => this.key(event), onfocusin: (event) => this.focused(event) });
    this.update = () => this.render();
    this.print = () => this.printed();
    this.printEnd = () => this.fill(this.n);
    addEventListener("scroll", this.update, { passive: true });
    addEventListener("resize", this.update);
    addEventListener("beforeprint", this.print);
    addEventListener("afterprint", this.printEnd);
  }

  close() {
    removeEventListener("scroll", this.update);
    removeEventListener("resize", this.update);
    removeEventListener("beforeprint", this.print);
    removeEventListener("afterprint", this.printEnd);
  }

  /* Shows n rows, from the first one. */
  fill(n) {
    this.n = n;
    this.at = 0;
    this.list.replaceChildren();
    this.list.classList.remove("printed");
    this.rows.clear();
    this.render();
  }

  row(i) {
    const entry = this.draw(i);
    entry.tabIndex = i === this.at ? 0 : -1;
    return h("li", { "aria-posinset": i + 1, "aria-setsize": this.n, data: { row: i } }, entry);
  }

  /* Height of a row, from the style; of the whole list, which is less than its rows where no page is as tall. */
  measure() {
    this.height = parseFloat(getComputedStyle(this.list).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.tall = Math.min(this.n * this.height, TALLEST);
    this.list.style.height = this.tall + "px";
  }

  /* The first row that is seen, with its fraction. */
  top() {
    const over = -this.list.getBoundingClientRect().top, free = this.tall - innerHeight;
    const scale = free > 0 ? (this.n * this.height - innerHeight) / free : 1;
    return Math.max(0, over * Math.max(1, scale) / this.height);
  }

  render() {
    if (!this.list.isConnected || this.list.classList.contains("printed")) return;
    this.measure();
    const top = this.top(), over = Math.max(0, -this.list.getBoundingClientRect().top);
    const first = Math.max(0, Math.floor(top) - ROWS_AROUND), last = Math.min(this.n, Math.ceil(top + innerHeight / this.height) + ROWS_AROUND);
    for (const [i, row] of this.rows)
      if ((i < first || i >= last) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(i);
      }
    for (let i = first; i < last; i++) {
      if (!this.rows.has(i)) {
        const row = this.row(i), next = [...this.rows.keys()].filter((k) => k > i).sort((x, y) => x - y)[0];
        this.list.insertBefore(row, next === undefined ? null : this.rows.get(next));
        this.rows.set(i, row);
      }
    }
    for (const [i, row] of this.rows) row.style.transform = `translateY(${Math.round(over + (i - top) * this.height)}px)`;
    if (!this.rows.has(this.at) && first < last) this.hold(Math.min(this.n - 1, Math.ceil(top)));
  }

  hold(i) {
    this.at = i;
    for (const [k, row] of this.rows) row.firstChild.tabIndex = k === i ? 0 : -1;
  }

  focused(event) {
    const row = event.target.closest("li");
    if (row) this.hold(Number(row.dataset.row));
  }

  key(event) {
    const to = stepOf(event.key, this.at, this.n, Math.max(1, Math.floor(innerHeight / this.height) - 2));
    if (to < 0) return;
    event.preventDefault();
    this.go(to);
  }

  /* Scrolls to row i and gives it the focus. */
  go(i) {
    const seen = this.top(), page = innerHeight / this.height;
    if (i < seen + 1 || i > seen + page - 2) {
      const rows = Math.max(1e-9, this.n * this.height - innerHeight), free = Math.max(0, this.tall - innerHeight);
      const wanted = Math.max(0, (i - page / 2) * this.height), start = scrollY + this.list.getBoundingClientRect().top;
      scrollTo({ top: i === 0 ? 0 : start + wanted * Math.min(1, free / rows), behavior: "instant" });
      this.render();
    }
    if (!this.rows.has(i)) {
      const row = this.row(i);
      this.list.append(row);
      this.rows.set(i, row);
    }
    this.hold(i);
    this.rows.get(i).firstChild.focus({ preventScroll: true });
    this.render();
  }

  /* On paper a list stands as it is, up to a length. */
  printed() {
    if (!this.list.isConnected) return;
    this.rows.clear();
    this.list.classList.add("printed");
    this.list.style.height = "auto";
    const n = Math.min(this.n, PRINTED);
    this.list.replaceChildren(...Array.from({ length: n }, (_, i) => this.row(i)));
    if (n < this.n) this.list.append(h("li", { class: "more" }, `and ${count(this.n - n)} more, in the file`));
  }
}
