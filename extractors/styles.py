"""What inline and embedded CSS says about visibility: only what hides text from the eye."""

import re
from dataclasses import dataclass

from extractors.colours import BLACK, WHITE, Colour, first_colour, parse_alpha, parse_colour
from extractors.findings import HiddenHow
from extractors.lazily import compiled

__all__ = ["Look", "declarations", "look_inside", "parse_colour"]

# Below this distance (root of summed squares over the three channels) text cannot be told from its ground.
_NO_CONTRAST = 40.0
_FAINTEST = 0.05
_SMALLEST_PIXELS = 2.0
_FAR_PIXELS = -500.0
_USUAL_PIXELS = 16.0

_LENGTH = compiled(r"([+-]?\d*\.?\d+)\s*(px|pt|pc|em|rem|%|ex|vw|vh|in|cm|mm)?")
_SCALE = {"pt": 1.33, "pc": 16.0, "em": 16.0, "rem": 16.0, "%": 0.16, "ex": 8.0, "in": 96.0, "cm": 37.8, "mm": 3.78}
_FONT_SIZE = compiled(r"(?:^|\s)([+-]?\d*\.?\d+(?:px|pt|em|rem|%)?)(?:\s*/|\s+[\"'a-z])")
_COMMENT = compiled(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|$)")
_ESCAPE = compiled(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_IMPORTANT = compiled(r"\s*!\s*important")
_CLIPPED = compiled(
    r"rect\((?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:[5-9]\d(?:\.\d+)?|100)%|circle\(\s*0|polygon\(\s*(?:0(?:px"
    r"|%)?[\s,]*)+\)"
)
_TRANSFORMED_AWAY = compiled(r"scale[xy]?\(\s*0*\.?0*\s*[,)]")
_MOVED = compiled(
    r"translate(?:x|y|3d)?\(\s*(-?\d+(?:\.\d+)?(?:px|em|rem|%)?)(?:\s*,\s*(-?\d+(?:\.\d+)?(?:px|em|rem|%)?))?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How text inside an element looks. `hidden` is why the whole element is not seen, whatever stands in it; a
    `ground` of None is a picture. `pixels` is the size of letters and `alpha` how much their colour covers.
    """

    colour: Colour = BLACK
    ground: Colour | None = WHITE
    pixels: float = _USUAL_PIXELS
    alpha: float = 1.0
    opacity: float = 1.0
    invisible: bool = False
    hidden: HiddenHow | None = None

    @property
    def how_hidden(self) -> HiddenHow | None:
        """Why text of this look is not seen, or None."""
        if self.hidden:
            return self.hidden
        if self.invisible:
            return "visibility_hidden"
        if self.pixels < _SMALLEST_PIXELS:
            return "zero_size"
        if self.opacity <= _FAINTEST or self.alpha <= _FAINTEST:
            return "transparent"
        if self.ground is None or (self.colour is BLACK and self.ground is WHITE):
            return None
        red, green, blue = (one - other for one, other in zip(self.colour, self.ground, strict=True))
        return "same_colour" if red * red + green * green + blue * blue < _NO_CONTRAST**2 else None


def declarations(style: str) -> dict[str, str]:
    """The properties of a style attribute or rule body, lower case; the last of a name wins."""
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    if "/*" in style:
        style = _COMMENT.sub("", style)
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            value = value.strip().lower()
            found[name.strip().lower()] = _IMPORTANT.sub("", value) if "!" in value else value
    return found


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def look_inside(outer: Look, css: dict[str, str]) -> Look:
    """The look inside an element with these declarations, given the look around it."""
    if not css:
        return outer
    colour, alpha = _letters(outer, css)
    visibility = css.get("visibility", "")
    return Look(
        colour=colour,
        alpha=alpha,
        ground=_ground(outer, css),
        pixels=_letter_size(outer.pixels, css),
        opacity=outer.opacity * _opacity(css),
        invisible=visibility in ("hidden", "collapse") or (outer.invisible and visibility != "visible"),
        hidden=outer.hidden or _how(css),
    )


def _letters(outer: Look, css: dict[str, str]) -> tuple[Colour, float]:
    """The colour of letters and how much it covers."""
    value = css.get("-webkit-text-fill-color") or css.get("color")
    if not value or value in ("inherit", "currentcolor", "unset"):
        return outer.colour, outer.alpha
    alpha = parse_alpha(value)
    colour = parse_colour(value)
    return (colour, alpha) if colour else (outer.colour, alpha if alpha < 1 else outer.alpha)


def _ground(outer: Look, css: dict[str, str]) -> Colour | None:
    shorthand = css.get("background", "")
    value = css.get("background-color") or shorthand
    image = css.get("background-image", "") + shorthand
    colour = first_colour(value) if value and parse_alpha(value) > _FAINTEST else None
    if "url(" in image or "gradient(" in image:
        return None
    return colour or outer.ground


def _letter_size(outer: float, css: dict[str, str]) -> float:
    """The size of letters in pixels: inherited, set, or a share of the size around."""
    value = css.get("font-size")
    if value is None and "font" in css:
        shorthand = _FONT_SIZE.search(css["font"])
        value = shorthand[1] if shorthand else None
    length = _LENGTH.match(value) if value else None
    if not length:
        return _USUAL_PIXELS if value in _SIZE_WORDS else outer
    number, unit = float(length[1]), length[2]
    if unit in ("em", "%", "ex"):
        return outer * number / (100 if unit == "%" else 1)
    return number * _SCALE.get(unit or "px", 1.0)


_SIZE_WORDS = frozenset({"small", "medium", "large", "x-small", "x-large", "xx-small", "xx-large", "initial"})


def _opacity(css: dict[str, str]) -> float:
    shares = [css[name] for name in ("opacity",) if name in css]
    if "opacity(" in css.get("filter", ""):
        shares.append(css["filter"].partition("opacity(")[2])
    least = 1.0
    for share in shares:
        length = _LENGTH.match(share)
        if length:
            least = min(least, max(float(length[1]), 0.0) / (100 if length[2] == "%" else 1))
    return least


def _how(css: dict[str, str]) -> HiddenHow | None:
    if css.get("display") == "none" or css.get("content-visibility") == "hidden":
        return "display_none"
    return _by_size(css) or _by_place(css)


def _by_size(css: dict[str, str]) -> HiddenHow | None:
    overflow = css.get("overflow", "") + css.get("overflow-y", "") + css.get("overflow-x", "")
    if "hidden" in overflow or "clip" in overflow:
        for name in ("height", "width", "max-height", "max-width"):
            length = _pixels(css.get(name))
            if length is not None and length <= 1.0:
                return "zero_size"
    clipped = "clip" in css or "clip-path" in css
    if clipped and _CLIPPED.search(css.get("clip", "") + " " + css.get("clip-path", "")):
        return "zero_size"
    return "zero_size" if _TRANSFORMED_AWAY.search(css.get("transform", "")) else None


def _by_place(css: dict[str, str]) -> HiddenHow | None:
    lengths = [
        css[name]
        for name in ("left", "top", "text-indent", "margin-left", "margin-top", "right", "bottom")
        if name in css
    ]
    moved = _MOVED.search(css["transform"]) if "transform" in css else None
    if moved:
        lengths += [length for length in moved.groups() if length]
    far = any((pixels := _pixels(length)) is not None and pixels <= _FAR_PIXELS for length in lengths)
    return "off_screen" if far else None


def _pixels(text: str | None) -> float | None:
    length = _LENGTH.match(text) if text else None
    return float(length[1]) * _SCALE.get(length[2] or "px", 1.0) if length else None
