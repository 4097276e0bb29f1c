"""The bodies that public extractors take out of pages: PEER FOLDER, as JSON lines like those of flong-html read; how fast on stderr."""
import json
import pathlib
import sys
import time


def of_trafilatura():
    import trafilatura
    return lambda html: trafilatura.extract(html) or ''


def of_readability():
    import lxml.html
    import readability

    def text(html):
        body = lxml.html.fromstring(readability.Document(html).summary())
        return '\n'.join(line for line in (line.strip() for line in body.text_content().splitlines()) if line)
    return text


PEERS = {'trafilatura': of_trafilatura, 'readability-lxml': of_readability}


def main():
    extract = PEERS[sys.argv[1]]()
    pages = [(path.stem, path.read_bytes()) for path in sorted(pathlib.Path(sys.argv[2]).glob('*.html'))]
    began = time.process_time()
    bodies = [(name, extract(html.decode('utf-8', 'replace'))) for name, html in pages]
    took = time.process_time() - began
    for name, body in bodies:
        print(json.dumps({'id': name, 'text': body}))
    size = sum(len(html) for _, html in pages)
    print(f'{len(pages)} pages, {size / 1e6:.1f} MB, {size / 1e6 / took:.1f} MB/s of HTML on one thread', file=sys.stderr)


main()
