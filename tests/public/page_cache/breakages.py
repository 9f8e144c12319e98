"""Deliberate breakages of the page cache, each of one of its locks; for ``make mutants``."""

from tests.gate.mutant import Mutant

_KEYS = "tests/public/page_cache/test_keys.py"
_FLIGHTS = "tests/public/page_cache/test_flights.py"
_HITS = "tests/public/page_cache/test_hits.py"

CACHE = (
    # What one visitor sends reaches another.
    Mutant(
        "public/page_cache/addressing.py",
        'return host in settings.ALLOWED_HOSTS and port in ("", request.META.get("SERVER_PORT", ""))',
        "return True",
        (_KEYS,),
    ),
    Mutant(
        "public/page_cache/addressing.py",
        "return Address(scheme, host, path, query, bool(query) or match.url_name == PAIRS)",
        'return Address(scheme, host, path, "", bool(query) or match.url_name == PAIRS)',
        (_KEYS,),
    ),
    Mutant("public/page_cache/addressing.py", "readable.GET = QueryDict(query)", "pass", (_KEYS,)),
    Mutant(
        "public/page_cache/addressing.py",
        'return None if is_cut else Address(scheme, host, "")',
        'return Address(scheme, host, "")',
        (
            _KEYS,
            "tests/public/page_cache/test_poisoning.py::TestWhoeverComesNext::test_at_an_address_like_it",
        ),
    ),
    Mutant("public/page_cache/middleware.py", "without_cookies(request)", "pass", (_KEYS,)),
    Mutant("public/page_cache/middleware.py", "and not response.cookies", "", (_KEYS,)),
    Mutant("public/page_cache/middleware.py", "and varies == {VARY[1].lower()}", "", (_KEYS,)),
    # A page is made by one at a time, and by another where that one dies.
    Mutant(
        "public/page_cache/flights.py",
        "if flight := self._under_way.get(key):",
        "if flight := None:",
        (f"{_FLIGHTS}::test_one_makes_it_for_all",),
    ),
    Mutant(
        "public/page_cache/middleware.py",
        "_FLIGHTS.land(address, is_for_all=is_for_all)",
        "pass",
        (f"{_FLIGHTS}::test_who_dies_beyond_the_view_is_replaced_at_once",),
    ),
    # A page outlives what was scheduled or taken down after it was kept.
    Mutant(
        "public/page_cache/validity.py",
        "elif row.schedule != self._row.schedule:",
        "elif False:",
        (f"{_HITS}::TestWhatReadersSeeNow::test_one_that_was_scheduled_after_the_page_was_kept",),
    ),
    Mutant(
        "public/page_cache/validity.py",
        "if basis.stamp != self.stamp or not self.since <= basis.at <= self.at:",
        "if not self.since <= basis.at <= self.at:",
        ("tests/public/page_cache/test_validity.py",),
    ),
    Mutant(
        "desk/public_state/changes.py",
        "if (self.hides or was_due) and settings.PAGE_CACHE:",
        "if False:",
        ("tests/desk/public_state/test_commits.py::TestAVerb",),
    ),
    # A page that was read before a commit, or by a clock that is ahead, outlives a change around a lift.
    Mutant(
        "public/page_cache/validity.py",
        "return end is not None and basis.at <= end",
        "return True",
        ("tests/public/page_cache/test_around_a_lift.py",),
    ),
    Mutant(
        "desk/public_state/changes.py",
        "if _has_come(self._due):",
        "if False:",
        ("tests/public/page_cache/test_around_a_lift.py",),
    ),
    # The stamp tells of what readers cannot see.
    Mutant(
        "desk/public_state/changes.py",
        "moment = PublicState.objects.move(is_seen=self.is_seen, since=since)",
        "moment = PublicState.objects.move(is_seen=True, since=since)",
        (f"{_HITS}::test_what_waits_changes_nothing_of_any_answer",),
    ),
)
