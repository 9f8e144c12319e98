"""Markdown read once into a document: plain text, excerpts, footnotes, links. HTML is made in ``text.rendering``."""
