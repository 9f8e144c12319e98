"""The cache of fragments: bounded in bytes, safe for threads, and forgetful in the right order."""

import threading
from sys import getsizeof

from reviews.public.fragment_cache import OVERHEAD, FragmentCache, digest

LETTER = getsizeof(b"a") + OVERHEAD


def filled(*keys: str, room: int) -> FragmentCache:
    kept: FragmentCache = FragmentCache(room * LETTER)
    for key in keys:
        kept.get(key, lambda: "a")
    return kept


def is_kept(kept: FragmentCache, key: str) -> bool:
    made = []
    kept.get(key, lambda: made.append(key) or "a")  # type: ignore[func-returns-value]
    return not made


class TestWhatIsKept:
    def test_is_made_once(self) -> None:
        assert is_kept(filled("one", room=2), "one")

    def test_is_no_more_than_there_is_room_for(self) -> None:
        kept = filled(*(str(number) for number in range(50)), room=3)
        assert len(kept) == 3
        assert kept.bytes == 3 * LETTER

    def test_goes_when_it_was_not_asked_for_the_longest(self) -> None:
        kept = filled("one", "two", room=2)
        kept.get("one", lambda: "a")
        kept.get("three", lambda: "a")
        assert is_kept(kept, "one")
        assert not is_kept(kept, "two")

    def test_counts_what_letters_take_in_memory(self) -> None:
        kept: FragmentCache = FragmentCache(10_000)
        kept.get("wide", lambda: "漢" * 1000)
        assert kept.bytes > 2000

    def test_leaves_out_what_is_larger_than_all_the_room(self) -> None:
        kept = filled("one", room=2)
        assert kept.get("large", lambda: "a" * 10_000) == "a" * 10_000
        assert is_kept(kept, "one")

    def test_is_forgotten_when_asked(self) -> None:
        kept = filled("one", room=2)
        kept.clear()
        assert (len(kept), kept.bytes) == (0, 0)
        assert not is_kept(kept, "one")

    def test_stays_within_its_room_while_many_threads_ask(self) -> None:
        kept = filled(room=5)

        def ask(start: int) -> None:
            for number in range(2000):
                key = str((start + number) % 11)
                assert kept.get(key, lambda key=key: f"{key:.1}") == key[:1]  # type: ignore[misc]

        threads = [threading.Thread(target=ask, args=[start]) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(kept) <= 5
        assert kept.bytes == len(kept) * LETTER


class TestADigest:
    def test_tells_values_apart_that_look_alike_together(self) -> None:
        likes = [
            ("ab", "c"),
            ("a", "bc"),
            ("abc",),
            ("a", ("b", "c")),
            ("0",),
            (0,),
            (False,),
            (None,),
            ("None",),
            (),
        ]
        assert len({digest(*values) for values in likes}) == len(likes)

    def test_takes_any_text(self) -> None:
        assert digest("\ud800") != digest("?")
