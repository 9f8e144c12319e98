"""Deliberate leaks and breakages of the product, and the tests that must fail; for ``make mutants``.

``GATE`` has those that the gate must see besides those of ``test_leaks_planted.py``, which breaks code at every commit;
``NIGHT`` those that only nightly tests, or the rows of a sampled table that run at night, can see.
"""

from tests.gate.mutant import Mutant
from tests.public.page_cache.breakages import CACHE

_INPUT = "tests/admin/hostile/test_hostile_input.py"
_BUDGETS = "tests/public/every_page/test_queries.py::test_pages_keep_to_their_budget_at_ten_and_at_a_thousand_reviews"
_EACH = "tests/leaks/test_leaks_each.py::TestEach::test_hidden_review"

GATE = (
    *CACHE,
    # A desk list and two autocompletes show a critic the copy of others.
    Mutant(
        "admin/review/admin.py",
        "return reviews if _edits_all(request) else reviews.filter(critic__user=request.user.pk)",
        "return reviews",
        (
            "tests/admin/roles/test_review_roles.py::TestSomebodyElsesCopy::test_is_not_in_a_critics_list_or_search",
        ),
    ),
    Mutant(
        "admin/site/site.py",
        "def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:",
        'def get_queryset(self): return self.model_admin.model._default_manager.order_by("pk")\n\n'
        "    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:",
        ("tests/admin/roles/test_roles_lookups.py::TestAChooser::test_offers_a_critic_their_own_copy_only",),
    ),
    Mutant(
        "admin/site/site.py",
        "if not source_field.concrete:",
        "if False:",
        ("tests/admin/roles/test_roles_lookups.py::TestAChooser",),
    ),
    # Scripts.
    Mutant(
        "static/js/desk-autosave.js",
        "if (changedAt && (now - typedAt >= QUIET || now - changedAt >= LONGEST)) {",
        "if (false) {",
        ("tests/browser/test_nothing_is_lost.py::TestAKilledTab::test_gives_the_sentence_back",),
    ),
    Mutant(
        "static/js/desk-paste.js",
        "place.start += after.length - before.length;",
        "place.start += 0;",
        ("tests/browser/test_pasting.py::TestTypingMeanwhile::test_goes_on_and_the_caret_stays_with_it",),
    ),
    # Public pages.
    Mutant(
        "templates/reviews/includes/lists/review_card.html",
        '<h3 class="review-card__headline" dir="auto"><a href="{{ edition.get_absolute_url }}">'
        "{{ edition.headline }}</a></h3>",
        '<h3 class="review-card__headline" dir="auto"><a href="{{ edition.get_absolute_url }}">'
        "{{ edition.review.headline }}</a></h3>",
        ("tests/leaks/test_leaks.py::TestChangesToAPublicReviewStayAtTheDesk::test_a_changed_working_copy",),
    ),
    Mutant(
        "public/machines/feeds.py",
        "lambda film, at: Edition.objects.public(at).filter(film=film).newest_first().for_cards()[:FEED_SIZE]",
        "lambda film, at: Edition.objects.opened(at).filter(film=film).newest_first().for_cards()[:FEED_SIZE]",
        ("tests/public/machines/test_feeds.py::TestWhatIsInAFeed",),
    ),
    Mutant(
        "public/machines/sitemaps.py",
        '"people": ("person_detail", lambda at: Person.objects.public(at), "uid"),',
        '"people": ("person_detail", lambda at: Person.objects.all(), "uid"),',
        ("tests/public/machines/test_sitemaps.py",),
    ),
    # Secrets, permissions and sign-in.
    Mutant(
        "models/desk/preview_link.py",
        "return self.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), expires_at__gt=at)",
        "return self.filter(expires_at__gt=at)",
        ("tests/preview_page/test_secrets.py::TestWithoutAValidSecret::test_revoked",),
    ),
    Mutant(
        "desk/permissions.py",
        "if by is not None and (reason := refusal(verb, outlook, by)):",
        "if False:",
        ("tests/desk/verbs/test_workflow.py",),
    ),
    Mutant(
        "admin/site/sign_in_form.py",
        "if until := attempts.begin(address, name):",
        "if until := None:",
        ("tests/admin/site/test_sign_in_limit.py",),
    ),
    # What is pasted.
    Mutant(
        "text/pasting/markup.py",
        'if source.startswith("<!--", start) and start <= last_comment - 4:',
        'if source.startswith("<!--", start):',
        ("tests/text/pasting/test_pasting_hostile.py::TestNothingRaises",),
    ),
    # Seen at night by the whole tables of hostile values and shapes.
    Mutant(
        "rules/numbers.py",
        "if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(most)):",
        "if not typed.isdigit():",
        (f"{_INPUT}::TestWhatWasKept::test_opens_with_more_rows_than_it_can_say",),
    ),
    Mutant(
        "desk/autosaves.py",
        "clean_characters(name): [clean_characters(value) for value in values]",
        "name: values",
        ("tests/desk/test_autosaves.py::TestKeeping::test_removes_characters_that_no_database_stores",),
    ),
    Mutant(
        "text/pasting/markup.py",
        "if start > last_tag:",
        "if False:",
        ("tests/text/pasting/test_pasting_hostile.py",),
    ),
    Mutant(
        "text/markdown/grammar.py",
        "_NESTING = 20",
        "_NESTING = 200",
        ("tests/text/test_hostile.py::TestBounds",),
    ),
    Mutant(
        "text/markdown/grammar.py",
        "SPOILER_DEPTH = 8",
        "SPOILER_DEPTH = 8_000",
        ("tests/text/markdown/test_spoilers.py::TestNesting",),
    ),
    # Rows fetched by the same number of queries; and the target of a desk link.
    Mutant(
        "public/pages/reviews.py",
        ".for_seats()[:OTHERS_SHOWN]",
        ".for_seats()",
        (_BUDGETS,),
    ),
    Mutant(
        "public/machines/sitemaps.py",
        "size = 1 << (128 - _depth(_sampled(section, SAMPLE)(now)))",
        "size = 1 << 128",
        (_BUDGETS,),
    ),
    Mutant(
        "admin/parts/base.py",
        '"widget": AdminURLFieldWidget(validator_class=lambda: validate_web_address),',
        "",
        ("tests/public/test_links_written.py::TestTheDesk",),
    ),
)

NIGHT = (
    # Posted data.
    Mutant(
        "admin/site/site.py",
        'if any("\\0" in value for values in request.GET.lists() for value in values[1]):',
        "if False:",
        (f"{_INPUT}::TestAddresses::test_of_autocomplete",),
        on_postgres=True,
        at_night=True,
    ),
    # What is pasted, and copy at the limits.
    Mutant(
        "text/pasting/markup.py",
        '_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")',
        '_NO_CHARACTER = re.compile(r"&#(?:[0-9]{99999,}+|[xX][0-9a-fA-F]{7,}+);?")',
        ("tests/text/pasting/test_pasting_hostile.py",),
        at_night=True,
    ),
    Mutant(
        "reviewsite/settings.py",
        "DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000",
        "DATA_UPLOAD_MAX_MEMORY_SIZE = 2_100_000",
        ("tests/admin/hostile/test_limits.py::TestRequests",),
        at_night=True,
    ),
    # Pages in the themes that this commit does not sample.
    Mutant(
        "static/css/site.css",
        "--soft: light-dark(#5a5a63, #aaa9b1);",
        "--soft: light-dark(#5a5a63, #4a4951);",
        (
            "tests/browser/test_nothing_is_lost.py::test_axe_finds_nothing_on_the_pages_that_keep_compare_and_merge",
        ),
        at_night=True,
    ),
    Mutant(
        "static/css/site.css",
        "--for: light-dark(#00694f, #62d3a7);",
        "--for: light-dark(#00694f, #1f4a3b);",
        ("tests/browser/test_side_by_side.py::TestTwoBodiesOfOneMake::test_axe_finds_nothing",),
        at_night=True,
    ),
    Mutant(
        "static/css/site.css",
        "--against: light-dark(#b01c36, #ff9098);",
        "--against: light-dark(#b01c36, #5a2228);",
        ("tests/browser/test_side_by_side.py::TestTwoBodiesOfOneMake::test_axe_finds_nothing",),
        at_night=True,
    ),
    # Hidden nouns requested in ways that the gate's walk omits: signed in, with a cursor, and as the second of two.
    Mutant(
        "public/pages/people.py",
        "if person is None:",
        'if not (person := person or ("sessionid" in request.COOKIES and Person.objects.filter(slug=slug).first())):',
        (f"{_EACH}[draft-on a film, critic and tag of its own-inserted last]",),
        at_night=True,
    ),
    Mutant(
        "public/pages/critics.py",
        "critic = next(iter(_at(slug, clock.now())), None)",
        'critic = Critic.objects.filter(slug=slug).first() if "before" in request.GET else '
        "next(iter(_at(slug, clock.now())), None)",
        (f"{_EACH}[draft-by a hidden critic on a public film-inserted first]",),
        at_night=True,
    ),
    Mutant(
        "public/pages/film_side_by_side.py",
        "found = reviews_at(*asked.values()) if any(asked.values()) else {}",
        "found = reviews_at(*asked.values()) | {each.slug: each for each in "
        'Edition.objects.filter(slug=asked["other"])} if any(asked.values()) else {}',
        (f"{_EACH}[withdrawn-on public ones-inserted last]",),
        at_night=True,
    ),
    # Timing.
    Mutant(
        "static/js/desk-autosave.js",
        "const QUIET = 1500; // Milliseconds without typing before it is sent,",
        "const QUIET = 3500; // Milliseconds without typing before it is sent,",
        ("tests/browser/test_preview.py::TestBesideTheForm::test_it_follows_what_is_typed",),
        at_night=True,
    ),
)
