"""What a critic writes: Markdown in; safe HTML, plain text, excerpts and verbatim passages out.

Pure: text goes in and text comes out, the same for the same input. Everything here reads the same walk over
the same tokens (``document.read``), so what a reader sees, what a passage is searched in and where its
anchor stands cannot drift apart.
"""

from reviews.text.addresses import WEB_ADDRESS_PATTERN, post_address, web_address
from reviews.text.changes import Kind, Run
from reviews.text.characters import clean_characters
from reviews.text.comparison import Block, Stretch, compare, compare_words, fold_unchanged
from reviews.text.document import Body, read_body
from reviews.text.embedding import apart, lowered
from reviews.text.excerpts import excerpt
from reviews.text.limits import excess, excess_of_paste, is_within
from reviews.text.merging import Agreed, Choice, Conflict, Whose, merge, resolved
from reviews.text.passages import Passage, find_passage, find_passages
from reviews.text.pasting import markdown_from_html
from reviews.text.plain import plain_text
from reviews.text.rendering import render
from reviews.text.selecting import passage_at
from reviews.text.words import reading_minutes, word_count

__all__ = [
    "WEB_ADDRESS_PATTERN",
    "Agreed",
    "Block",
    "Body",
    "Choice",
    "Conflict",
    "Kind",
    "Passage",
    "Run",
    "Stretch",
    "Whose",
    "apart",
    "clean_characters",
    "compare",
    "compare_words",
    "excerpt",
    "excess",
    "excess_of_paste",
    "find_passage",
    "find_passages",
    "fold_unchanged",
    "is_within",
    "lowered",
    "markdown_from_html",
    "merge",
    "passage_at",
    "plain_text",
    "post_address",
    "read_body",
    "reading_minutes",
    "render",
    "resolved",
    "web_address",
    "word_count",
]
