"""Pictures in a body: a block without words, whose place the HTML keeps."""

import pytest

from reviews.text import (
    compare,
    excerpt,
    find_passage,
    picture_names,
    plain_text,
    render,
    with_figures,
    word_count,
)

PLACE = '<figure data-picture="{}"></figure>\n'


def shown(source: str) -> str:
    return render(source, pictures=True)


class TestItsPlace:
    def test_alone_it_takes_the_place_of_its_paragraph(self) -> None:
        html = shown("One.\n\n![](picture:van)\n\nTwo.")
        assert html == f"<p>One.</p>\n{PLACE.format('van')}<p>Two.</p>\n"

    def test_several_of_a_paragraph_follow_each_other(self) -> None:
        assert shown("![](picture:van)\n![](picture:roof)") == PLACE.format("van") + PLACE.format("roof")

    def test_amid_words_it_follows_their_paragraph(self) -> None:
        assert shown("One ![](picture:van) two.") == f"<p>One  two.</p>\n{PLACE.format('van')}"

    @pytest.mark.parametrize("around", ["*{}*", "**{}**", "[{}](/films/)", "## {}"])
    def test_what_is_left_empty_around_it_goes(self, around: str) -> None:
        assert shown(around.format("![](picture:van)")) == PLACE.format("van")

    def test_of_a_table_it_follows_the_table(self) -> None:
        html = shown("| a |\n|---|\n| ![](picture:van) b |\n\nTwo.")
        assert html.index("</table>") < html.index("</div>") < html.index("<figure") < html.index("Two.")

    def test_of_a_list_a_quotation_or_a_spoiler_it_stays_inside(self) -> None:
        assert f"<li>{PLACE.format('van')}" in shown("- ![](picture:van)").replace("<li>\n", "<li>")
        assert f"<blockquote>\n{PLACE.format('van')}</blockquote>" in shown("> ![](picture:van)")
        html = shown("::: spoiler Title ![](picture:a)\n![](picture:b)\n:::\n\n![](picture:c)")
        inside, _, after = html.partition("</details>")
        assert picture_names("::: spoiler Title ![](picture:a)\n![](picture:b)\n:::\n\n![](picture:c)") == [
            "a",
            "b",
            "c",
        ]
        assert inside.count("<figure") == 2
        assert "<summary>Title </summary>" in inside
        assert after.count("<figure") == 1

    def test_of_a_footnote_it_stays_in_the_footnote(self) -> None:
        html = shown("One.[^1]\n\n[^1]: ![](picture:van)")
        assert html.index("<li") < html.index("<figure") < html.index("</li>")

    def test_nothing_stands_in_it_where_pictures_are_not_shown(self) -> None:
        assert render("One.\n\n![A van](picture:van)") == "<p>One.</p>\n"

    def test_its_alternative_text_and_name_are_escaped(self) -> None:
        html = shown('![A "van" & <b>more</b>](picture:a&b)')
        assert html == (
            '<figure data-picture="a&amp;b" data-alt="A &quot;van&quot; &amp; &lt;b&gt;more&lt;/b&gt;">'
            "</figure>\n"
        )


class TestItsName:
    @pytest.mark.parametrize("name", ["van", "кино-абв23", "a-b_c", "фото", "🎬"])
    def test_is_read_as_it_was_typed(self, name: str) -> None:
        assert picture_names(f"![x](picture:{name})") == [name]
        found = []
        with_figures(shown(f"![x](picture:{name})"), lambda *said: found.append(said) or "")  # type: ignore[func-returns-value]
        assert found == [(name, "x")]

    def test_is_named_once_in_page_order(self) -> None:
        assert picture_names("![](picture:b)\n\n![](picture:a)\n\n![](picture:b)") == ["b", "a"]

    def test_may_be_defined_elsewhere(self) -> None:
        assert picture_names("![A van][v]\n\n[v]: picture:van") == ["van"]

    @pytest.mark.parametrize(
        "source",
        [
            "![x](picture:)",
            "![x](picture:a/b)",
            "![x](picture:a?b)",
            "`![x](picture:a)`",
            "    ![x](picture:a)",
            "\\![x](picture:a)",
            "[x](picture:a)",
            "<picture:a>",
            "![x](https://else.example/picture:a)",
            f"![x](picture:{'a' * 201})",
        ],
    )
    def test_nothing_else_is_a_picture(self, source: str) -> None:
        assert picture_names(source) == []
        assert "<figure" not in shown(source)
        assert 'href="picture:' not in shown(source)

    def test_an_image_of_another_address_stays_a_link_to_it(self) -> None:
        assert shown("![A still](https://else.example/a.jpg)") == (
            '<p><a href="https://else.example/a.jpg" rel="external nofollow noopener">A still</a></p>\n'
        )


BODY = "The camera waits.\n\n![A van in the rain](picture:van)\n\nThe fights are clear."


class TestItHasNoWords:
    def test_in_the_plain_text_the_excerpt_and_the_count(self) -> None:
        assert plain_text(BODY) == "The camera waits.\n\nThe fights are clear."
        assert excerpt(BODY) == "The camera waits. The fights are clear."
        assert word_count(BODY) == 7

    def test_so_that_a_passage_goes_on_across_it_and_none_is_found_in_it(self) -> None:
        assert find_passage(BODY, "waits. The fights") is not None
        assert find_passage(BODY, "van in the rain") is None
        html = render(BODY, passages={"p": "waits. The fights"}, pictures=True)
        assert html.count("<figure") == 1
        assert html.count('class="passage"') == 2

    def test_but_a_comparison_names_it(self) -> None:
        changed = [
            block for block in compare(BODY, BODY.replace("picture:van", "picture:roof")) if block.name
        ]
        assert [(block.name, block.before, block.after) for block in changed if block.kind != "same"] == [
            ("a picture", "van A van in the rain", "roof A van in the rain")
        ]


class TestFigures:
    def test_stand_where_the_pictures_are(self) -> None:
        html = with_figures(shown(BODY), lambda name, alt: f"<figure>{name}: {alt}</figure>\n")
        assert html == (
            "<p>The camera waits.</p>\n<figure>van: A van in the rain</figure>\n<p>The fights are clear.</p>\n"
        )

    def test_or_leave_no_trace(self) -> None:
        without = "The camera waits.\n\nThe fights are clear."
        assert with_figures(shown(BODY), lambda name, alt: "") == render(without)

    def test_are_not_taken_from_what_somebody_typed(self) -> None:
        typed = '<figure data-picture="van"></figure>'
        assert with_figures(shown(typed), lambda name, alt: "A picture!") == shown(typed)
