from reviews.text import plain_text, render
from tests.text.pasting.html import ids, tree, words

TWICE = "One[^a] two[^b] three[^a].\n\n[^b]: second\n\n[^a]: first"


class TestFootnotes:
    def test_they_are_numbered_as_a_reader_meets_them(self) -> None:
        notes = [words(note) for note in tree(render(TWICE)).iter("li")]
        assert [note.split()[0] for note in notes] == ["first", "second"]

    def test_every_mark_and_backlink_has_a_target(self) -> None:
        html = render(TWICE)
        found = ids(html)
        addresses = [link.attrib["href"] for link in tree(html).iter("a")]
        assert found == ["fnref-1", "fnref-2", "fnref-1-2", "fn-1", "fn-2"]
        assert sorted(set(addresses)) == sorted(f"#{name}" for name in found)

    def test_backlinks_have_distinct_names(self) -> None:
        links = [link for link in tree(render(TWICE)).iter("a") if link.attrib["role"] == "doc-backlink"]
        assert [link.attrib["aria-label"] for link in links] == [
            *("Back to reference 1", "Back to reference 1, use 2", "Back to reference 2")
        ]

    def test_the_section_says_what_it_is(self) -> None:
        (section,) = tree(render(TWICE)).iter("section")
        assert (section.attrib["aria-label"], section.attrib["role"]) == ("Footnotes", "doc-endnotes")

    def test_the_backlink_is_in_the_last_paragraph(self) -> None:
        note = next(tree(render("a[^1]\n\n[^1]: b\n\n    c")).iter("li"))
        assert [words(paragraph) for paragraph in note.iter("p")] == ["b", "c ↩\ufe0e"]

    def test_after_a_list_the_backlink_is_a_paragraph(self) -> None:
        note = next(tree(render("a[^1]\n\n[^1]: - b")).iter("li"))
        assert [element.tag for element in note] == ["ul", "p"]

    def test_a_footnote_may_have_footnotes(self) -> None:
        notes = [words(note)[0] for note in tree(render("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]")).iter("li")]
        assert notes == ["b", "c"]

    def test_letter_case_does_not_tell_labels_apart(self) -> None:
        assert plain_text("a[^Note]\n\n[^nOTE]: b") == "a\n\nb"

    def test_of_two_definitions_the_first_counts(self) -> None:
        assert plain_text("a[^1]\n\n[^1]: b\n\n[^1]: c") == "a\n\nb"

    def test_a_definition_without_mark_is_dropped(self) -> None:
        assert render("a\n\n[^1]: b[^2]\n\n[^2]: c") == "<p>a</p>\n"

    def test_a_mark_without_definition_stays_text(self) -> None:
        assert words(tree(render("a[^2]\n\n[^1]: b"))) == "a[^2]"

    def test_an_empty_footnote_still_leads_back(self) -> None:
        assert 'href="#fnref-1"' in render("a[^1]\n\n[^1]:")

    def test_marks_in_headings_tables_lists_and_quotations(self) -> None:
        source = "# a[^1]\n\n|b[^1]|\n|-|\n|c[^1]|\n\n- d[^1]\n\n> e[^1]\n>\n> [^1]: note"
        assert [name for name in ids(render(source)) if "ref" in name] == [
            *("fnref-1", "fnref-1-2", "fnref-1-3", "fnref-1-4", "fnref-1-5")
        ]
