"""The thresholds as a picture: a panel a damage, a row a symbology, a dot an engine. Farther right
bears more."""

from html import escape

WIDTH, PANEL, ROW, LEFT, TOP = 1120, 510, 17, 150, 64
COLOURS = ["#c1272d", "#3a6ea5", "#d9a21b"]
STEPS = 5


def chart(kinds, damages, names, thresholds):
    height = ROW * len(kinds)
    block = height + 74
    total = TOP + (len(damages) + 1) // 2 * block
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{total}" '
        f'viewBox="0 0 {WIDTH} {total}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{total}" fill="white"/>',
        '<text x="20" y="26" font-size="16" font-weight="bold">Strongest damage up to which 9 of '
        '10 symbols are read</text>']
    for index, name in enumerate(names):
        x = 20 + 150 * index
        parts.append(dot(x + 5, 44, index))
        parts.append(f'<text x="{x + 16}" y="48">{escape(name)}</text>')
    parts.append('<text x="530" y="48" fill="#666">Farther right bears more; left of the first mark: '
                 'not even that.</text>')
    for index, damage in enumerate(damages):
        x, y = 20 + index % 2 * (WIDTH // 2), TOP + index // 2 * block
        parts += panel(x, y, damage, kinds, names, thresholds)
    return "\n".join([*parts, "</svg>", ""])


def panel(left, top, damage, kinds, names, thresholds):
    parts = [f'<text x="{left}" y="{top + 18}" font-size="13"><tspan font-weight="bold">'
             f'{escape(damage.name)}</tspan>  {escape(damage.unit)}</text>']
    place = scale(damage, left + LEFT, left + PANEL - 10)
    base = top + 30
    bottom = base + ROW * len(kinds)
    for value in marks(damage):
        x = place(value)
        parts.append(f'<line x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 14}" font-size="10" fill="#666" '
                     f'text-anchor="middle">{value:g}</text>')
    for row, kind in enumerate(kinds):
        y = base + ROW * row + ROW / 2
        parts.append(f'<text x="{left}" y="{y + 4}">{escape(kind)}</text>')
        values = [thresholds[kind, damage.name, name] for name in names]
        spots = [place(value) if value is not None else left + LEFT - 12 for value in values]
        parts.append(f'<line x1="{min(spots):.1f}" y1="{y}" x2="{max(spots):.1f}" y2="{y}" '
                     f'stroke="#bbb" stroke-width="2"/>')
        for index, spot in enumerate(spots):
            equal = [other for other, place in enumerate(spots) if place == spot]
            parts.append(dot(spot, y + 4.5 * (equal.index(index) - (len(equal) - 1) / 2), index))
    return parts


def scale(damage, left, right):
    """Strengths stand at even distances: they were chosen so. Shares stand by their value."""
    if damage.is_share:
        return lambda value: left + (right - left) * value / 100
    count = len(damage.strengths)
    return lambda value: left + (right - left) * (damage.strengths.index(value) + 1) / count


def marks(damage):
    if damage.is_share:
        return [0, 20, 40, 60, 80, 100]
    return damage.strengths[::max(1, len(damage.strengths) // STEPS)]


def dot(x, y, index):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS[index]}" stroke="white" '\
        'stroke-width="0.8"/>'
