"""The house's colours, as ``static/css/site.css`` has them in the light, and the measures of a card, in pixels."""

PAPER, RAISED, INK, SOFT, LINE = "#fdfdfb", "#f1f1ed", "#16161a", "#5a5a63", "#d6d6d0"
FOR, MIXED, AGAINST = "#00694f", "#805300", "#b01c36"
COLOURS = {
    "rave": FOR,
    "positive": FOR,
    "mixed": MIXED,
    "negative": AGAINST,
    "pan": AGAINST,
    "unstated": SOFT,
}
"""By the name of a verdict's sign."""

PANEL = 420
"""The width of the panel: that of a poster as high as the card."""
MARGIN = 52
"""Around all words."""
RULE = 6
"""The thickness of the rule under the masthead."""
