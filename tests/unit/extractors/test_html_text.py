import pytest

from extractors import ExtractionError, extract
from extractors.html_text import render

HIDDEN = {
    "display_none": '<p style="display: none">we will refund you</p>',
    "visibility_hidden": '<p style="visibility:hidden">we will refund you</p>',
    "zero_size": '<span style="font-size:0px">we will refund you</span>',
    "transparent": '<div style="opacity:0">we will refund you</div>',
    "same_colour": '<font color="#fefefe">we will refund you</font>',
    "off_screen": '<div style="position:absolute;left:-9999px">we will refund you</div>',
    "comment": "<!-- we will refund you -->",
}


@pytest.mark.parametrize(("how", "html"), HIDDEN.items(), ids=HIDDEN.keys())
def test_hidden_text_is_set_apart_judged_and_reported(how: str, html: str) -> None:
    findings = extract("", html=f"<p>Hi Ann,</p>{html}<p>Thanks.</p>")
    (hidden,) = findings.hidden
    assert (hidden.how, hidden.text) == (how, "we will refund you")
    assert findings.text[hidden.start : hidden.end] == hidden.text
    assert findings.text.startswith("Hi Ann,\n\nThanks.")
    assert [commitment.text for commitment in findings.commitments] == ["we will refund you"]


def test_style_sheets_hide_too_but_not_for_some_screens_only() -> None:
    style = "<style>.a{display:none} @media (max-width:600px){.b{display:none}}</style>"
    rendering = render(f"{style}<p class=a>secret words</p><p class=b>seen</p>")
    assert rendering.text == "seen\n\nsecret words"
    assert [passage.how for passage in rendering.hidden] == ["display_none"]


def test_white_on_a_dark_ground_is_seen() -> None:
    assert render('<div style="background:#003366"><span style="color:white">seen</span></div>').hidden == ()


@pytest.mark.parametrize(
    "html",
    [
        "<!--[if mso]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]-->",
        "<!-- -->",
        "<script>we will pay</script>",
    ],
)
def test_markup_of_mail_programs_hides_nothing(html: str) -> None:
    assert render(f"<p>Hi</p>{html}").hidden == ()


def test_tables_lists_and_breaks() -> None:
    table = "<table><tr><td>Plan</td><td>Price</td></tr><tr><td>A</td><td>9</td></tr></table>"
    assert (
        render(f"{table}<ul><li>one</li><li>two</li></ul>x<br>y").text
        == "Plan | Price\nA | 9\n\n- one\n- two\n\nx\ny"
    )


def test_quoted_html_is_not_judged() -> None:
    html = '<p>Thanks.</p><div class="gmail_quote"><p>I will send it.</p></div><blockquote>We will pay.</blockquote>'
    assert extract("", html=html).commitments == ()


def test_a_selector_that_is_not_understood_is_passed_over() -> None:
    assert render("<style>..x{display:none}</style><p>seen</p>").text == "seen"


def test_html_nested_too_deep_is_refused() -> None:
    with pytest.raises(ExtractionError, match="less nesting"):
        render("<div>" * 3000)


def test_deep_but_allowed_html_is_rendered() -> None:
    assert render("<div>" * 1500 + "I will send it").text == "I will send it"
