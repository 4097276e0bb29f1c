"""The page by keyboard alone, on a narrow screen, in light and dark, on paper, and as axe-core judges it.

axe-core comes from the npm registry into the build folder; where it cannot be had, that is said, and the checks of our own
(contrast, names, headings, focus) stand alone.
"""

import glob
import os
import shutil
import subprocess
import sys
import tarfile

import news
import report
from browser import Browser, Failures, Keys

bin_dir, scratch = sys.argv[1:3]
failures = Failures()
check, same = failures.check, failures.same
ROUTES = ['#/', '#/stories', '#/stories?q=paper', '#/story/0', '#/pair/0/0/1', '#/sites', '#/site/0', '#/nowhere']

# Text that is seen, with its contrast against what is behind it: [ratio, needed, text] where it is too little.
CONTRAST = '''
const parse = (text) => { const n = (text.match(/[\\d.]+/g) || []).map(Number); return n.length === 3 ? [...n, 1] : n; };
const light = ([r, g, b]) => { const f = (c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
const behind = (node) => { for (let n = node; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor);
  if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
const bad = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let seen = 0;
while (walker.nextNode()) {
  const text = walker.currentNode.data.trim(), node = walker.currentNode.parentElement;
  if (!text || /SCRIPT|STYLE|OPTION|TITLE/i.test(node.tagName) || node.closest(".unseen, [hidden], .skip") || !node.getClientRects().length) continue;
  const style = getComputedStyle(node), front = parse(node.closest("svg") ? style.fill : style.color), back = behind(node);
  const [x, y] = [light(front), light(back)].sort((p, q) => q - p), ratio = (x + .05) / (y + .05);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  seen++;
  if (ratio < (large ? 3 : 4.5)) bad.push([+ratio.toFixed(2), text.slice(0, 40), node.className.baseVal || node.className]);
}
return [seen, bad];
'''

# What every page needs: one h1, headings without leaps, named controls, landmarks, tables with heads.
FRAME = '''
const bad = [], say = (good, what) => { if (!good) bad.push(what); };
const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((n) => Number(n.tagName[1]));
say(levels.filter((n) => n === 1).length === 1, "h1: " + levels);
say(levels.every((n, i) => !i || n <= levels[i - 1] + 1), "headings: " + levels);
for (const name of ["main", "nav", "header", "footer"]) say(document.querySelector(name), "no " + name);
for (const node of document.querySelectorAll("a[href], button, input, select")) {
  if (!node.getClientRects().length) continue;
  const name = node.getAttribute("aria-label") || (node.labels && node.labels[0] && node.labels[0].textContent) || node.textContent || "";
  say(name.trim(), "no name: " + node.outerHTML.slice(0, 80));
}
for (const node of document.querySelectorAll("svg")) say(node.getAttribute("role") === "img" && node.getAttribute("aria-label"), "svg without a text");
for (const node of document.querySelectorAll("table")) say(node.querySelector("th[scope]"), "table without heads");
const ids = [...document.querySelectorAll("[id]")].map((n) => n.id);
say(new Set(ids).size === ids.length, "ids twice: " + ids.filter((id, i) => ids.indexOf(id) !== i));
say(document.title.length > 5 && document.documentElement.lang === "en", "title or language");
return bad;
'''


def axe_source():
    """axe-core's script, or None and why."""
    folder = os.path.join(bin_dir, 'page-axe')
    path = os.path.join(folder, 'package', 'axe.min.js')
    if not os.path.exists(path):
        if not shutil.which('npm'):
            return None, 'there is no npm'
        os.makedirs(folder, exist_ok=True)
        try:
            done = subprocess.run(['npm', 'pack', '--silent', 'axe-core@4', '--pack-destination', folder], cwd=folder, timeout=90,
                                  capture_output=True, text=True, check=False)
            with tarfile.open(glob.glob(os.path.join(folder, 'axe-core-*.tgz'))[0]) as packed:
                packed.extract('package/axe.min.js', folder)
        except (subprocess.TimeoutExpired, IndexError, OSError, KeyError, tarfile.TarError):
            return None, 'the npm registry did not give it' if 'done' not in locals() else f'npm: {done.stderr.strip()[:200]}'
    with open(path, encoding='utf-8') as source:
        return source.read(), ''


def audit(browser, axe, where):
    if axe:
        browser.js(axe + ';window.axe = axe;')
        found = browser.driver.execute_async_script('''const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ["violations"] }).then((r) => done((r.passes.length > 15 ? [] : [["few rules", "serious", r.passes.length, "", ""]]).concat(r.violations.map((v) => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary]))), (e) => done([["error", "serious", 0, String(e), ""]]))''')
        for name, impact, n, html, summary in found:
            if not check(impact not in ('serious', 'critical'), f'axe {where}: {name} ({impact}), {n} times: {html}\n  {summary}'):
                continue
            print(f'axe {where}: {name} ({impact}), {n} times: {html}')
    same(browser.js(FRAME), [], f'{where}: frame')
    seen, bad = browser.js(CONTRAST)
    check(seen > 5, f'{where}: {seen} texts')
    same(bad[:5], [], f'{where}: contrast')


def looks(browser, path, axe):
    for scheme in ('light', 'dark'):
        browser.colours(scheme)
        for width in (1280, 375):
            browser.resize(width)
            for route in ROUTES:
                browser.open(path, route)
                browser.until('return !document.querySelector(".plot") || document.querySelectorAll(".plot svg").length === document.querySelectorAll(".plot").length')
                audit(browser, axe, f'{route} {scheme} {width}')
        dark = browser.js('return getComputedStyle(document.documentElement).backgroundColor')
        same(dark == 'rgb(22, 22, 20)', scheme == 'dark', f'{scheme}: paper is {dark}')
    browser.colours('light')


def narrow(browser, path):
    for width in (320, 375, 700, 1000):
        browser.resize(width, 640)
        for route in ROUTES:
            browser.open(path, route)
            found = browser.js('''const wide = document.documentElement.clientWidth; return [document.documentElement.scrollWidth - wide,
                [...document.querySelectorAll("body *")].filter((n) => n.getClientRects().length && n.getBoundingClientRect().right > wide + 1 && !n.closest("svg, .plot, .story, .unseen, thead")).map((n) => n.outerHTML.slice(0, 80)).slice(0, 3)]''')
            same(found, [0, []], f'{width} px, {route}')
    browser.resize(1280)


def focus(browser):
    return browser.js('const n = document.activeElement; return [n.tagName, n.id || n.name || n.getAttribute("href") || n.textContent.slice(0, 30)]')


def outlined(browser, where):
    """A date's parts are the browser's own, and are outlined by it."""
    check(browser.js('const n = document.activeElement, s = getComputedStyle(n); return n.type === "date" || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2'), f'{where}: focus is not seen')


def keyboard(browser, path):
    browser.open(path)
    browser.press(Keys.TAB)
    same(focus(browser), ['A', 'skip'], 'first stop')
    outlined(browser, 'skip link')
    browser.press(Keys.ENTER)
    same(focus(browser), ['MAIN', 'main'], 'the skip link leads to the content')
    browser.press(Keys.TAB)
    check('story' in focus(browser)[1], f'next stop: {focus(browser)}')

    browser.open(path, '#/stories')
    stops = []
    for _ in range(25):
        browser.press(Keys.TAB)
        stops.append(focus(browser))
        outlined(browser, stops[-1])
        if browser.js('return Boolean(document.activeElement.closest(".scroller"))'):
            break
    check(browser.js('return Boolean(document.activeElement.closest(".scroller"))'), f'Tab does not reach the list: {stops}')
    browser.press(Keys.ARROW_DOWN)
    browser.press(Keys.ARROW_DOWN)
    same(browser.js('return Number(document.activeElement.closest("li").dataset.row)'), 2, 'two rows down')
    outlined(browser, 'a row')
    browser.press(Keys.TAB)
    check(browser.js('return !document.activeElement.closest(".scroller")'), 'the list is one stop')
    browser.js('document.querySelector(".scroller a[tabindex=\'0\']").focus()')
    number = browser.js('return Number(document.activeElement.hash.split("/")[2])')
    turn = browser.js('return document.documentElement.dataset.ready')
    browser.press(Keys.ENTER)
    browser.until('return document.documentElement.dataset.ready !== arguments[0]', turn)
    same(browser.js('return location.hash'), f'#/story/{number}', 'Enter opens the story')
    same(focus(browser), ['MAIN', 'main'], 'focus goes to the story')

    for _ in range(40):  # the first link of the tree that compares
        browser.press(Keys.TAB)
        if browser.js('return /^#.pair/.test(document.activeElement.getAttribute("href") || "")'):
            break
    browser.press(Keys.ENTER)
    browser.until('return document.querySelector(".columns") || document.querySelector(".verdict")')
    check('/pair/' in browser.js('return location.hash'), 'Enter puts two articles side by side')
    browser.back()
    same(browser.js('return location.hash'), f'#/story/{number}', 'back to the story')

    browser.open(path, '#/sites')
    first = browser.text('.cards tbody th')
    browser.js('[...document.querySelectorAll(".cards thead button")].find((b) => b.textContent === "Copied by others").focus()')
    browser.press(Keys.ENTER)
    same(browser.js('return document.activeElement.closest("th").getAttribute("aria-sort")'), 'descending', 'a column is sorted')
    check(browser.js('const n = [...document.querySelectorAll(".cards tbody tr")].map((r) => Number(r.cells[5].textContent)); return n.length > 3 && n.every((x, i) => !i || x <= n[i - 1])'), 'sorted by what is copied')
    check(first is not None, 'sites: rows')


def themes(browser, path):
    browser.open(path)
    paper = 'return getComputedStyle(document.documentElement).backgroundColor'
    seen = [browser.js(paper)]
    for _ in range(3):
        browser.js('document.getElementById("theme").click()')
        seen.append(browser.js(paper))
    check(seen[0] == seen[1] == seen[3] != seen[2], f'themes: {seen}')
    browser.js('document.getElementById("theme").click(); document.getElementById("theme").click()')
    browser.open(path, '#/sites')
    same(browser.js(paper), seen[2], 'the theme is kept')
    browser.js('document.getElementById("theme").click()')


def paper(browser, path):
    browser.open(path, '#/stories')
    browser.cdp('Emulation.setEmulatedMedia', media='print')
    browser.js('dispatchEvent(new Event("beforeprint"))')
    n = browser.js('return report.stories.title.length')
    same(len(browser.all('.scroller li')), min(n, 500), 'on paper: all stories')
    check(browser.js('const r = [...document.querySelectorAll(".scroller li")].map((x) => x.getBoundingClientRect()); return r.every((x, i) => !i || x.top >= r[i - 1].bottom - 1)'), 'on paper: rows do not cover one another')
    check(browser.js('return !document.querySelector("nav").getClientRects().length && !document.querySelector("form").getClientRects().length'), 'on paper: no controls')
    browser.js('document.documentElement.dataset.theme = "dark"')
    same(browser.js('return getComputedStyle(document.documentElement).backgroundColor'), 'rgb(255, 255, 255)', 'on paper: white')
    browser.js('delete document.documentElement.dataset.theme')
    browser.js('dispatchEvent(new Event("afterprint"))')
    browser.cdp('Emulation.setEmulatedMedia', media='')
    check(len(browser.all('.scroller li')) < 60, 'after printing: what is seen')
    browser.open(path, '#/pair/0/0/1')
    check(len(browser.cdp('Page.printToPDF')['data']) > 5000, 'on paper: a file')


def main():
    page = report.make(bin_dir, scratch, 'access', report.write(scratch, 'access.jsonl', news.small()))
    axe, why = axe_source()
    print(f'axe-core: {"skipped, " + why if not axe else "in use"}')
    with Browser(scratch) as browser:
        looks(browser, page, axe)
        narrow(browser, page)
        keyboard(browser, page)
        themes(browser, page)
        paper(browser, page)
        same(browser.complaints(), [], 'console')
        same(browser.requests(), [], 'requests')


main()
sys.exit(1 if failures.n else 0)
