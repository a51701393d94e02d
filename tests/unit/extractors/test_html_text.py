import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from extractors.html_text import render

SECRET = "we will refund you"
HIDDEN = {
    "display_none": [
        f'<p style="display: none">{SECRET}</p>',
        f'<p style="DISPLAY:NONE !important">{SECRET}</p>',
        f'<p style="/* x */display:none">{SECRET}</p>',
        f'<p style="d\\69splay:none">{SECRET}</p>',
        f"<p hidden>{SECRET}</p>",
        f"<dialog>{SECRET}</dialog>",
        f'<div style="display:none"><p style="display:block">{SECRET}</p></div>',
        f"<style>@media screen{{.x{{display:none}}}}</style><p class=x>{SECRET}</p>",
        f"<style>/* a */.x,.y{{display:none}}</style><p class=y>{SECRET}</p>",
    ],
    "visibility_hidden": [
        f'<p style="visibility:hidden">{SECRET}</p>',
        f'<div style="visibility:collapse"><b>{SECRET}</b></div>',
    ],
    "zero_size": [
        f'<span style="font-size:0px">{SECRET}</span>',
        f'<span style="font-size:1px">{SECRET}</span>',
        f'<span style="font:0/0 a">{SECRET}</span>',
        f'<div style="font-size:0"><span style="font-size:2em">{SECRET}</span></div>',
        f'<div style="height:0;overflow:hidden">{SECRET}</div>',
        f'<div style="max-height:0;overflow-y:hidden">{SECRET}</div>',
        f'<div style="width:1px;height:1px;overflow:hidden">{SECRET}</div>',
        f'<div style="position:absolute;clip:rect(1px,1px,1px,1px)">{SECRET}</div>',
        f'<div style="clip-path:inset(50%)">{SECRET}</div>',
        f'<div style="transform:scale(0)">{SECRET}</div>',
    ],
    "transparent": [
        f'<div style="opacity:0">{SECRET}</div>',
        f'<div style="opacity:.2"><p style="opacity:20%">{SECRET}</p></div>',
        f'<div style="filter:opacity(0)">{SECRET}</div>',
        f'<div style="color:transparent">{SECRET}</div>',
        f'<div style="color:rgba(0,0,0,0.01)">{SECRET}</div>',
        f'<div style="color:#00000000">{SECRET}</div>',
    ],
    "same_colour": [
        f'<font color="#fefefe">{SECRET}</font>',
        f'<p style="color:white"><b><i>{SECRET}</i></b></p>',
        f'<p style="color:hsl(0, 0%, 99%)">{SECRET}</p>',
        f'<p style="color:rgb(100%, 100%, 98%)">{SECRET}</p>',
        f'<table bgcolor="#003366"><tr><td style="color:#04376a">{SECRET}</td></tr></table>',
        f'<div style="background:#000"><p>{SECRET}</p></div>',
        f'<p style="-webkit-text-fill-color:white">{SECRET}</p>',
        f'<p style="color:whitesmoke">{SECRET}</p>',
    ],
    "off_screen": [
        f'<div style="position:absolute;left:-9999px">{SECRET}</div>',
        f'<div style="text-indent:-100em">{SECRET}</div>',
        f'<div style="margin-top:-5000px">{SECRET}</div>',
        f'<div style="transform:translateX(-9999px)">{SECRET}</div>',
        f'<div style="transform:translate(0, -9999px)">{SECRET}</div>',
    ],
    "comment": [f"<!-- {SECRET} -->", f"<!--[if mso]><p>{SECRET}</p><![endif]-->"],
}
HIDDEN_CASES = [(how, html) for how, cases in HIDDEN.items() for html in cases]


@pytest.mark.parametrize(("how", "html"), HIDDEN_CASES, ids=[html[:60] for _, html in HIDDEN_CASES])
def test_hidden_text_is_set_apart_and_named(how: str, html: str) -> None:
    rendering = render(f"<p>Hi Ann,</p>{html}<p>Thanks.</p>")
    (hidden,) = rendering.hidden
    assert (hidden.how, hidden.text) == (how, SECRET)
    assert rendering.text[hidden.start : hidden.end] == SECRET
    assert rendering.text[: rendering.visible_end] == "Hi Ann,\n\nThanks."


def test_hidden_text_is_judged() -> None:
    findings = extract("", html=f'<p>Hi Ann,</p><p style="display:none">{SECRET}</p><p>Thanks.</p>')
    assert [commitment.text for commitment in findings.commitments] == [SECRET]


@pytest.mark.parametrize(
    "html",
    [
        '<div style="background:#003366"><span style="color:white">seen</span></div>',
        '<div style="background:url(dark.png)"><span style="color:white">seen</span></div>',
        '<table background="dark.png"><tr><td style="color:#fff">seen</td></tr></table>',
        '<div style="background-image:linear-gradient(#000,#222);color:#fff">seen</div>',
        '<div style="font-size:0"><span style="font-size:14px">seen</span></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">seen</p></div>',
        '<div style="color:transparent"><p style="color:#333">seen</p></div>',
        '<div style="color:#fff"><a href="x">seen</a></div>',
        '<div style="height:0">seen</div>',
        '<p style="color:#777">seen</p>',
        '<p style="opacity:0.5">seen</p>',
        '<p style="margin-left:-20px">seen</p>',
        '<font size="0">seen</font>',
        "<style>.b{display:none}</style><p class=a>seen</p>",
        "<style>@media (max-width:600px){.a{display:none}}</style><p class=a>seen</p>",
        "<style>@media print{.a{display:none}}</style><p class=a>seen</p>",
        "<style>.a:hover{display:none}</style><p class=a>seen</p>",
        "<style>..x{display:none}</style><p>seen</p>",
        "<noscript>seen</noscript>",
        "<dialog open>seen</dialog>",
        "seen<!--[if mso]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]-->",
        "seen<!-- -->",
        "seen<!-- Converted from text/plain format -->",
        "seen<script>we will pay</script>",
    ],
)
def test_what_is_seen_is_not_called_hidden(html: str) -> None:
    rendering = render(html)
    assert (rendering.text, rendering.hidden) == ("seen", ())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li>one</li><li>two</li></ul>x<br>y", "- one\n- two\n\nx\ny"),
        ("<ol><li>one</li><li>two<ul><li>three</li></ul></li></ol>", "1. one\n2. two\n- three"),
        ('<ol start="4"><li><p>one</p></li></ol>', "4. one"),
        ("<table><tr><td>Plan</td><td>Price</td></tr><tr><td>A</td><td>9</td></tr></table>", "Plan | Price\nA | 9"),
        ("<table><tr><td><p>A</p></td><td><p>9</p></td></tr><tr><td></td><td>B</td></tr></table>", "A | 9\nB"),
        ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\n\nb\n\nc"),
        ("<p>a</p>\n<div>b</div><div><br></div><div>c</div>", "a\n\nb\n\nc"),
        ("a <b> b</b>  c", "a b c"),
        ("<pre>a\n  b</pre><p style='white-space:pre-wrap'>c\nd</p>", "a\n  b\n\nc\nd"),
        ("a<hr>b", "a\n________________________________\nb"),
        ('See <a href="https://acme.example">our site</a> &amp; go', "See our site & go"),
        ('a<img alt="the chart">b<img alt="\U0001f389">', "a [the chart] b\U0001f389"),
        ("", ""),
    ],
)
def test_layout(html: str, text: str) -> None:
    assert render(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><blockquote>b<br>c</blockquote><p>d</p>", "a\n\n>\n> b\n> c\n\nd"),
        ("<div class=gmail_quote><p>b</p></div>c", ">\n> b\n\nc"),
        ("<div class=gmail_quote><blockquote>b</blockquote>c</div>", ">\n> b\n\nc"),
        ('<blockquote style="margin:0 0 0 40px;border:none">b</blockquote>', "b"),
        ("<blockquote class=template>b</blockquote>", "b"),
        ('a<div id="x_divRplyFwdMsg">b</div><p>c</p>', "a\n>\n> b\n\n> c"),
        ('a<div id="appendonsend"></div><p>c</p>', "a\n\n>\n> c"),
        ("a<div class=gmail_signature>Bo</div>", "a\n-- \nBo"),
        ("a<div class=moz-signature>-- <br>Bo</div>", "a\n-- \nBo"),
        ('a<br>-- <br><div id="Signature">Bo</div>', "a\n-- \nBo"),
        ('a<div name="quote">b</div>', "a\n>\n> b"),
    ],
)
def test_quotes_and_signatures_are_marked(html: str, text: str) -> None:
    assert render(html).text == text


def test_html_nested_too_deep_keeps_its_words() -> None:
    assert render("<div>" * 3000 + "I will" + "</div>" * 3000 + "<p>send it</p>").text.split() == [
        "I",
        "will",
        "send",
        "it",
    ]


def test_deep_html_keeps_its_style() -> None:
    assert render("<div>" * 700 + "<b style='display:none'>I will send it").hidden[0].how == "display_none"


def test_a_tag_with_thousands_of_attributes_keeps_its_words() -> None:
    attributes = " ".join(f"attribute{number}=1" for number in range(5000))
    assert render(f"<p {attributes}>I will send it").text == "I will send it"


_TAGS = (
    "<p> </p> <ul><li> </li>"
    " <blockquote> </blockquote> <table><tr><td> </td> <br> <pre> </pre> </div> <ol> </ol> </b>"
    " e\u0301 &nbsp; \u05d0 \u200b"
)
_PIECES = st.sampled_from(
    [
        *_TAGS.split(),
        "word ",
        "\n",
        "-- ",
        "<!-- two terms -->",
        "<div class=gmail_signature>",
        "<div style='display:none'>",
        "<b style='color:#fff'>",
        "<style>p{font-size:0}</style>",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=100), st.lists(_PIECES, max_size=30).map("".join)))
def test_hidden_passages_are_where_they_say(html: str) -> None:
    rendering = render(html)
    assert 0 <= rendering.visible_end <= len(rendering.text)
    last = rendering.visible_end
    for hidden in rendering.hidden:
        assert last <= hidden.start < hidden.end
        assert rendering.text[hidden.start : hidden.end] == hidden.text
        last = hidden.end


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_every_word_is_seen_or_hidden(html: str) -> None:
    shown = render(html.replace("<style>p{font-size:0}</style>", "")).text
    assert shown.count("word") == html.count("word ")
