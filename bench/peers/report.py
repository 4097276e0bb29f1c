"""What was measured, as a table for the README."""
from peers import PEERS

FLONG_LEAVES_OUT = {
    "flong-text": "stories",
    "flong": "nothing; beside copies it finds excerpts, rewrites and stories, leaves furniture and credits out, and keeps an"
    " index file",
}


def articles(archive):
    """How many an archive has: 10000 of "10000-clean"."""
    return int(archive.split("-")[0])


def archive_title(archive):
    return f"{articles(archive):,} articles" + (" without furniture" if archive.endswith("-clean") else "")


def line(row):
    """For the one who waits."""
    what = f"{row['title']}, {archive_title(row['archive'])}"
    if "failed" in row:
        return f"{what}: {row['failed']}"
    return (f"{what}: {row['seconds']:.1f} s, recall {row['recall']:.4f}, precision {row['precision']:.4f}, "
            f"peak {row['peak'] / 1e6:.0f} MB")


def cells(row):
    if "failed" in row:
        return [row["failed"], "", ""]
    return [f"{row['articles'] / row['seconds']:,.0f}", f"{row['recall']:.3f}", f"{row['precision']:.3f}"]


def table(rows, archives, missing):
    names = list(dict.fromkeys(row["name"] for row in rows))
    by_place = {(row["name"], row["archive"]): row for row in rows}
    heads = [f"{archive_title(archive)}: articles/s | recall | precision" for archive in archives]
    lines = ["| one thread | " + " | ".join(heads) + " | peak MB |", "|---|" + "--:|" * (3 * len(archives) + 1)]
    for name in names:
        peak = max((by_place[name, archive].get("peak", 0) for archive in archives), default=0)
        row = [cell for archive in archives for cell in cells(by_place[name, archive])]
        lines.append("| " + " | ".join([by_place[name, archives[0]]["title"], *row, f"{peak / 1e6:,.0f}" if peak else ""]) + " |")
    lines += ["", "What each leaves out of the work:", ""]
    for name in names:
        out = FLONG_LEAVES_OUT[name] if name in FLONG_LEAVES_OUT else PEERS[name].leaves_out
        lines.append(f"- {by_place[name, archives[0]]['title']}: {out}.")
    if missing:
        lines += ["", "Not measured: " + "; ".join(f"{name} ({why})" for name, why in missing.items()) + "."]
    return "\n".join(lines) + "\n"
