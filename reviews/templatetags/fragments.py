"""The tag ``fragment``, which includes a template through :mod:`reviews.public.fragment_cache`. No queries."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from reviews.public import fragment_cache
from reviews.public.fragments import SHOWN

register = template.Library()


@register.tag("fragment")
def do_fragment(parser: Parser, token: Token) -> "FragmentNode":
    """``{% fragment "reviews/includes/film/voice.html" edition=edition outlet=outlet %}``: include a template with
    these values only; its output for the same values is cached."""
    _tag, name, *given = token.split_contents()
    fragment = name.strip("\"'")
    if fragment not in SHOWN:
        raise template.TemplateSyntaxError(
            f"What {fragment} shows is not said in reviews/public/fragments.py."
        )
    arguments = dict(each.split("=", 1) for each in given)
    return FragmentNode(
        fragment, {name: parser.compile_filter(expression) for name, expression in arguments.items()}
    )


class FragmentNode(template.Node):
    """A fragment of a page, rendered from its values alone."""

    def __init__(self, fragment: str, given: Mapping[str, FilterExpression]) -> None:
        self._fragment = fragment
        self._given = [(name, given[name], SHOWN[fragment].get(name)) for name in sorted(given)]

    def render(self, context: Context) -> SafeString:
        found: dict[Any, Any] = context.render_context.dicts[0]
        drawn = found.get(self)
        if drawn is None:
            # Once for a page. Another compilation of the template is another key.
            engine = context.template.engine  # type: ignore[union-attr]
            drawn = found[self] = engine.get_template(self._fragment), fragment_cache.surroundings()
        values = [
            of.values(given.resolve(context)) if of else given.resolve(context)
            for _name, given, of in self._given
        ]
        fragment, around = drawn
        key = (fragment, fragment_cache.digest(around, values))
        return mark_safe(
            fragment_cache.FRAGMENTS.get(key, lambda: fragment.render(context.new(self._copies(values))))
        )

    def _copies(self, values: list[Any]) -> dict[str, Any]:
        return {
            name: of.copy(value) if of else value
            for (name, _given, of), value in zip(self._given, values, strict=True)
        }
