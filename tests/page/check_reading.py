"""What a reader does: looks, searches, opens a story, puts two articles side by side; with articles that mean harm."""

import os
import re
import sys

import news
import report
from browser import Browser, Failures, Keys

bin_dir, scratch = sys.argv[1:3]
failures = Failures()
check, same = failures.check, failures.same
ROUTES = ['#/', '#/stories', '#/sites', '#/site/0', '#/story/0', '#/pair/0/0/1']


def quiet(browser, where):
    same(browser.requests(), [], f'{where}: requests')
    same(browser.complaints(), [], f'{where}: console')


def story_titled(data, title):
    return data.block('stories')['title'].index(title)


def overview(browser, data):
    counts = data.block('overview')['counts']
    page = browser.text('#main')
    check(f'{counts["articles"]:,}' in page and f'{counts["stories"]:,}' in page, 'overview: counts')
    same(len(browser.all('.leads li')), 8, 'overview: leading stories')
    plots = browser.js('''return [...document.querySelectorAll("figure")].map((f) => {
        const s = f.querySelector("svg"); return [s && s.getAttribute("role"), s && s.getAttribute("aria-label").length > 20,
        f.querySelectorAll("svg rect").length > 1] })''')
    check(len(plots) >= 5 and all(plot == ['img', True, True] for plot in plots), f'overview: plots {plots}')
    browser.js('document.querySelectorAll("details").forEach((d) => { d.open = true; })')
    browser.until('return document.querySelectorAll(".numbers td").length > 20')


def search(browser, data):
    browser.go('#/stories')
    n = len(data.block('stories')['title'])
    check(browser.text('.told').startswith(f'{n:,}'), 'stories: how many')
    browser.press('/')
    same(browser.js('return document.activeElement.name'), 'q', 'stories: "/" leads to the search')
    browser.press('TOWPATH fíre')
    browser.until('return document.querySelector(".told").textContent.startsWith("0 of")')
    browser.press(Keys.CONTROL + 'a')
    browser.press('Paper Míll')
    browser.until('return document.querySelectorAll(".scroller li").length === 1')
    same(browser.text('.scroller .title'), 'Fire guts old paper mill at Tarnbridge', 'stories: found')
    check('q=Paper' in browser.js('return location.hash'), 'stories: the search is in the address')
    browser.open(data.path, browser.js('return location.hash'))
    same(len(browser.all('.scroller li')), 1, 'stories: an address with a search')


def filters(browser, data):
    stories, sites = data.block('stories'), data.block('sites')['name']
    site = sites.index('lowmoorpost.example')
    for query, wanted in [(f'site={site}', [site in s for s in stories['site_list']]),
                          ('agency=0', [0 in a for a in stories['agency']]),
                          ('relation=excerpt', [bool(r & 4) for r in stories['relations']]),
                          ('credit=none', [u > 0 for u in stories['uncredited']]),
                          ('credit=all', [u == 0 and c > 0 for u, c in zip(stories['uncredited'], stories['credited'])]),
                          ('from=2024-05-05', [t >= 1714867200 for t in stories['last']]),
                          ('to=2024-05-04', [t < 1714867200 for t in stories['first']])]:
        browser.go('#/stories?' + query)
        check(0 < sum(wanted) < len(wanted), f'filter {query}: {sum(wanted)} says nothing')
        check(browser.text('.told').startswith(f'{sum(wanted):,} of'), f'filter {query}: {browser.text(".told")}, not {sum(wanted)}')
    for order, key in [('newest', lambda i: -stories['first'][i]), ('sites', lambda i: -stories['sites'][i]), ('title', lambda i: stories['title'][i].lower())]:
        browser.go('#/stories?sort=' + order)
        wanted = sorted(range(len(stories['title'])), key=lambda i: (key(i), i))[:5]
        found = browser.js('return [...document.querySelectorAll(".scroller a")].slice(0, 5).map((a) => Number(a.hash.split("/")[2]))')
        same([key(i) for i in found], [key(i) for i in wanted], f'order {order}')


def story(browser, data):
    number = story_titled(data, 'Fire guts old paper mill at Tarnbridge')
    browser.go('#/stories?q=paper')
    browser.click('.scroller a')
    same(browser.js('return location.hash'), f'#/story/{number}', 'story: address')
    same(browser.text('h1'), 'Fire guts old paper mill at Tarnbridge', 'story: heading')
    same(browser.js('return document.activeElement.id'), 'main', 'story: focus')
    articles = data.articles(number)
    same(len(browser.all('.v-story .cards:first-of-type tbody tr')) >= len(articles), True, 'story: rows of articles')
    drawn = browser.until('return document.querySelectorAll("figure svg .dot").length')
    same(drawn, sum(a['published'] is not None for a in articles[:-len(data.part('members', number).get('guests', [])) or None]), 'story: dots')
    parents = browser.js('''return [...document.querySelectorAll(".tree .node")].map((n) => {
        const up = n.closest("ul").closest("li"); return [n.querySelector(".where").textContent, up && up.querySelector(".where").textContent] })''')
    check(['lowmoorpost.example', 'tarnbridge-courier.example'] in parents, f'story: tree {parents}')
    check('not credited' in browser.text('.tree') and '9 h later' in browser.text('.tree'), 'story: credit and lag')
    browser.back()
    same(len(browser.all('.scroller li')), 1, 'story: back to the search')
    return number, articles


def columns(browser, number, articles, thresholds=True):
    a, b = ([x['id'] for x in articles].index(name) for name in ('courier-1', 'post-7'))
    browser.go(f'#/pair/{number}/{a}/{b}')
    verdict = browser.text('.verdict')
    check('reprint' in verdict and ('from 0.65' in verdict) == thresholds and 'lowmoorpost.example came 9 h after' in verdict, f'side by side: {verdict}')
    read = '''return [...document.querySelectorAll(`td[data-side=${arguments[0]}] ${arguments[1]}`)].map((n) => n.textContent).join("|")'''
    same(browser.js(read, 'A', 'del'), 'Nobody|hurt|some days', 'side by side: only in A')
    same(browser.js(read, 'B', 'ins'), 'No one|injured, police said|several weeks', 'side by side: only in B')
    marked = [browser.js(read, side, 'mark.same').replace('|', ' ').split() for side in 'AB']
    same(*marked, 'side by side: marked in both')
    check(len(marked[0]) > 70 and 'arrived,' in ' '.join(marked[0]), f'side by side: marked {marked[0]}')
    rows = browser.js('return [...document.querySelectorAll(".columns tr.shared")].map((r) => [...r.cells].map((c) => c.textContent.slice(0, 9)))')
    check(len(rows) == 3 and all(x == y for x, y in rows), f'side by side: rows {rows}')
    places = browser.js('return [...document.querySelectorAll(".columns tr.shared")].map((r) => [...r.cells].map((c) => c.getBoundingClientRect().top))')
    check(all(x == y for x, y in places), 'side by side: at one height')
    if not thresholds:
        return
    g = [x['id'] for x in articles].index('gazette-2')
    browser.go(f'#/pair/{number}/{a}/{g}')
    check('Reuters' in browser.text('td[data-side=B] .credit-line'), 'side by side: the credit is named')
    check('Reuters' in browser.text('.columns th + th'), 'side by side: the agency is named')


def furniture(browser):
    """A menu that recurs on one site is greyed, and not marked."""
    import random
    dice = random.Random(12)
    menu = 'Home Weather Cricket Horoscopes Puzzles Obituaries Classifieds Subscribe to the evening letter'
    bodies = [news.text(dice) for _ in range(8)]
    archive = [news.article(f'menu-{n}', 'menus.example', n, f'With a menu {n}', menu + '\n' + body) for n, body in enumerate(bodies)]
    archive += [news.article('plain', 'plain.example', 30, 'With a menu 7', bodies[7])]
    path = report.make(bin_dir, scratch, 'menus', report.write(scratch, 'menus.jsonl', archive))
    data = report.Report(path)
    number = data.block('stories')['title'].index('With a menu 7')
    browser.open(path, f'#/pair/{number}/0/1')
    same(browser.text('.furniture'), 'furniture', 'legend')
    grey = browser.js('return [...document.querySelectorAll("td .furniture")].map((n) => n.textContent).join(" ")')
    check('Horoscopes' in grey and 'Subscribe' in grey, f'furniture: {grey!r}')
    check('Horoscopes' not in browser.js('return [...document.querySelectorAll("td mark")].map((n) => n.textContent).join(" ")'), 'furniture: not marked')


def moved(browser):
    """Paragraphs in another order: one stays beside its like, the other is marked as moved, word for word in both."""
    import random
    dice = random.Random(21)
    one, two, lead = (news.text(dice, n) for n in (12, 6, 3))
    archive = [news.article('order-1', 'first.example', 1, 'In one order', f'{lead}\n{one}\n{two}'),
               news.article('order-2', 'second.example', 4, 'In another order', f'{lead}\n{two}\n{one}')]
    browser.open(report.make(bin_dir, scratch, 'moved', report.write(scratch, 'moved.jsonl', archive)), '#/pair/0/0/1')
    read = 'return [...document.querySelectorAll(`td[data-side=${arguments[0]}] mark${arguments[1]}`)].map((n) => n.textContent).join(" ").match(/[a-z]+/gi)'
    for side in 'AB':
        same(browser.js(read, side, '.moved'), browser.js('return arguments[0].match(/[a-z]+/gi)', two), f'moved: side {side}')
        same(browser.js(read, side, ':not(.moved)'), browser.js('return arguments[0].match(/[a-z]+/gi)', lead + ' ' + one), f'in its place: side {side}')
    same(len(browser.all('.ribbon.moved')), 1, 'moved: a ribbon of its own')


def harmless(browser, where):
    """Nothing that an article says has become more than text."""
    found = browser.js('''const bad = document.querySelectorAll("#main img, #main iframe, #main script, #main object, #main embed, #main b > b, "
        + "#main [onerror], #main [onload], #main [style*=url], a[href^='javascript:'], a[href^='data:'], #main form[action]");
        return [window.harmed || null, [...bad].map((n) => n.outerHTML.slice(0, 100)), document.querySelectorAll("script:not([type])").length]''')
    same(found, [None, [], 1], f'{where}: harm')


def hostile(browser):
    path = report.make(bin_dir, scratch, 'hostile', report.write(scratch, 'hostile.jsonl', news.hostile()))
    data = report.Report(path)
    stories = data.block('stories')
    spoiled = dict(stories, title=['Half \ud83d \udc00 of ' + title for title in stories['title']])
    halves = data.changed('stories', spoiled, os.path.join(scratch, 'halves.html'))
    browser.open(path, '#/stories')
    titles = browser.js('return [...document.querySelectorAll(".scroller .title")].map((n) => n.textContent)')
    check(any(news.HARM in title for title in titles), 'hostile: markup is there as text')
    check(all(len(title) < 320 for title in titles), 'hostile: long titles are cut')
    check(not any(c in ''.join(titles) for c in '\u202e\u2067\u0000\u0007\u001b\u0085\u2028'), 'hostile: no controls')
    check(any('\u27e8RLO\u27e9' in title for title in titles), 'hostile: what turns a line is visible')
    check(any('\u2407' in title for title in titles), 'hostile: control characters are visible')
    for number in range(len(stories['title'])):
        for route in (f'#/story/{number}', f'#/pair/{number}/0/1'):
            browser.go(route)
            harmless(browser, route)
            wide = browser.js('return document.documentElement.scrollWidth - document.documentElement.clientWidth')
            check(wide <= 0, f'hostile {route}: {wide} px too wide')
    for route in ('#/', '#/sites', '#/stories', '#/story/999', '#/pair/0/0', '#/site/x', '#/<img src=x onerror=harmed=1>', '#/stories?q=%3Cimg%20src=x%3E&site=%ED%A0%80&sort=constructor'):
        browser.go(route)
        harmless(browser, route)
    quiet(browser, 'hostile')
    browser.open(halves, '#/stories')
    check(all(title.startswith('Half \ufffd \ufffd of') for title in browser.js('return [...document.querySelectorAll(".scroller .title")].map((n) => n.textContent)')), 'hostile: halves of characters')
    browser.find('input[type=search]').send_keys('half')
    browser.until('return location.hash.includes("q=half")')
    quiet(browser, 'halves')


def without_text(browser, archive):
    """A report without texts says so."""
    browser.open(report.make(bin_dir, scratch, 'bare', archive, '--no-text'), '#/pair/0/0/1')
    check('left out' in browser.text('#main .note'), 'without texts: the reason')
    quiet(browser, 'without texts')


def of_a_result(browser, archive):
    """The page of what `flong cluster` wrote knows neither thresholds nor furniture, and shows what it knows."""
    result, pairs, path = (os.path.join(scratch, name) for name in ('result.jsonl', 'pairs.jsonl', 'result.html'))
    report.flong(bin_dir, 'cluster', '-q', '-o', result, '--pairs', pairs, archive)
    report.flong(bin_dir, 'report', '-q', '-o', path, '--pairs', pairs, result, archive)
    browser.open(path, '#/')
    check('undefined' not in browser.text('#main') and 'NaN' not in browser.text('#main'), 'of a result: overview')
    data = report.Report(path)
    number = story_titled(data, 'Fire guts old paper mill at Tarnbridge')
    columns(browser, number, data.articles(number), False)
    report.flong(bin_dir, 'report', '-q', '-o', path, result)
    browser.open(path, '#/stories')
    for route in [f'#/pair/{number}/0/1', f'#/story/{number}', '#/', '#/sites']:
        browser.go(route)
        check(not any(word in browser.text('#main') for word in ('undefined', 'NaN', 'null')), f'of a result alone: {route}')
    quiet(browser, 'of a result')


def cut_short(browser, data):
    """A file that was cut short says so and shows what is there."""
    path = os.path.join(scratch, 'cut.html')
    with open(path, 'w', encoding='utf-8') as out:
        out.write(data.html[:data.html.index('id="members-0"') + 200])
    browser.open(path, '#/story/0')
    check(browser.text('[role=alert]') is not None, 'cut short: told')
    browser.go('#/stories')
    check(len(browser.all('.scroller li')) > 5, 'cut short: stories')
    browser.complaints()


def main():
    archive = report.write(scratch, 'small.jsonl', news.small())
    data = report.Report(report.make(bin_dir, scratch, 'small', archive))
    frame = len(re.sub(report.BLOCK % '[^"]*', '', data.html).encode())
    check(frame < 300_000, f'the page has {frame} bytes without data')
    print(f'page without data: {frame:,} bytes')
    with Browser(scratch) as browser:
        browser.open(data.path)
        for route in ROUTES:
            browser.go(route)
            browser.shot(route.replace('#', 'page').replace('/', '-'))
        browser.go('#/')
        overview(browser, data)
        search(browser, data)
        filters(browser, data)
        columns(browser, *story(browser, data))
        quiet(browser, 'reading')
        furniture(browser)
        moved(browser)
        hostile(browser)
        without_text(browser, archive)
        of_a_result(browser, archive)
        cut_short(browser, data)
        same(browser.requests(), [], 'at the end: requests')


main()
sys.exit(1 if failures.n else 0)
