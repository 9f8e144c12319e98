"""Generated films with critics' stances, for properties that must hold for every film."""

from hypothesis import strategies as st

from reviews.rules.argument import Position, Stance, Verdict

ASPECTS = ("lead", "story", "action", "music", "ending")
VERDICTS = st.none() | st.sampled_from(Verdict)
STANCES = st.sampled_from(Stance)
ROW = st.dictionaries(st.integers(0, 49), STANCES, max_size=50)
"""Stances on one aspect by critic."""


def positions(min_size: int = 0, max_size: int = 8) -> st.SearchStrategy[list[Position[int, str]]]:
    """The positions of some critics on a film, one each."""
    holdings = st.tuples(VERDICTS, st.dictionaries(st.sampled_from(ASPECTS), STANCES))
    films = st.lists(holdings, min_size=min_size, max_size=max_size)
    return films.map(lambda held: [Position(critic, *holding) for critic, holding in enumerate(held)])
