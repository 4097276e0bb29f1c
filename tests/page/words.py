"""Texts as words, by the rule of the page (src/report/page/app/50-words.js) but with other means; and what two sequences
have in common, by a method of its own."""

import unicodedata

SINGLE = ('CJK UNIFIED', 'CJK COMPAT', 'HIRAGANA ', 'KATAKANA ', 'BOPOMOFO ', 'YI ')
CLUSTER = ('THAI ', 'LAO ', 'KHMER ', 'MYANMAR ')


def kind(c):
    """'' between words, 'w' within, 's' a word by itself, 'c' one with the marks behind it, 'm' a mark."""
    category = unicodedata.category(c)
    if category[0] not in 'LNM':
        return ''
    name = unicodedata.name(c, '')
    if name.startswith(SINGLE) or c in '\u3005\u3007':
        return 's'
    if category[0] == 'M':
        return 'm'
    return 'c' if name.startswith(CLUSTER) else 'w'


def words(text):
    """[begin, end, key] of each word, in characters."""
    found, open_kind = [], ''
    for at, c in enumerate(text):
        k = kind(c)
        joins = k == 'm' and open_kind in ('w', 'c') or k == 'w' and open_kind == 'w'
        if joins:
            found[-1][1] = at + 1
        elif k:
            found.append([at, at + 1, None])
        open_kind = open_kind if joins else 'w' if k == 'm' else k
    for word in found:
        word[2] = unicodedata.normalize('NFKC', text[word[0]:word[1]]).lower()
    return found


def common(a, b):
    """Length of a longest common subsequence, a bit for each word of b (Hyyro 2004)."""
    places = {}
    for j, word in enumerate(b):
        places[word] = places.get(word, 0) | 1 << j
    full = (1 << len(b)) - 1
    row = full
    for word in a:
        shared = row & places.get(word, 0)
        row = ((row + shared) | (row - shared)) & full
    return len(b) - bin(row).count('1')
