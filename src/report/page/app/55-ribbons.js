/* A map of two texts: each is a bar, as long as it has words, and ribbons lead from the passages of one to those of the
 * other. */

function ribbons(a, b, shared, go) {
  const words = shared.passages.reduce((sum, passage) => sum + passage.words, 0), longest = Math.max(a.n, b.n, 1);
  const draw = (width) => {
    const drawn = canvas(width, 84), right = width - 14, x = (word) => 14 + word / longest * (right - 14);
    const top = 12, bottom = 62, thick = 10;
    drawn.append(label(0, top + 9, "A", "name", "start"), label(0, bottom + 9, "B", "name", "start"),
      bar(x(0), top, x(a.n) - x(0), thick, "f-faint"), bar(x(0), bottom, x(b.n) - x(0), thick, "f-faint"));
    shared.passages.forEach((p, i) => {
      const [a0, a1, b0, b1] = [x(p.a0), Math.max(x(p.a1), x(p.a0) + 1.5), x(p.b0), Math.max(x(p.b1), x(p.b0) + 1.5)], middle = (top + thick + bottom) / 2;
      const kind = p.moved ? "moved" : "kept";
      drawn.append(s("g", { class: "go", onclick: () => go(i), data: { tip: `passage ${i + 1}: ${many(p.words, "word")} in common${p.moved ? ", in another place" : ""}` } },
        s("path", { class: "ribbon " + kind, d: `M${a0} ${top + thick}C${a0} ${middle} ${b0} ${middle} ${b0} ${bottom}L${b1} ${bottom}C${b1} ${middle} ${a1} ${middle} ${a1} ${top + thick}Z` }),
        bar(a0, top, a1 - a0, thick, "end " + kind), bar(b0, bottom, b1 - b0, thick, "end " + kind)));
    });
    return drawn;
  };
  return plot("Where they agree", `A has ${many(a.n, "word")}, B ${count(b.n)}; ${many(words, "word")} in ${many(shared.passages.length, "passage")} are the same.`, draw);
}
