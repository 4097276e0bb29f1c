# One object, in which the numbers that do not depend on versions are known.
command -v python3 >/dev/null || exit 77
flong index -q db "$CASES/data/news.jsonl"
flong info --json db | python3 -c '
import json, sys
info = json.load(sys.stdin)
print(info["articles"], info["removed"], info["pairs"], info["text_groups"], info["grouped"], info["params"]["shingle"], info["params"]["reprint_jaccard"])
print(info["bytes"] > info["bytes_text"] + info["bytes_keys"] > 0)'
