"""Makes reports with flong, and reads what stands in them."""

import base64
import json
import os
import re
import subprocess
import zlib

BLOCK = r'(<script type="application/flong" id="%s" data-raw=")(\d+)(">)([^<]*)(</script>)'


def flong(bin_dir, *arguments, **more):
    done = subprocess.run([os.path.join(bin_dir, 'flong'), *arguments], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise SystemExit(f'flong {" ".join(arguments)}: status {done.returncode}\n{done.stderr}')
    return done.stdout


def make(bin_dir, scratch, name, archive, *flags):
    """The report of an archive of JSON lines, as a path."""
    index, page = os.path.join(scratch, name + '.flong'), os.path.join(scratch, name + '.html')
    flong(bin_dir, 'index', '-q', index, archive)
    flong(bin_dir, 'report', '-q', '-o', page, *flags, index)
    return page


def write(scratch, name, articles):
    path = os.path.join(scratch, name)
    with open(path, 'w', encoding='utf-8') as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + '\n')
    return path


class Report:
    """A report as a file."""

    def __init__(self, path):
        self.path = path
        with open(path, encoding='utf-8') as source:
            self.html = source.read()
        self.kept = {}

    def block(self, name):
        if name not in self.kept:
            found = re.search(BLOCK % re.escape(name), self.html)
            raw = zlib.decompress(base64.b64decode(found.group(4)), -15)
            assert len(raw) == int(found.group(2)), name
            self.kept[name] = json.loads(raw)
        return self.kept[name]

    def part(self, kind, number):
        """Of a story: its members or its texts."""
        begins = self.block('stories')[kind + '_from']
        at = max(k for k, first in enumerate(begins) if first <= number)
        return self.block(f'{kind}-{at}')['stories'][number - begins[at]]

    def articles(self, number):
        story = self.part('members', number)
        return [a for text in story['texts'] for a in text['articles']] + story.get('guests', [])

    def changed(self, name, value, path):
        """Another report, with this value in a block; lone surrogates stay as escapes."""
        raw = json.dumps(value).encode()
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = base64.b64encode(deflate.compress(raw) + deflate.flush()).decode()
        html = re.sub(BLOCK % re.escape(name), lambda m: f'{m[1]}{len(raw)}{m[3]}{packed}{m[5]}', self.html, count=1)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(html)
        return path
