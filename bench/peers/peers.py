"""The peers: what has to be installed for each, how it is run, and what it leaves out of flong's work.

Each gets an archive of JSON lines and gives groups, on one thread: all sketch 5-word shingles of title and text, with
128 values of MinHash in 32 bands of 4 where they use it, and take articles for copies from a Jaccard of .4 on, as flong
does, as far as they know such a threshold. Where a peer only gives pairs, groups are what hangs together by them.
"""
import json
import os
import re
import struct

VALUES, BANDS, ROWS, THRESHOLD, SHINGLE = 128, 32, 4, 0.4, 5

# ---- what they have in common

WORD = re.compile(r"\w+")


def articles(path):
    """Ids, and title and text as one, of all articles of a file."""
    ids, texts = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            ids.append(record["id"])
            texts.append(record.get("title", "") + "\n" + record.get("text", ""))
    return ids, texts


def shingles(text):
    """Its runs of five words in lower case; of a shorter text all words as one."""
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def chunks(texts, n=1000):
    """Shingles of so many texts at a time: of all at once they would not fit in memory."""
    for first in range(0, len(texts), n):
        yield first, [shingles(text) for text in texts[first : first + n]]


class Groups:
    """Sets of articles that hang together by pairs; the first article of each stands for it."""

    def __init__(self, n):
        self.above = list(range(n))

    def find(self, x):
        while self.above[x] != x:
            self.above[x] = self.above[self.above[x]]
            x = self.above[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        self.above[max(a, b)] = min(a, b)

    def all(self):
        return [self.find(x) for x in range(len(self.above))]


# ---- the peers: each returns ids and a group's number for each; then perhaps the groups of what was done behind the
# clock's back


def datasketch(path, work, clock):
    from datasketch import MinHash, MinHashLSH

    ids, texts = articles(path)
    index, groups, made = MinHashLSH(num_perm=VALUES, params=(BANDS, ROWS)), Groups(len(ids)), []
    for first, sets in chunks(texts):
        batch = MinHash.bulk([[s.encode() for s in one] for one in sets], num_perm=VALUES)
        for n, sketch in enumerate(batch, first):
            for other in index.query(sketch):
                if sketch.jaccard(made[other]) >= THRESHOLD:
                    groups.join(n, other)
            index.insert(n, sketch)
            made.append(sketch)
    return ids, groups.all()


def rensa(path, work, clock):
    from rensa import RMinHash, RMinHashLSH

    ids, texts = articles(path)
    made = []
    for _, sets in chunks(texts):
        made += RMinHash.from_token_sets(sets, num_perm=VALUES, seed=42)
    index, groups = RMinHashLSH(threshold=THRESHOLD, num_perm=VALUES, num_bands=BANDS), Groups(len(ids))
    for n, sketch in enumerate(made):
        for other in index.query(sketch):
            if sketch.jaccard(made[other]) >= THRESHOLD:
                groups.join(n, other)
        index.insert(n, sketch)
    return ids, groups.all()


def rensa_fast(path, work, clock):
    from rensa import RMinHash, RMinHashLSH

    ids, texts = articles(path)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=VALUES, num_bands=BANDS)
    matrix = RMinHash.digest_matrix_from_token_sets_rho((shingles(text) for text in texts), num_perm=VALUES, seed=42)
    flags = index.query_duplicate_flags_matrix_one_shot(matrix)
    assert len(flags) == len(ids)
    clock.stop()
    rows, groups = matrix.to_rows(), Groups(len(ids))
    for band in range(0, VALUES, ROWS):
        first = {}
        for n, row in enumerate(rows):
            key = tuple(row[band : band + ROWS])
            if flags[n] and key != (0xFFFFFFFF,) * ROWS:
                groups.join(n, first.setdefault(key, n))
    return ids, groups.all()


def gaoya(path, work, clock):
    from gaoya.minhash import MinHashStringIndex

    ids, texts = articles(path)
    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=THRESHOLD, num_bands=BANDS, band_size=ROWS, analyzer="word", lowercase=True,
        ngram_range=(SHINGLE, SHINGLE), id_container="vec",
    )
    groups = Groups(len(ids))
    index.par_bulk_insert_docs(list(range(len(ids))), texts)
    for first in range(0, len(texts), 1000):
        for n, others in enumerate(index.par_bulk_query(texts[first : first + 1000]), first):
            for other in others:
                groups.join(n, other)
    return ids, groups.all()


def text_dedup(path, work, clock):
    from text_dedup import minhash

    options = {
        "path": "json", "data_files": path, "split": "train", "cache_dir": os.path.join(work, "cache"),
        "output": os.path.join(work, "kept"), "column": "text", "ngram": SHINGLE, "num_perm": VALUES,
        "b": BANDS, "r": ROWS, "threshold": THRESHOLD, "num_proc": 1, "hash_func": "xxh3",
    }
    minhash.main([f"--{name}={value}" for name, value in options.items()], standalone_mode=False)
    with open(path, encoding="utf-8") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    return ids, [minhash.uf.find(n) for n in range(len(ids))]


def datatrove(path, work, clock):
    from datatrove.data import Document
    from datatrove.pipeline.dedup import minhash
    from loguru import logger

    logger.remove()
    places = [os.path.join(work, name) for name in ("signatures", "buckets", "clusters")]
    config = minhash.MinhashConfig(n_grams=SHINGLE, num_buckets=BANDS, hashes_per_bucket=ROWS)
    ids, texts = articles(path)
    documents = (Document(text=text, id=id) for id, text in zip(ids, texts))
    minhash.MinhashDedupSignature(places[0], config).run(documents)
    buckets = minhash.MinhashDedupBuckets(places[0], places[1], config=config)
    for bucket in range(BANDS):
        buckets.run(None, bucket, BANDS)
    minhash.MinhashDedupCluster(places[1], places[2], config=config, save_cluster_id=True).run()
    groups = [-1 - n for n in range(len(ids))]
    with open(os.path.join(places[2], "000000.clusters"), "rb") as pairs:
        for n, cluster in struct.iter_unpack("<II", pairs.read()):
            groups[n] = cluster
    return ids, groups


def simhash(path, work, clock):
    from simhash import Simhash, SimhashIndex

    ids, texts = articles(path)
    index, groups = SimhashIndex([], f=64, k=3), Groups(len(ids))
    for n, text in enumerate(texts):
        sketch = Simhash(shingles(text))
        for other in index.get_near_dups(sketch):
            groups.join(n, int(other))
        index.add(str(n), sketch)
    return ids, groups.all()


def set_similarity(path, work, clock):
    from SetSimilaritySearch import all_pairs

    ids, texts = articles(path)
    groups = Groups(len(ids))
    sets = [[hash(shingle) for shingle in set(shingles(text))] for text in texts]
    for a, b, _ in all_pairs(sets, similarity_func_name="jaccard", similarity_threshold=THRESHOLD):
        groups.join(int(a), int(b))
    return ids, groups.all()


# ---- all of them


class Peer:
    """Name in the table; how it is run; packages that are installed, and those without what they would bring along; modules
    that are loaded before the clock starts; what it leaves out."""

    def __init__(self, title, run, packages, modules, leaves_out, alone=()):
        self.title, self.run, self.packages, self.alone = title, run, packages, alone
        self.modules, self.leaves_out = modules, leaves_out


ESTIMATES = "compares 128 values of each text, not the texts"
ONE_BAND = "compares nothing: one equal band makes a copy"

PEERS = {
    "datasketch": Peer("datasketch", datasketch, ["datasketch"], ["datasketch"], ESTIMATES),
    "rensa": Peer("rensa, R-MinHash", rensa, ["rensa"], ["rensa"], ESTIMATES),
    "rensa-fast": Peer(
        "rensa, fast path", rensa_fast, ["rensa"], ["rensa"],
        "of a text of more than 96 shingles it takes 15, evenly spaced, and it only says whether an article is a copy,"
        " not of what (the groups here are made from its sketches' bands, off the clock)",
    ),
    "gaoya": Peer("gaoya", gaoya, ["gaoya"], ["gaoya.minhash"], ESTIMATES + " (32 bits each)"),
    "text-dedup": Peer(
        "text-dedup, minhash", text_dedup,
        ["datasets", "click", "click-option-group", "numpy", "scipy", "tqdm", "rich", "ftfy", "regex", "xxhash<4", "psutil"],
        ["text_dedup.minhash"], ONE_BAND + "; reads no titles", alone=["text-dedup"],
    ),
    "datatrove": Peer(
        "datatrove, minhash", datatrove, ["datatrove", "spacy", "tokenizers", "regex", "xxhash<4"],
        ["datatrove.pipeline.dedup.minhash", "spacy"], ONE_BAND,
    ),
    "simhash": Peer(
        "simhash", simhash, ["simhash"], ["simhash"],
        "keeps 64 bits of a text, of which 3 may differ: far stricter than a Jaccard of .4",
    ),
    "setsimilaritysearch": Peer(
        "SetSimilaritySearch", set_similarity, ["SetSimilaritySearch"], ["SetSimilaritySearch"],
        "nothing of this: it finds all pairs from the threshold on, exactly",
    ),
}

# What finds copies, too, and is not measured, with the reason.
NOT_MEASURED = {
    "semhash": "it compares embeddings, by a model that it fetches when it runs",
    "FastSketch": "it is not in the package index",
}
