"""Text of reviews: from Markdown to safe HTML, plain text, excerpts and passages.

Pure functions: the same input gives the same output. All of them use the tokens of ``document.read``, so the rendered
page, the text that passages are searched in and the anchors always agree.
"""

from reviews.text.characters import clean_characters, has_line_break, one_line
from reviews.text.diff.changes import ChangeKind, WordRun
from reviews.text.diff.comparison import Block, BlockRun, compare, compare_words, fold_unchanged
from reviews.text.diff.merging import Agreed, Choice, Conflict, Whose, merge, resolved
from reviews.text.limits import excess, excess_of_paste, is_within
from reviews.text.markdown.addresses import WEB_ADDRESS_PATTERN, post_address, web_address
from reviews.text.markdown.body import Body, picture_names, pictures_in, read_body
from reviews.text.markdown.embedding import apart, lowered
from reviews.text.markdown.excerpts import excerpt
from reviews.text.markdown.pictures import with_figures
from reviews.text.markdown.plain import plain_text
from reviews.text.markdown.words import reading_minutes, word_count
from reviews.text.passages.finding import Passage, find_passage, find_passages
from reviews.text.passages.selecting import passage_at
from reviews.text.pasting import markdown_from_html, pasted
from reviews.text.rendering import render

__all__ = [
    "WEB_ADDRESS_PATTERN",
    "Agreed",
    "Block",
    "BlockRun",
    "Body",
    "ChangeKind",
    "Choice",
    "Conflict",
    "Passage",
    "Whose",
    "WordRun",
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
    "has_line_break",
    "is_within",
    "lowered",
    "markdown_from_html",
    "merge",
    "one_line",
    "passage_at",
    "pasted",
    "picture_names",
    "pictures_in",
    "plain_text",
    "post_address",
    "read_body",
    "reading_minutes",
    "render",
    "resolved",
    "web_address",
    "with_figures",
    "word_count",
]
