"""The tag ``kept``, which includes a template through the cache of pieces (:mod:`reviews.public.kept`). No queries."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from reviews.public import kept
from reviews.public.pieces import SHOWN

register = template.Library()


@register.tag("kept")
def do_kept(parser: Parser, token: Token) -> "KeptNode":
    """``{% kept "reviews/includes/film/voice.html" edition=edition outlet=outlet %}``: include a template with these
    values only; its output for the same values is cached."""
    _tag, name, *given = token.split_contents()
    piece = name.strip("\"'")
    if piece not in SHOWN:
        raise template.TemplateSyntaxError(f"What {piece} shows is not said in reviews/public/pieces.py.")
    arguments = dict(each.split("=", 1) for each in given)
    return KeptNode(
        piece, {name: parser.compile_filter(expression) for name, expression in arguments.items()}
    )


class KeptNode(template.Node):
    """A piece of a page, rendered from its values alone."""

    def __init__(self, piece: str, given: Mapping[str, FilterExpression]) -> None:
        self._piece = piece
        self._given = [(name, given[name], SHOWN[piece].get(name)) for name in sorted(given)]

    def render(self, context: Context) -> SafeString:
        found: dict[Any, Any] = context.render_context.dicts[0]
        drawn = found.get(self)
        if drawn is None:
            # Once for a page. Another compilation of the template is another key.
            engine = context.template.engine  # type: ignore[union-attr]
            drawn = found[self] = engine.get_template(self._piece), kept.surroundings()
        values = [
            of.values(given.resolve(context)) if of else given.resolve(context)
            for _name, given, of in self._given
        ]
        piece, around = drawn
        key = (piece, kept.digest(around, values))
        return mark_safe(kept.PIECES.get(key, lambda: piece.render(context.new(self._copies(values)))))

    def _copies(self, values: list[Any]) -> dict[str, Any]:
        return {
            name: of.copy(value) if of else value
            for (name, _given, of), value in zip(self._given, values, strict=True)
        }
