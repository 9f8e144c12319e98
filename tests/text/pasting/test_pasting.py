"""Pasting gives the Markdown that a critic would have typed. Whole clipboards are in ``tests/data/paste``."""

from pathlib import Path

import pytest

from reviews.text import markdown_from_html, render

CLIPBOARDS = Path(__file__).parents[2] / "data" / "paste"
PROGRAMS = ["word", "word-online", "outlook", "docs", "libreoffice", "article"]


class TestClipboards:
    @pytest.mark.parametrize("program", PROGRAMS)
    def test_each_program_s_own_becomes_clean_markdown(self, program: str) -> None:
        html = (CLIPBOARDS / f"{program}.htm").read_text()
        assert f"{markdown_from_html(html)}\n" == (CLIPBOARDS / f"{program}.md").read_text()

    def test_all_of_them_are_read_here(self) -> None:
        assert {path.stem for path in CLIPBOARDS.iterdir()} == set(PROGRAMS)

    def test_the_header_of_a_clipboard_is_no_text(self) -> None:
        assert markdown_from_html("Version:0.9\nStartHTML:0000\n<!--StartFragment--><p>a</p>") == "a"


class TestHeadings:
    def test_the_highest_is_of_the_second_level_and_the_others_follow(self) -> None:
        assert (
            markdown_from_html("<h3>a</h3><p>b</p><h5>c</h5><h6>d</h6>") == "## a\n\nb\n\n#### c\n\n##### d"
        )

    def test_a_title_stands_above_the_first_level(self) -> None:
        html = "<p class=MsoTitle>a</p><p class=MsoHeading1>b</p><h2>c</h2>"
        assert markdown_from_html(html) == "## a\n\n### b\n\n#### c"

    def test_they_are_not_bold_twice(self) -> None:
        assert markdown_from_html("<h2><b>a <i>b</i></b></h2>") == "## a *b*"


class TestEmphasis:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<b>a</b><b>b</b><strong> c</strong>", "**ab c**"),
            ("a<b> b </b>c", "a **b** c"),
            ("<i>a <b>b</b></i>", "*a **b***"),
            ("<b>a</b><i>b</i>", "**a***b*"),
            ("un<i>believ</i>able", "un*believ*able"),
            ("said<i>“yes”</i>twice", "said“*yes*”twice"),
            ("<b>Note:</b>the rest", "**Note**:the rest"),
            ("<b style='font-weight:normal'>a</b>", "a"),
            ("<span style='font-weight: 700; font-style: italic'>a</span>", "***a***"),
            ("<i style='font-style:normal'>a</i> <em>b</em>", "a *b*"),
            ("<i><a href='https://a.b/'>a</a> b</i>", "*[a](https://a.b/) b*"),
            ("<a href='https://a.b/'><b>a</b> b</a>", "[**a** b](https://a.b/)"),
            ("<b>a<br>b</b>", "**a\\\nb**"),
            ("<b> </b><i></i>a", "a"),
        ],
    )
    def test_is_on_words_as_markdown_requires(self, html: str, markdown: str) -> None:
        assert markdown_from_html(f"<p>{html}</p>") == markdown


class TestLists:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
            ("<ol start=9><li>a<ul><li>b</ul><li>c</ol>", "9. a\n   - b\n10. c"),
            ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
            ("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>", "- a\n\n* b\n\n- c"),
            ("<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b"),
            ("<ul><li><h2>a</h2><hr></li></ul>", "- ## a"),
            ("<ul><li></li><li> </li></ul>", ""),
        ],
    )
    def test_nest_and_stay_apart(self, html: str, markdown: str) -> None:
        assert markdown_from_html(html) == markdown

    def test_letters_and_numbers_of_word_are_numbers_and_go_on_after_a_paragraph(self) -> None:
        def item(sign: str, words: str, level: int = 1) -> str:
            mark = f"<![if !supportLists]><span style='mso-list:Ignore'>{sign}</span><![endif]>"
            return f"<p style='mso-list:l3 level{level} lfo2'>{mark}{words}</p>"

        html = item("1.", "one") + item("a)", "inner", 2) + "<p>between</p>" + item("2.", "two")
        assert markdown_from_html(html) == "1. one\n   1. inner\n\nbetween\n\n2. two"


class TestFootnotes:
    MARKED = "<p>a<sup><a href='#fn{0}'>{0}</a></sup></p>"

    def test_are_numbered_in_the_order_of_their_marks_from_where_one_says(self) -> None:
        html = "<p>a<a href='#_ftn7'>[7]</a> b<a href='#_ftn2'>[2]</a> c<a href='#_ftn7'>[7]</a></p>"
        html += "<p><a name=_ftn2 href='#_ftnref2'>[2]</a> two</p><p><a name=_ftn7>[7]</a> seven</p>"
        assert markdown_from_html(html, first_note=4) == ("a[^4] b[^5] c[^4]\n\n[^4]: [7] seven\n\n[^5]: two")

    def test_a_mark_whose_text_did_not_come_along_stays_what_it_says(self) -> None:
        assert markdown_from_html("<p>a<a href='#_ftn1' name=_ftnref1>[1]</a></p>") == "a[1]"

    def test_a_text_whose_mark_did_not_come_along_stays(self) -> None:
        html = "<div id=ftn1><p><a name=_ftn1 href='#_ftnref1'>[1]</a> a</p></div>"
        assert markdown_from_html(html) == "[1] a"

    def test_hold_paragraphs_lists_and_footnotes_of_their_own(self) -> None:
        html = self.MARKED.format(1) + (
            "<ol><li id=fn1><p>b</p><ul><li>c<a href='#fn2'>2</a></li></ul></li><li id=fn2>d</li></ol>"
        )
        assert markdown_from_html(html) == "a[^1]\n\n[^1]: b\n\n    - c[^2]\n\n[^2]: d"

    def test_a_link_to_a_place_in_the_page_is_none(self) -> None:
        html = "<p><a href='#fnord'>a</a></p><p id=fnord>b</p>"
        assert markdown_from_html(html) == "a\n\nb"

    def test_that_only_refer_to_each_other_stay_in_place(self) -> None:
        html = "<p id=fn1>a<a href='#fn2'>2</a></p><p id=fn2>b<a href='#fn1'>1</a></p>"
        assert markdown_from_html(html) == "a2\n\nb1"

    def test_of_a_page_of_ours_come_back(self) -> None:
        source = "a[^1] b[^2]\n\n[^1]: one\n\n    more\n\n[^2]: two"
        assert markdown_from_html(render(source)) == source


class TestLinks:
    @pytest.mark.parametrize(
        ("address", "leads_to"),
        [
            ("https://a.b/c", "https://a.b/c"),
            ("https://a.b/?x=1&utm_medium=y&gclid=z#d", "https://a.b/?x=1#d"),
            ("https://www.google.co.uk/url?sa=D&q=https://a.b/c%3Fd%3D1", "https://a.b/c?d=1"),
            ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.b%2F&h=x", "https://a.b/"),
            ("https://a.b/c_(d)", "https://a.b/c_(d)"),
            ("https://a.b/c_(d", "https://a.b/c_%28d"),
            ("https://a.b/c d<e>", "https://a.b/cd%3Ce%3E"),
            ("https://a.b/?c=1&copy;=2", "https://a.b/?c=1&amp;copy;=2"),
            ("mailto:desk@a.b", "mailto:desk@a.b"),
            ("/films/", ""),
            ("#top", ""),
            ("//a.b/", ""),
            ("javascript:alert(1)", ""),
            ("java\nscript:alert(1)", ""),
            ("javascript://a.b/%0aalert(1)", ""),
            ("ftp://a.b/c", ""),
            ("data:text/html,x", ""),
            ("file:///C:/a.doc", ""),
            ("https://[", ""),
            ("https://www.google.com/url?q=javascript:alert(1)", ""),
            ("https://a.b/" + "c" * 5_000, ""),
        ],
    )
    def test_lead_to_the_web_or_a_mailbox_or_are_words(self, address: str, leads_to: str) -> None:
        html = '<a href="{}">word</a>'.format(address.replace("&", "&amp;").replace("<", "&lt;"))
        assert markdown_from_html(html) == (f"[word]({leads_to})" if leads_to else "word")

    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<a href='https://a.b/'>https://a.b/</a>", "<https://a.b/>"),
            ("<a href='mailto:c@a.b'>c@a.b</a>", "<c@a.b>"),
            ("<a href='https://a.b/'>[c] <code>d]</code></a>", "[\\[c\\] `d]`](https://a.b/)"),
            ("Go!<a href='https://a.b/'>c</a>", "Go\\![c](https://a.b/)"),
            ("<a href='https://a.b/'> c </a>d", "[c](https://a.b/) d"),
            ("<a href='https://a.b/'></a>d", "d"),
        ],
    )
    def test_are_written_as_short_as_can_be(self, html: str, markdown: str) -> None:
        assert markdown_from_html(html) == markdown

    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<img src='https://a.b/c.png' alt='A still'>", "[A still](https://a.b/c.png)"),
            ("<img src='https://a.b/pixel.gif' width=1>d", "d"),
            ("<img src='data:image/png;base64,x' alt='A still'>d", "d"),
            (
                "<a href='https://a.b/'><img src='https://a.b/c.png' alt='A still'></a>",
                "[A still](https://a.b/)",
            ),
            ("<iframe src='https://a.b/e'></iframe>", "[Video](https://a.b/e)"),
            ("<iframe src='about:blank'>d</iframe>e", "e"),
        ],
    )
    def test_stand_for_pictures_and_players(self, html: str, markdown: str) -> None:
        assert markdown_from_html(html) == markdown


class TestTables:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<tr><th>a<th align=center>b<tr><td>c|d<td>e<br>f", "| a | b |\n| --- | :-: |\n| c\\|d | e f |"),
            ("<tr><td>a<td>b<tr><td>c<td>d<td>e", "| a | b |  |\n| --- | --- | --- |\n| c | d | e |"),
            ("<tr><td colspan=2>a<tr><td>b<td>c", "| a |  |\n| --- | --- |\n| b | c |"),
            ("<tr><td><code>a|b</code><td>c", "| `a\\|b` | c |\n| --- | --- |"),
            ("<tr><td>a</td></tr><tr><td>b</td></tr>", "a\n\nb"),
            ("<tr><td>a<table><tr><td>b<td>c</table>", "a\n\n| b | c |\n| --- | --- |"),
            ("<caption>a</caption><tr><td>b<td>c", "a\n\n| b | c |\n| --- | --- |"),
            ("<tr><td> <td>&nbsp;", ""),
        ],
    )
    def test_have_a_head_and_as_many_cells_as_they_need(self, html: str, markdown: str) -> None:
        assert markdown_from_html(f"<table>{html}</table>") == markdown


class TestOtherBlocks:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("<pre>a\n  b &lt;c&gt;\n\n```\n</pre>", "````\na\n  b <c>\n\n```\n````"),
            ("<pre>a<br>b</pre>", "```\na\nb\n```"),
            ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
            ("<p class=MsoQuote>a<p class=MsoIntenseQuote>b<p>c", "> a\n>\n> b\n\nc"),
            ("<details class=spoiler><summary>a</summary><p>b</p></details>c", "::: spoiler a\nb\n:::\n\nc"),
            ("<details><summary>a</summary>b</details>", "a\n\nb"),
            ("a<br><br>b<br>c", "a\n\nb\\\nc"),
            ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
            ("<dl><dt>a<dd>b</dl>", "a\n\nb"),
            ("<q>a</q> <code>b``c</code><kbd>`</kbd>", "“a” ``` b``c` ```"),
            ("<textarea>a</textarea><select><option>b</select><template>c</template>d", "d"),
        ],
    )
    def test_keep_their_shape(self, html: str, markdown: str) -> None:
        assert markdown_from_html(html) == markdown


class TestSpaces:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("  a\n   b\t c  ", "a b c"),
            ("10&nbsp;km « quoi&nbsp;»", "10\xa0km « quoi\xa0»"),
            ("a&nbsp; b &nbsp;c&nbsp;&nbsp;d", "a b c d"),
            ("a<b>&nbsp;b</b><span class=Apple-converted-space>&nbsp;</span>c", "a **b** c"),
            ("<p>&nbsp;a&nbsp;</p><p>&nbsp;</p>", "a"),
            ("hy\u00adphen\u200bated “curly” ‘quotes’ – dash…", "hyphenated “curly” ‘quotes’ – dash…"),
        ],
    )
    def test_are_those_that_a_browser_showed(self, html: str, markdown: str) -> None:
        assert markdown_from_html(html) == markdown
