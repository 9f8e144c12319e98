"""The checklist of any copy, whatever it says or lacks."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviews.models.content import Provenance
from reviews.rules.argument import Verdict
from reviews.rules.pictures import NamedPicture
from reviews.seeding.factories import BODY, MOMENT
from tests.rules.test_checklist import INSTANT, looked_at

COPIES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    body=st.sampled_from(["", "The camera waits.", BODY]) | st.text(max_size=40),
    headline=st.text(max_size=120),
    standfirst=st.text(max_size=3),
    verdict=st.none() | st.sampled_from(Verdict),
    rating=st.sampled_from(["", "0/5", "6/5", "B+", "★★★★★"]) | st.text(max_size=5),
    pull_quote=st.sampled_from(["", "The camera waits.", "A triumph"]) | st.text(max_size=5),
    provenance=st.sampled_from(Provenance.values),
    provenance_note=st.text(max_size=3),
    how_seen=st.text(max_size=3),
    tag_count=st.integers(0, 2),
    judgements=st.lists(
        st.tuples(st.text(max_size=3), st.sampled_from(["camera", "Nobody", ""]) | st.text(max_size=3)),
        max_size=3,
    ).map(tuple),
    rights_until=st.none() | st.sampled_from([MOMENT - INSTANT, MOMENT, MOMENT + INSTANT]),
    visible_from=st.none() | st.just(MOMENT),
    address=st.just("slug"),
    address_is_taken=st.booleans(),
    star_scale=st.sampled_from([4, 5]),
    wants_verdict=st.booleans(),
    pictures=st.lists(
        st.builds(
            NamedPicture,
            name=st.sampled_from(["van", "roof"]),
            field=st.sampled_from(["hero", "body"]),
            is_known=st.booleans(),
            is_described=st.booleans(),
            is_credited=st.booleans(),
            is_licensed=st.booleans(),
            rights_until=st.none() | st.sampled_from([MOMENT - INSTANT, MOMENT, MOMENT + INSTANT]),
            embargo_until=st.none() | st.sampled_from([MOMENT - INSTANT, MOMENT, MOMENT + INSTANT]),
        ),
        max_size=2,
    ).map(tuple),
)


class TestAnyCopy:
    @given(COPIES)
    def test_what_blocks_comes_first_and_the_same_copy_gets_the_same_list(self, copy: dict[str, Any]) -> None:
        items = looked_at(copy)
        assert [item.is_blocking for item in items] == sorted(
            (item.is_blocking for item in items), reverse=True
        )
        assert looked_at(dict(copy)) == items
        assert all(item.sentence.strip() and item.field and item.name for item in items)

    @given(COPIES)
    def test_no_field_is_named_by_two_items_but_for_its_pictures(self, copy: dict[str, Any]) -> None:
        fields = [item.field for item in looked_at(copy) if not item.name.startswith("picture_")]
        assert len(fields) == len(set(fields))
