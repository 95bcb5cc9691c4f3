"""Formulas become MathML where they can be nothing else, and never anything that runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiantang.community.forum.bodies import excerpt_of, render_body, render_comment
from tiantang.community.forum.bodies.markdown import COMMENTS, MARKS, _finished
from tiantang.community.forum.bodies.tongues import mark_line
from tiantang.community.forum.models.posts import SourceFormat


def test_double_dollars_are_drawn_and_markdown_keeps_out() -> None:
    html = render_body("**so** $$a_1 * b_2 * c$$ | end")
    assert html.startswith('<p><strong>so</strong> <math alttext="a_1 * b_2 * c" display="block">')
    assert "<em>" not in html and html.endswith("</math> | end</p>")


@pytest.mark.parametrize(
    "text", ["$5 and $10", "$5-$10", "`$$x$$`", "\\$\\$x\\$\\$", "set $HOME/$USER", "$x$ and $y$", "a $$ b"]
)
def test_what_may_be_money_or_code_stays_text_in_a_member_s_post(text: str) -> None:
    assert "<math" not in render_body(text)


@pytest.mark.parametrize(
    "text", ["$5 and $10", "US$5,$6", "$HOME/$USER", "<code>$x$</code>", "<pre>$$x$$</pre>"]
)
def test_what_may_be_money_or_code_stays_text_in_an_imported_post(text: str) -> None:
    assert "<math" not in render_body(f"<p>{text}</p>", SourceFormat.HTML)


@pytest.mark.parametrize("tex", ["\\frac{", "\\foobar x", " ", "}{", "\\left(", "x" * 3000, "{" * 900])
def test_tex_that_cannot_be_read_stays_as_it_was_written(tex: str) -> None:
    assert render_body(f"$${tex}$$", SourceFormat.HTML) == f"$${tex}$$".strip()


@pytest.mark.parametrize(
    "tex",
    [
        "\\href{javascript:alert(1)}{x}",
        "\\text{<img src=x onerror=alert(1)>}",
        'x" onload="alert(1)',
        "\\style{a:b}{x}",
    ],
)
def test_formulas_carry_nothing_that_runs(tex: str) -> None:
    html = render_body(f"$${tex}$$")
    assert "<img" not in html and "href" not in html.replace("\\href", "") and "<script" not in html
    assert ' onload="' not in html and " style=" not in html


def test_excerpts_show_formulas_as_they_were_written() -> None:
    assert excerpt_of(render_body("see $$x^2 < y$$ there")) == "see $x^2 < y$ there"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.booleans())
def test_comments_without_marks_are_what_the_long_way_makes_of_them(text: str, outside: bool) -> None:
    text = text.strip()
    long_way = _finished(COMMENTS.renderInline(text, {"people": {}, "from_outside": outside}))
    assert render_comment(text, from_outside=outside) == mark_line(long_way) or MARKS.search(text)
    assert MARKS.search(text) or long_way == text


@given(st.text(max_size=60), st.booleans())
def test_no_formula_is_an_error(tex: str, html: bool) -> None:
    text = f"$${tex}$$ ${tex}$".encode("utf8", "ignore").decode()
    render_body(text, SourceFormat.HTML if html else SourceFormat.MARKDOWN)
