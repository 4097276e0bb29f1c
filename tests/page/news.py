"""Made-up news: texts of their own words, copies with known edits, and articles that mean harm."""

import random

PARTS = 'ba ce di fo gu ha ki lo mu na pe ri so tu va we xa yo zi bra cle dro fli gre pla ste tri'.split()
JOINTS = 'the of and to in a that is was for with on as by at from'.split()


def word(dice):
    return ''.join(dice.choice(PARTS) for _ in range(dice.randrange(2, 5)))


def name(dice):
    return f'{word(dice).title()} {word(dice).title()}'


def sentence(dice):
    words = [dice.choice(JOINTS) if dice.random() < .4 else word(dice) for _ in range(dice.randrange(8, 22))]
    return ' '.join([words[0].title(), name(dice), *words[1:]]) + '.'


def text(dice, sentences=14):
    """Paragraphs of words that no other text has."""
    return '\n'.join(' '.join(sentence(dice) for _ in range(3)) for _ in range(sentences // 3))


def article(name, site, hours, title, body, **more):
    day, hour = 1 + hours // 24, hours % 24
    return {'id': name, 'url': f'https://www.{site}/news/{name}', 'site': site, 'title': title, 'text': body,
            'published': f'2024-05-{day:02d}T{hour:02d}:10:00Z', **more}


FIRE = ('A fire that began in a drying shed destroyed the old paper mill at Tarnbridge early on Thursday, and forty families who live along '
        'the canal were told to leave their homes until the smoke had cleared. Nobody was hurt.\n'
        'The fire chief, Ines Oduya, said that the roof fell in before the first engines arrived, and that the cause would not be known for '
        'some days.\nThe mill, built in 1874, had stood empty since its last owner moved the machines abroad.')
FIRE_COPY = FIRE.replace('Nobody was hurt', 'No one was injured, police said').replace('some days', 'several weeks')
FIRE_CREDITED = 'TARNBRIDGE (Reuters) - ' + FIRE
TOWPATH = ('The trust that looks after the Tarn canal has closed the towpath between the two locks. Engineers want to see whether the heat has '
           'weakened the wall below it.\nThe fire chief, Ines Oduya, said that the roof fell in before the first engines arrived, and that the '
           'cause would not be known for some days.\nVolunteers who meant to paint the lock gates are asked to come to the boathouse instead.')


def small():
    """A story with a copy, a credited copy and an excerpt; one with nothing but a credited copy; twenty others; and
    articles of their own."""
    dice = random.Random(4)
    articles = [
        article('courier-1', 'tarnbridge-courier.example', 6, 'Fire guts old paper mill at Tarnbridge', FIRE),
        article('post-7', 'lowmoorpost.example', 15, 'Canal families sent from their homes as mill burns down', FIRE_COPY),
        article('gazette-2', 'gazette.example', 17, 'Fire guts paper mill', FIRE_CREDITED),
        article('trust-3', 'tarn-canal-trust.example', 49, 'Towpath closed for a month', TOWPATH),
    ]
    ferry = 'SKARHOLM (Reuters) - ' + text(dice)
    articles += [article('ferry-1', 'wire.example', 3, 'Night ferry aground', ferry), article('ferry-2', 'site-3.example', 8, 'Ferry runs aground', ferry)]
    for n in range(20):
        body, title = text(dice), f'{name(dice)} and the {word(dice)}, no. {n}'
        for copy in range(2 + n % 4):
            words = body.split(' ')
            for _ in range(copy * 3):
                words[dice.randrange(len(words))] = 'instead'
            articles.append(article(f'story-{n}-{copy}', f'site-{(n + copy * 5) % 11}.example', 24 * (n % 9) + copy * 3, title, ' '.join(words)))
    for n in range(30):
        articles.append(article(f'single-{n}', f'site-{n % 11}.example', 5 * n, f'A note of {name(dice)}, no. {n}', text(dice, 9)))
    return articles


HARM = '<img src=x onerror="window.harmed=1"><script>window.harmed=2</script>'
LONG_TITLE = 'Long ' + 'and longer ' * 900_000


def hostile():
    """Stories whose every field means harm; each title begins as its key says."""
    harms = {
        'markup': ('Markup ' + HARM, 'site-a.example'),
        'closing': ('Closing </script></style></title><svg onload="window.harmed=3">', 'site-b.example'),
        'bidi': ('Turning \u202egnp.exe\u202c \u2067and back', 'site-c.example'),
        'controls': ('Controls \u0000\u0007\u001b[31m\u0085\u2028end', 'site-d.example'),
        'marks': ('Marks ' + 'a' + '\u0301' * 400, 'site-e.example'),
        'rtl': ('\u0639\u0646\u0648\u0627\u0646 \u05db\u05d5\u05ea\u05e8\u05ea', 'site-f.example'),
        'long': (LONG_TITLE, 'site-g.example'),
        'entity': ('Entity &lt;b&gt; &amp;amp; <!-- ]]> -->', 'site-h.example'),
        'code': ('Code ${window.harmed=4} {{harmed}} javascript:window.harmed=5', 'site-i.example'),
    }
    dice = random.Random(9)
    articles = []
    for key, (title, site) in harms.items():
        body = f'{text(dice)}\n{HARM}\nIt ended with </script><script>window.harmed=6</script> and \u202eturned\u202c \u0007 words.\n{text(dice, 6)}'
        for copy in range(2):
            one = article(f'{key}-{copy}"><b>', site if copy else 'other-' + site, 6 + copy, title, body)
            one['url'] = ['javascript:window.harmed=7', 'data:text/html,<script>alert(1)</script>'][copy]
            articles.append(one)
    spoiled = article('spoiled', '"><iframe src=//site.example>', 9, 'Site of markup', text(dice))
    articles += [spoiled, {**spoiled, 'id': 'spoiled-2', 'site': "<b>'bold'</b>", 'published': None}]
    return articles
