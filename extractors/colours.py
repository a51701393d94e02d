"""CSS colours: names, hex, rgb() and hsl(), with how far they let the ground through."""

import colorsys
import re

from extractors.lazily import compiled

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

_NAMED: dict[str, Colour] = {
    "white": WHITE,
    "black": BLACK,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "seashell": (255, 245, 238),
    "aliceblue": (240, 248, 255),
    "honeydew": (240, 255, 240),
    "oldlace": (253, 245, 230),
    "linen": (250, 240, 230),
    "lavenderblush": (255, 240, 245),
    "cornsilk": (255, 248, 220),
    "beige": (245, 245, 220),
    "lightcyan": (224, 255, 255),
    "gainsboro": (220, 220, 220),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "dimgray": (105, 105, 105),
    "darkgray": (169, 169, 169),
    "darkgrey": (169, 169, 169),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
    "darkblue": (0, 0, 139),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "orange": (255, 165, 0),
    "maroon": (128, 0, 0),
    "purple": (128, 0, 128),
    "teal": (0, 128, 128),
    "lime": (0, 255, 0),
    "aqua": (0, 255, 255),
    "cyan": (0, 255, 255),
    "fuchsia": (255, 0, 255),
    "magenta": (255, 0, 255),
    "olive": (128, 128, 0),
    "lightblue": (173, 216, 230),
    "lightyellow": (255, 255, 224),
    "azure": (240, 255, 255),
    "mintcream": (245, 255, 250),
    "windowtext": BLACK,
    "window": WHITE,
}
_HEX = compiled(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})$")
_FUNCTION = compiled(
    r"(?P<space>rgb|hsl)a?\(\s*(?P<one>[\d.]+)(?P<unit>%|deg)?[\s,]+(?P<two>[\d.]+)%?[\s,]+(?P<three>[\d.]+)%?"
    r"(?:\s*[,/]\s*(?P<alpha>[\d.]+%?))?\s*\)"
)
_IN_VALUE = compiled(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^)]{0,60}\)|\b[a-z]+\b")


def parse_colour(value: str) -> Colour | None:
    """A CSS colour by name, hex, rgb() or hsl(); None for one that is not understood."""
    value = value.strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    function = _FUNCTION.match(value)
    if function:
        return _of_function(function)
    hexadecimal = _HEX.match(value)
    if not hexadecimal:
        return None
    digits = hexadecimal[1]
    if len(digits) <= 4:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _of_function(function: re.Match[str]) -> Colour | None:
    try:
        one, two, three = (float(function[name]) for name in ("one", "two", "three"))
    except ValueError:
        return None
    if function["space"] == "hsl":
        red, green, blue = colorsys.hls_to_rgb(one % 360 / 360, min(three, 100) / 100, min(two, 100) / 100)
        return round(red * 255), round(green * 255), round(blue * 255)
    scale = 2.55 if function["unit"] == "%" else 1.0
    red, green, blue = (min(round(part * scale), 255) for part in (one, two, three))
    return red, green, blue


def parse_alpha(value: str) -> float:
    """How much of the ground a colour covers, from 0 to 1."""
    value = value.strip().lower()
    if value == "transparent":
        return 0.0
    function = _FUNCTION.match(value)
    if function and function["alpha"]:
        share = function["alpha"]
        try:
            return float(share.rstrip("%")) / (100 if share.endswith("%") else 1)
        except ValueError:
            return 1.0
    hexadecimal = _HEX.match(value) if value.startswith("#") else None
    if hexadecimal and len(hexadecimal[1]) in (4, 8):
        digits = hexadecimal[1]
        return int(digits[3] * 2 if len(digits) == 4 else digits[6:8], 16) / 255
    return 1.0


def first_colour(value: str) -> Colour | None:
    """The first colour named in a shorthand value."""
    return next((colour for word in _IN_VALUE.findall(value) if (colour := parse_colour(word))), None)
