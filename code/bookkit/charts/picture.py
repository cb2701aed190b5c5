"""A chart's picture, made small: the same marks to a tenth of a pixel, in a quarter of the bytes.

An `<img>` shows no words on marks and no hundredth of a pixel, and a chart of many runs draws
one dot thousands of times. So words go, numbers are rounded, and a mark that recurs is written
once and placed by `<use>`, a row of them by one path whose corners they mark. A general
optimiser of SVG (svgo 4.1) leaves the largest picture of the book four times as long, and
takes ten seconds for it.
"""

import re
from collections import Counter
from collections.abc import Mapping

RECURS = 4  # as often as this, a mark written once and placed is shorter than one written each time

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
TAG = re.compile(r"<[a-z][^>]+>")
UNSEEN = re.compile(
    r' (?:(?:aria-\w+|role)="[^"]*"|opacity="1"|pointer-events="none"|font-weight="normal")'
)
EMPTY = re.compile(r'<path class="\w+" d="(?:|M0,0h0v0h0Z)"[^>]*/>')
WIDTH = re.compile(r' stroke-width="[\d.]+"')
FACE = re.compile(r' font-family="[^"]*"')
NUMBER = re.compile(r"-?\d+\.\d+")
MARK = re.compile(r'<(path|line) transform="translate\(([-\d.]+),([-\d.]+)\)"( [^>]*)/>')
PLACED = re.compile(r'<use href="#(\w+)" x="([-\d.]+)" y="([-\d.]+)"/>')
RUN = re.compile(r'<use href="#(m\d+)" [^>]*/>(?:<use href="#\1" [^>]*/>){3,}')
STRING = '<path marker-start="{0}" marker-mid="{0}" marker-end="{0}" d="M{1}"/>'
MARKER = (  # it inherits nothing from where it is drawn: there, nothing is filled unasked
    '<marker id="{0}s" markerUnits="userSpaceOnUse" overflow="visible" fill="none">'
    '<use href="#{0}"/></marker>'
)
IMAGE = re.compile(
    r'<image xlink:href="(data:[^"]+)" transform="(translate\([-\d.,]+\))" width="([\d.]+)" '
    r'height="([\d.]+)" preserveAspectRatio="none"([^>]*)/>'
)
UNIT_IMAGE = '<image id="i{}" xlink:href="{}" width="1" height="1" preserveAspectRatio="none"/>'
CLIP = re.compile(r'<clipPath id="(\w+)">(.*?)</clipPath>')


def lightened(svg: str) -> str:
    """Leave out of a picture what an `<img>` does not show, and write each mark once.

    What is left out stands in the image's alternative text and in the table of its data.
    """
    light = EMPTY.sub("", TAG.sub(lambda tag: _light_tag(tag[0]), svg))
    return _clipped_once(_pictured_once(_strung(_placed(_one_face(light)))))


def darkened(text: str, twins: Mapping[str, str]) -> str:
    """Exchange every colour in `text` that has a twin for the dark page."""
    lower = {light.lower(): dark for light, dark in twins.items()}
    return COLOUR.sub(lambda found: lower.get(found[0].lower(), found[0]), text)


def _light_tag(tag: str) -> str:
    """Drop what is not seen from one tag, and digits from its numbers; images stay whole."""
    if "data:image" in tag:
        return UNSEEN.sub("", tag)
    if " stroke=" not in tag and tag.startswith("<path"):
        tag = WIDTH.sub("", tag)
    return NUMBER.sub(_short, UNSEEN.sub("", tag))


def _short(number: re.Match[str]) -> str:
    """Write a number to a tenth, or one below ten (a radius, a share) to three digits."""
    value = float(number[0])
    return f"{value:.{1 if abs(value) >= 10 else 3}f}".rstrip("0").rstrip(".")


def _one_face(svg: str) -> str:
    """Name the face of most texts once, for the whole picture."""
    faces = Counter(FACE.findall(svg)).most_common(1)
    if not faces:
        return svg
    face = faces[0][0]
    return svg.replace(face, "").replace("<svg", f"<svg{face}", 1)


def _placed(svg: str) -> str:
    """Write each mark that recurs once, among the definitions, and place it by `<use>`."""
    count = Counter(found[1] + found[4] for found in MARK.finditer(svg))
    names = {shape: f"m{i}" for i, shape in enumerate(s for s, n in count.items() if n >= RECURS)}
    if not names:
        return svg

    def place(found: re.Match[str]) -> str:
        name = names.get(found[1] + found[4])
        return f'<use href="#{name}" x="{found[2]}" y="{found[3]}"/>' if name else found[0]

    marks = "".join(f'<{shape} id="{name}"/>' for shape, name in names.items())
    head = svg.index(">") + 1
    return f"{svg[:head]}<defs>{marks}</defs>{MARK.sub(place, svg[head:])}"


def _strung(svg: str) -> str:
    """Draw marks of one kind that follow one another as the corners of one unseen path."""
    kinds = dict.fromkeys(RUN.findall(svg))
    if not kinds:
        return svg

    def string(run: re.Match[str]) -> str:
        corners = " ".join(f"{x},{y}" for _, x, y in PLACED.findall(run[0]))
        return STRING.format(f"url(#{run[1]}s)", corners)

    return RUN.sub(string, svg).replace(
        "</defs>", "".join(map(MARKER.format, kinds)) + "</defs>", 1
    )


def _pictured_once(svg: str) -> str:
    """Embed an image that recurs once, of size one, and place and stretch it by `<use>`."""
    count = Counter(found[1] for found in IMAGE.finditer(svg))
    names = {address: i for i, address in enumerate(a for a, n in count.items() if n > 1)}
    if not names:
        return svg

    def place(found: re.Match[str]) -> str:
        address, where, width, height, style = found.groups()
        if address not in names:
            return found[0]
        return f'<use href="#i{names[address]}" transform="{where}scale({width},{height})"{style}/>'

    images = "".join(UNIT_IMAGE.format(i, address) for address, i in names.items())
    head = svg.index(">") + 1
    return f"{svg[:head]}<defs>{images}</defs>{IMAGE.sub(place, svg[head:])}"


def _clipped_once(svg: str) -> str:
    """Keep one of each clipping path, and point all its users to it."""
    first: dict[str, str] = {}
    twin: dict[str, str] = {}

    def keep(found: re.Match[str]) -> str:
        kept = first.setdefault(found[2], found[1])
        twin[found[1]] = kept
        return found[0] if kept == found[1] else ""

    kept = CLIP.sub(keep, svg)
    return re.sub(r"url\(#(\w+)\)", lambda found: f"url(#{twin.get(found[1], found[1])})", kept)
