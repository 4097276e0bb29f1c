"""The marks of two articles side by side against a plain diff of their words.

Of random pairs the words that the page marks are read out of it. They have to be the same in both texts, passage by
passage, and, span by span of those that flong kept, as many as a longest common subsequence of the words that the
spans hold: a diff with fewer edits there is none. Where flong kept no spans, every run of words that Python's difflib finds
and that is long enough has to be marked.
"""

import difflib
import os
import random
import subprocess
import sys

import report
from browser import Browser, Failures
from words import common, words

bin_dir, scratch = sys.argv[1:3]
PAIRS, RUN, SPANS_KEPT, FURNITURE, CREDIT = 40, 5, 16, 0, 1
failures = Failures()

READ = '''
const more = document.querySelector(".sides > button.more");
while (more && !more.hidden) more.click();
return ["A", "B"].map((side) => [...document.querySelectorAll(`td[data-side=${side}]`)].map((cell) => [...cell.childNodes].map((node) => {
  const mark = node.nodeName === "MARK";
  return [node.nodeName === "SPAN" && node.className === "gap" ? "\\n" : node.textContent, mark ? Number(node.dataset.passage) : -1];
})));
'''


class Side:
    """One text: its words, which of them count, and in which passage the page has marked each (-1: none)."""

    def __init__(self, name, kept, cells):
        self.words = words(kept['text'])
        self.key = [w[2] for w in self.words]
        left_out = [(b, e) for b, e, kind in kept['marks'] or [] if kind in (FURNITURE, CREDIT)]
        self.counts = [not any(b <= w[0] < e for b, e in left_out) for w in self.words]
        if not any(self.counts):
            self.counts = [True] * len(self.words)
        self.passage = []
        shown = []
        for cell in cells:
            text = ''.join(piece[0] for piece in cell)
            place, at = [], 0
            for piece, passage in cell:
                place.append((at, at + len(piece), passage))
                at += len(piece)
            for begin, _, key in words(text):
                shown.append(key)
                self.passage.append(next(p for b, e, p in place if b <= begin < e))
        failures.check(shown == self.key, f'{name}: other words are shown than the text has')

    def within(self, begin, end):
        """Words that stand in a range of characters and count."""
        return [i for i, w in enumerate(self.words) if begin <= w[0] < end and self.counts[i]]

    def passages(self):
        found = {}
        for i, p in enumerate(self.passage):
            if p >= 0:
                found.setdefault(p, []).append(i)
        return found


def check_spans(name, a, b, spans):
    """Each span gave one passage, or none where earlier spans took its words; as many words as can be."""
    in_a, in_b = a.passages(), b.passages()
    taken_a, taken_b, left = set(), set(), set(in_a)
    for a0, a1, b0, b1 in spans:
        free_a = [i for i in a.within(a0, a1) if i not in taken_a]
        free_b = [j for j in b.within(b0, b1) if j not in taken_b]
        most = common([a.key[i] for i in free_a], [b.key[j] for j in free_b])
        if not most:
            continue
        here = [p for p in left if set(in_a[p]) <= set(free_a) and set(in_b[p]) <= set(free_b)]
        sized = [p for p in here if len(in_a[p]) == most]
        if not failures.check(sized, f'{name}: span {a0}-{a1}, {b0}-{b1}: {most} words are common, marked {[len(in_a[p]) for p in here]}'):
            continue
        taken_a.update(in_a[sized[0]])
        taken_b.update(in_b[sized[0]])
        left.discard(sized[0])
    failures.check(not left or len(spans) >= SPANS_KEPT, f'{name}: passages {left} are in no span')


def plain_diff(a, b):
    """Blocks of words that count and that difflib finds in both texts: (words of a, how many)."""
    kept_a, kept_b = ([i for i, counts in enumerate(side.counts) if counts] for side in (a, b))
    blocks = difflib.SequenceMatcher(None, [a.key[i] for i in kept_a], [b.key[j] for j in kept_b], autojunk=False).get_matching_blocks()
    return [(kept_a[block.a:block.a + block.size], block.size) for block in blocks]


def check_found(name, a, b):
    """Without spans: long runs of a plain diff are marked."""
    lengths = sum(size for _, size in plain_diff(a, b) if size >= 3 * RUN)
    marked = sum(p >= 0 for p in a.passage)
    failures.check(marked >= .75 * lengths, f'{name}: {marked} words marked, difflib has {lengths} in long runs')


def compare(name, row, texts, cells, totals):
    a, b = Side(name + ' A', texts[row[0]], cells[0]), Side(name + ' B', texts[row[1]], cells[1])
    in_a, in_b = a.passages(), b.passages()
    failures.check(set(in_a) == set(in_b), f'{name}: other passages in A than in B')
    for p in set(in_a) & set(in_b):
        failures.check([a.key[i] for i in in_a[p]] == [b.key[j] for j in in_b[p]], f'{name}: passage {p} has other words in A than in B')
    spans = row[9] if row[2] != 1 else [[0, 1 << 60, 0, 1 << 60]]
    if spans:
        check_spans(name, a, b, spans)
    else:
        check_found(name, a, b)
    diffed = {i for begin, size in plain_diff(a, b) for i in begin[:size]}
    marked = {i for i, p in enumerate(a.passage) if p >= 0}
    for key, value in (('marked', len(marked)), ('diffed', len(diffed)), ('both', len(marked & diffed))):
        totals[key] = totals.get(key, 0) + value


def archive():
    """An index to look into: one that was named, or made-up news with furniture, and some in a script without spaces."""
    named = os.environ.get('FLONG_PAGE_INDEX')
    if named:
        return named
    path, index = os.path.join(scratch, 'news.jsonl'), os.path.join(scratch, 'news.flong')
    with open(path, 'w', encoding='utf-8') as out:
        for more in (['-n', '1500', '--furniture', 'heavy'], ['-n', '400', '--unspaced', '1', '--seed', '2']):
            part = subprocess.run([os.path.join(bin_dir, 'flong-generate'), *more, '-o', '-'], capture_output=True, text=True, check=True).stdout
            out.write(part if '-n 1500' in ' '.join(more) else part.replace('"id": "', '"id": "u').replace('"id":"', '"id":"u'))
    report.flong(bin_dir, 'index', '-q', index, path)
    return index


def sample(data):
    """Pairs at random, of each relation: (story, row)."""
    rows = {}
    for number in range(len(data.block('stories')['title'])):
        for row in data.part('members', number)['pairs']:
            rows.setdefault(row[2], []).append((number, row))
    dice = random.Random(7)
    chosen = []
    for relation, share in ((1, 4), (2, 16), (3, 10), (4, 5), (5, 5)):
        chosen += dice.sample(rows.get(relation, []), min(share, len(rows.get(relation, []))))
    return chosen


def main():
    page = os.path.join(scratch, 'marks.html')
    report.flong(bin_dir, 'report', '-q', '-o', page, archive())
    data = report.Report(page)
    by_relation, n = {}, 0
    with Browser(scratch) as browser:
        browser.open(page)
        for number, row in sample(data):
            texts = data.part('texts', number)
            if not texts[row[0]] or not texts[row[1]]:
                continue
            n += 1
            browser.go(f'#/pair/{number}/{row[0]}/{row[1]}')
            compare(f'pair {number}/{row[0]}/{row[1]}', row, texts, browser.js(READ), by_relation.setdefault(row[2], {}))
        failures.same(browser.complaints(), [], 'console')
        failures.same(browser.requests(), [], 'requests')
    failures.check(n >= PAIRS - 4, f'only {n} pairs')
    for relation, totals in sorted(by_relation.items()):
        print(f'{["", "identical", "reprint", "excerpt", "rewrite", "related"][relation]}: {totals["marked"]:,} words marked, a plain diff of all words '
              f'that count has {totals["diffed"]:,} in common, {totals["both"]:,} of them the same')
    print(f'{n} pairs')


main()
sys.exit(1 if failures.n else 0)
