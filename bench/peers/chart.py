"""Articles a second against recall, as a picture."""
import math

from report import archive_title

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 860, 440, 84, 30, 58, 56
LABEL_STEP, LETTER = 17, 7.2

# Colours of Okabe and Ito (2008), which stay apart for colour-blind readers; the picture brings its own paper.
STYLE = """text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.tick { fill: #59636e; font-size: 12px }
.paper { fill: #ffffff }
.grid { stroke: #d8dee4 }
.join { stroke: #8c959f; fill: none }
circle { fill: #d55e00 } .own { fill: #0072b2 } text.own { font-weight: 600 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .tick { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #2f353d }
circle { fill: #e69f00 } .own { fill: #56b4e9 }
}
"""


def box_of(x, y, title, side, shift):
    """The place of a label beside a dot: on its right or left (1, -1), so many lines lower."""
    width, at = 10 + LETTER * len(title), y + shift * LABEL_STEP
    return (x, at - 8, x + width, at + 8) if side > 0 else (x - width, at - 8, x, at + 8)


def is_free(box, taken):
    return box[0] > LEFT and box[2] < WIDTH and all(
        box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in taken)


def labels_place(points):
    """For each dot side and shift of its label, so that no label covers another one, or a dot."""
    labels = []
    for n, (x, y, row) in enumerate(points):
        dots = [(at_x - 6, at_y - 6, at_x + 6, at_y + 6) for at_x, at_y, _ in points[:n] + points[n + 1 :]]
        wishes = [(side, shift) for shift in (0, 1, -1, 2, -2, 3, -3, 4) for side in (1, -1)]
        free = (wish for wish in wishes if is_free(box_of(x, y, row["title"], *wish), labels + dots))
        side, shift = next(free, wishes[0])
        labels.append(box_of(x, y, row["title"], side, shift))
        yield x, y, row, side, shift


def draw(rows):
    """Of one archive; rows without a time are left out by the caller."""
    if not rows:
        return '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    speeds = [row["articles"] / row["seconds"] for row in rows]
    low, high = math.floor(math.log10(min(speeds))), math.ceil(math.log10(max(speeds)))
    high = max(high, low + 1)
    least = min(0.8, math.floor(10 * min(row["recall"] for row in rows)) / 10)

    def x_of(speed):
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(speed) - low) / (high - low)

    def y_of(recall):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (recall - least) / (1 - least)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
           "<title>Articles a second and recall of flong and its peers</title>", f"<style>\n{STYLE}</style>",
           f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
           f'<text class="title" x="{LEFT}" y="24">From a file of {archive_title(rows[0]["archive"])} to groups of copies, one thread</text>',
           f'<text class="tick" x="{LEFT}" y="43">share of the pairs of one text that are in one group, by the archive\'s truth</text>']
    steps = round((1 - least) * 10)
    for i in range(steps + 1):
        recall = least + i / 10
        out.append(f'<path class="grid" d="M{LEFT} {y_of(recall):.1f}H{WIDTH - RIGHT}"/>')
        out.append(f'<text class="tick" text-anchor="end" x="{LEFT - 8}" y="{y_of(recall) + 4:.1f}">{recall:.1f}</text>')
    for power in range(low, high + 1):
        x = x_of(10**power)
        out.append(f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        out.append(f'<text class="tick" text-anchor="middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}">{10**power:,}</text>')
    out.append(f'<text text-anchor="middle" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}">articles a second</text>')
    points = [(x_of(speed), y_of(row["recall"]), row) for speed, row in zip(speeds, rows)]
    for x, y, row, side, shift in labels_place(points):
        kind, at = ' class="own"' if row["name"].startswith("flong") else "", y + shift * LABEL_STEP
        anchor = ' text-anchor="end"' if side < 0 else ""
        out.append(f'<circle{kind} cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        if shift:
            out.append(f'<path class="join" d="M{x:.1f} {y:.1f}L{x + side * 8:.1f} {at:.1f}"/>')
        out.append(f'<text{kind}{anchor} x="{x + side * 10:.1f}" y="{at + 4:.1f}">{row["title"]}</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
