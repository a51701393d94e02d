"""What inline and embedded CSS says about visibility: only what hides text from the eye."""

import re
from dataclasses import dataclass, replace

from extractors.findings import HiddenHow

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
# Below this distance (root of summed squares over the three channels) text cannot be told from its ground.
_NO_CONTRAST = 40.0
_FAINTEST = 0.05
_SMALLEST_PIXELS = 2.0

_NAMED: dict[str, Colour] = {
    "white": WHITE,
    "black": BLACK,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "orange": (255, 165, 0),
    "maroon": (128, 0, 0),
    "purple": (128, 0, 128),
    "teal": (0, 128, 128),
    "lightyellow": (255, 255, 224),
    "azure": (240, 255, 255),
    "mintcream": (245, 255, 250),
}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3,4}|[0-9a-f]{8})$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*([\d.]+%?))?\s*\)")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|ex|vw|vh)?")
_COLOUR_IN = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b[a-z]+\b")


@dataclass(frozen=True, kw_only=True)
class Look:
    """How text inside an element looks; `hidden` is why it is not seen at all."""

    colour: Colour = BLACK
    ground: Colour = WHITE
    hidden: HiddenHow | None = None

    @property
    def how_hidden(self) -> HiddenHow | None:
        """Why text of this look is not seen, or None."""
        if self.hidden:
            return self.hidden
        distance = sum((one - other) ** 2 for one, other in zip(self.colour, self.ground, strict=True)) ** 0.5
        return "same_colour" if distance < _NO_CONTRAST else None


def declarations(style: str) -> dict[str, str]:
    """The properties of a style attribute or rule body, lower case; the last of a name wins."""
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, _, value = part.partition(":")
        found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def look_inside(outer: Look, css: dict[str, str]) -> Look:
    """The look inside an element with these declarations, given the look around it."""
    colour, ground = outer.colour, outer.ground
    if "color" in css:
        colour = parse_colour(css["color"]) or colour
    background = css.get("background-color") or css.get("background")
    if background:
        ground = _first_colour(background) or ground
    hidden = _how(css)
    if css.get("visibility") == "visible" and outer.hidden == "visibility_hidden":
        return replace(outer, colour=colour, ground=ground, hidden=hidden)
    return Look(colour=colour, ground=ground, hidden=outer.hidden or hidden)


def _how(css: dict[str, str]) -> HiddenHow | None:
    if css.get("display") == "none":
        return "display_none"
    if css.get("visibility") in ("hidden", "collapse"):
        return "visibility_hidden"
    if "opacity" in css and (_number(css["opacity"]) or 0.0) <= _FAINTEST:
        return "transparent"
    if css.get("color") == "transparent" or _alpha(css.get("color", "")) == 0.0:
        return "transparent"
    return _by_size(css) or _by_place(css)


def _by_size(css: dict[str, str]) -> HiddenHow | None:
    size = _pixels(css.get("font-size"))
    if size is not None and size < _SMALLEST_PIXELS:
        return "zero_size"
    clipped = css.get("overflow", "").startswith("hidden") or css.get("overflow-y") == "hidden"
    for name in ("height", "width", "max-height", "max-width"):
        length = _pixels(css.get(name))
        if clipped and length is not None and length <= 1.0:
            return "zero_size"
    if re.search(
        r"rect\((?:0(?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)", css.get("clip", "") + css.get("clip-path", "")
    ):
        return "zero_size"
    return None


def _by_place(css: dict[str, str]) -> HiddenHow | None:
    moved = [_pixels(css.get(name)) for name in ("left", "top", "text-indent", "margin-left", "right")]
    far = any(length is not None and length <= -500 for length in moved)
    return "off_screen" if far else None


def _number(text: str) -> float | None:
    match = _LENGTH.match(text)
    if not match:
        return None
    return float(match[1]) / (100 if match[2] == "%" else 1)


def _pixels(text: str | None) -> float | None:
    match = _LENGTH.match(text) if text else None
    if not match:
        return None
    scale = {"pt": 1.33, "em": 16.0, "rem": 16.0, "%": 0.16, "ex": 8.0}.get(match[2] or "px", 1.0)
    return float(match[1]) * scale


def _alpha(value: str) -> float | None:
    match = _RGB.match(value)
    return _number(match[4]) if match and match[4] else None


def parse_colour(value: str) -> Colour | None:
    """A CSS colour by name, hex or rgb(); None for one that is not understood."""
    value = value.strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    match = _RGB.match(value)
    if match:
        red, green, blue = (min(int(match[number]), 255) for number in (1, 2, 3))
        return red, green, blue
    hexadecimal = _HEX.match(value)
    if not hexadecimal:
        return None
    digits = hexadecimal[1]
    if len(digits) <= 4:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _first_colour(value: str) -> Colour | None:
    return next((colour for word in _COLOUR_IN.findall(value) if (colour := parse_colour(word))), None)
