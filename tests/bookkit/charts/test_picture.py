"""What is left out of a picture, and what is not; the browser tests compare the pixels."""

import re

from bookkit.charts.picture import RECURS, darkened, lightened


def dot(x, y, colour="#0068a8"):
    place = f'transform="translate({x},{y})"'
    return f'<path {place} d="M1.1188,0A1,1,0" fill="{colour}" stroke-width="2" opacity="0.25"/>'


def test_words_on_marks_go_and_words_that_show_stay():
    mark = '<path aria-label="n: 1.23456" role="graphics-symbol" d="M1.23456,2L0.00004,30.06"/>'
    words = "<text>at 1.23456</text>"
    assert lightened(mark + words) == f'<path d="M1.235,2L0,30.1"/>{words}'


def near(found, places):
    for (x, y), place in zip(places, found, strict=True):
        assert abs(float(place[0]) - x) <= 0.05
        assert abs(float(place[1]) - y) <= 0.05


def test_marks_in_a_row_are_written_once_and_are_the_corners_of_one_path():
    places = [(10.04 * i, 200 - 7.77 * i) for i in range(RECURS)]
    light = lightened("<svg>" + "".join(dot(x, y) for x, y in places) + dot(5, 6, "#00835f"))
    assert light.count('fill="#0068a8"') == 1
    assert light.count('fill="#00835f"') == 1
    (string,) = re.findall(r'<path marker-start="url\(#(\w+)\)"[^>]* d="M([^"]+)"', light)
    assert f'<marker id="{string[0]}"' in light
    near([corner.split(",") for corner in string[1].split()], places)


def test_marks_that_recur_between_others_keep_their_turn():
    places = [(10.04 * i, 200 - 7.77 * i) for i in range(RECURS)]
    other = dot(5, 6, "#00835f")
    light = lightened("<svg>" + other.join(dot(x, y) for x, y in places) + "</svg>")
    assert "<marker" not in light
    near(re.findall(r'<use href="#m0" x="([\d.]+)" y="([\d.]+)"/>', light), places)
    assert (
        light.count(other.replace("1.1188", "1.119").replace(' stroke-width="2"', "")) == RECURS - 1
    )


def test_a_width_of_stroke_goes_only_where_nothing_is_stroked():
    assert "stroke-width" not in lightened(dot(1, 2))
    line = '<path d="M0,0L20,20" stroke-width="2" stroke="#0068a8"/>'
    assert lightened(line) == line


def test_an_embedded_image_is_not_touched():
    image = '<image href="data:image/png;base64,AB+1.23456/=" width="10"/>'
    assert lightened(image) == image


def test_an_image_that_recurs_is_embedded_once_and_stretched_to_each_size():
    def image(address, side, style=""):
        where = f'transform="translate({-side},0)" width="{side}" height="{side}"'
        return f'<image xlink:href="data:{address}" {where} preserveAspectRatio="none"{style}/>'

    once, large = image("c", 5), image("a", 300, ' style="s"')
    light = lightened(f"<svg>{image('a', 20)}{once}{large}</svg>")
    assert light.count("data:a") == 1
    assert '<use href="#i0" transform="translate(-20,0)scale(20,20)"/>' in light
    assert '<use href="#i0" transform="translate(-300,0)scale(300,300)" style="s"/>' in light
    assert once in light


def test_one_clipping_path_of_each_kind_is_kept():
    clips = "".join(
        f'<clipPath id="c{i}"><rect width="{w}"/></clipPath>' for i, w in enumerate((5, 5, 9))
    )
    users = "".join(f'<g clip-path="url(#c{i})"/>' for i in range(3))
    light = lightened(f"<svg>{users}<defs>{clips}</defs></svg>")
    assert re.findall(r"url\(#(\w+)\)", light) == ["c0", "c0", "c2"]
    assert re.findall(r'id="(\w+)"', light) == ["c0", "c2"]


def test_the_face_of_most_texts_is_named_once():
    face, other = ' font-family="Arial"', ' font-family="Courier"'
    light = lightened(f"<svg><text{face}>a</text><text{face}>b</text><text{other}>c</text></svg>")
    assert light == f"<svg{face}><text>a</text><text>b</text><text{other}>c</text></svg>"


def test_colours_have_their_twins():
    assert darkened(dot(1, 2), {"#0068A8": "#4fa3e3"}) == dot(1, 2, "#4fa3e3")
