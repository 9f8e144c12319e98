"""Parse Markdown once into a document: plain text, excerpts, footnotes, links. ``text.rendering`` makes the HTML."""
