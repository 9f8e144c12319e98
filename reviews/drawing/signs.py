"""The shapes of verdicts and judgements, in a box of ``SIZE`` units: paths as in SVG."""

SIZE = 16
SIGNS = {
    "rave": "M8 0l7 8H1zM8 8l7 8H1z",
    "positive": "M8 2l8 12H0z",
    "mixed": "M8 0l8 8-8 8-8-8z",
    "negative": "M8 14L0 2h16z",
    "pan": "M8 8L1 0h14zM8 16L1 8h14z",
    "unstated": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z",
    "praise": "M6 0h4v6h6v4h-6v6H6v-6H0V6h6z",
    "criticism": "M0 6h16v4H0z",
}
SEAT_WIDTH, SEAT_HEIGHT = 20, 22
SEAT = "M1 22V10a9 9 0 0 1 18 0v12z"
"""A critic among others, in a box of these units."""
MOST_SEATS = 40
"""The most critics drawn as single seats; more could not be told apart."""
