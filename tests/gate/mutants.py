"""Mutation testing: breaks chosen lines, one at a time, and runs the tests that must fail.

    make mutants            all of them
    make mutants ONLY=move  those whose line or file contains the word

The mutants are those below and those of ``breakages.py``. Only a copy of the tree is broken. A line of Python is found
by its text anywhere in ``reviews/``; a line that is missing or not unique is an error: choose another one. A mutant
with which its tests pass is a survivor: write the test that fails.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.gate.breakages import GATE, NIGHT
from tests.gate.mutant import Lost, Mutant, broken, place

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "node_modules", "*.sqlite3*")
LOG = ROOT / "var" / "mutants.log"
"""The output of the tests for each mutant in the last run."""
PASSED, FAILED = 0, 1
"""pytest's exit codes; any other means that the tests did not run."""


MUTANTS = (
    # Three that once survived.
    Mutant(
        "desk/document/rows.py",
        "return tuple(sorted(judgements, key=lambda each: as_shown(each.aspect.row)))",
        "return tuple(judgements)",
        ("tests/desk/test_revisions.py",),
    ),
    Mutant(
        "admin/review/verbs/bulk.py",
        "if count > AT_ONCE:",
        "if False:",
        ("tests/admin/review/verbs/test_bulk.py",),
    ),
    Mutant(
        "desk/windows.py",
        "Correction.objects.filter(edition=edition).update(at=visible_from)",
        "pass",
        ("tests/desk/verbs/test_corrections.py",),
    ),
    Mutant(
        "desk/windows.py",
        "correction.at = begins[correction.edition.review_id]",
        "pass",
        ("tests/admin/review/verbs/test_queries_of_many.py",),
    ),
    # Visibility to readers.
    Mutant(
        "models/public/edition.py",
        "return mostly(is_inside) & is_not_held(at)",
        "return mostly(is_inside)",
        ("tests/desk/verbs/test_embargoes.py", "tests/desk/verbs/test_publishing.py"),
    ),
    Mutant(
        "models/public/edition.py",
        "is_inside = Q(visible_from__lte=at) & (Q(visible_until=None) | Q(visible_until__gt=at))",
        "is_inside = Q(visible_from__lte=at) & (Q(visible_until=None) | Q(visible_until__gte=at))",
        (
            "tests/desk/verbs/test_publishing.py",
            "tests/desk/verbs/test_withdrawing.py",
            "tests/desk/verbs/test_corrections.py",
        ),
    ),
    Mutant(
        "models/public/edition.py",
        "is_over = Q(ended_at__lt=ends) | Q(lifts_at__lt=ends)",
        "is_over = Q(ended_at__lt=ends) | Q(lifts_at__lte=ends)",
        ("tests/public/reading/test_verdict_history.py",),
    ),
    Mutant(
        "models/shared/embargo.py",
        "return self.filter(Q(ended_at=None) | Q(ended_at__gt=at))",
        "return self.filter(ended_at=None)",
        (
            "tests/desk/verbs/test_embargoes.py",
            "tests/desk/verbs/test_early_lifts.py",
            "tests/desk/verbs/test_publishing_model.py",
        ),
    ),
    Mutant(
        "models/public/holding.py",
        "return on_reviews.filter(Q(agreed_at=None) | Q(agreed_at__lte=at))",
        "return on_reviews",
        ("tests/admin/time/test_machine.py",),
    ),
    Mutant(
        "models/insider.py",
        'others = condition(someone.now) & Q(**{f"{edition}first_visible_from__lte": at})',
        "others = condition(at)",
        ("tests/leaks/test_leaks_then.py",),
    ),
    Mutant(
        "models/public/correction.py",
        '& seen(at, lambda then: is_not_held(then, "edition__film"), edition="edition__")',
        "",
        (
            "tests/desk/verbs/test_withdrawing.py",
            "tests/public/pages/test_withdrawn.py",
            "tests/desk/verbs/test_reinstating.py",
        ),
    ),
    # When.
    Mutant(
        "desk/windows.py",
        "return max(edition.visible_from, min(ends)) if ends else None",
        "return min(ends) if ends else None",
        ("tests/desk/verbs/test_publishing.py", "tests/desk/verbs/test_publishing_model.py"),
    ),
    Mutant(
        "desk/windows.py",
        "is_first = edition.first_visible_from == edition.visible_from",
        "is_first = True",
        ("tests/desk/verbs/test_withdrawing.py",),
    ),
    Mutant(
        "desk/verbs/publishing.py",
        "if pending.rights_until and pending.rights_until <= intended.visible_from:",
        "if pending.rights_until and pending.rights_until < intended.visible_from:",
        ("tests/desk/verbs/test_withdrawing.py",),
    ),
    Mutant(
        "desk/verbs/publishing.py",
        "edition: max(clock.now(), windows.held(edition.planned_for, embargo))",
        "edition: windows.held(edition.planned_for, embargo)",
        (
            "tests/desk/verbs/test_embargoes.py",
            "tests/desk/verbs/test_early_lifts.py",
            "tests/desk/verbs/test_publishing_model.py",
        ),
    ),
    # Who.
    Mutant(
        "desk/permissions.py",
        "return by.pk in (review.critic.user_id, review.written_by_id)",
        "return by.pk == review.critic.user_id",
        ("tests/admin/roles/test_four_eyes.py", "tests/desk/accounts/test_roles.py"),
    ),
    Mutant(
        "desk/permissions.py",
        "return by.has_perm(SHARE) and may_write(review, by)",
        "return by.has_perm(SHARE)",
        ("tests/desk/test_preview_links.py",),
    ),
    # Stored data.
    Mutant(
        "desk/revisions.py",
        "if last is not None and (last.number != max(read, 1) or not document_in(last).same_as(before)):",
        "if last is not None and last.number != max(read, 1):",
        ("tests/desk/test_revisions.py",),
    ),
    Mutant(
        "desk/revisions.py",
        "Review.objects.filter(pk=review.pk).update(revision=last.number if last else 0)",
        "pass",
        ("tests/desk/test_revisions.py",),
    ),
    Mutant(
        "desk/verbs/publishing.py",
        "for slug in {each.slug for each in outlook.opened} - {edition.slug}:",
        "for slug in {each.slug for each in outlook.editions} - {edition.slug}:",
        ("tests/desk/verbs/test_corrections.py", "tests/public/test_addresses.py"),
    ),
    Mutant(
        "desk/autosaves.py",
        "if found.window == page.window and page.turn <= found.turn:",
        "if False:",
        ("tests/desk/test_autosaves.py", "tests/admin/review/saving/test_autosave.py"),
    ),
    Mutant(
        "models/shared/tag.py",
        "self.slug = self.slug or slugify(self.name)",
        "self.slug = slugify(self.name)",
        ("tests/models/test_tags.py",),
    ),
    Mutant(
        "admin/parts/saving/claiming.py",
        "if read is not None and read.state == now:",
        "if True:",
        ("tests/admin/parts/test_claims.py",),
    ),
    Mutant(
        "admin/parts/confirm.py",
        'is_stale = request.POST.get("stated") != page.stated',
        "is_stale = False",
        ("tests/admin/review/verbs/test_confirmed_under_lock.py",),
    ),
    # Concurrency. SQLite has a single lock, so no lock order.
    Mutant(
        "desk/verbs/locks.py",
        'list(Film.objects.select_for_update(no_key=True).filter(pk__in=films).order_by("pk").values_list("pk"))',
        'list(Film.objects.select_for_update(no_key=True).filter(pk__in=films).order_by().values_list("pk"))',
        ("tests/desk/verbs/test_lock_order.py",),
        on_postgres=True,
    ),
)


ALL = (*MUTANTS, *GATE, *NIGHT)


def run_tests(tree: Path, tests: Sequence[str], on_postgres: bool, at_night: bool) -> int:
    """pytest's exit code for these tests in a tree."""
    # Without the cost bounds, which at night would fail tests whatever is broken.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:tests.gate.dearest",
        *tests,
    ]
    if on_postgres:
        command = ["tests/with_postgres.sh", *command]
    surroundings = {
        name: value for name, value in os.environ.items() if name not in ("NIGHTLY", "TEST_DATABASE")
    }
    done = subprocess.run(
        command,
        cwd=tree,
        env=surroundings | {"DEBUG": "1", "TURN": "0"} | ({"NIGHTLY": "1"} if at_night else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"{' '.join(command)}\n{done.stdout}{done.stderr}\n")
    return done.returncode


Runner = Callable[[Path, Sequence[str], bool, bool], int]


def how_run(mutant: Mutant) -> tuple[bool, bool]:
    return mutant.on_postgres, mutant.at_night


def survivors(mutants: Sequence[Mutant], tree: Path, run: Runner = run_tests) -> list[str]:
    """Break each in turn in a copy of the tree. Returns a line for each survivor. Raises Lost.

    Tests that fail without a mutant prove nothing: they are reported as well.
    """
    places = {mutant: place(mutant, tree) for mutant in mutants}
    unseen = []
    for how in sorted({how_run(mutant) for mutant in mutants}):
        tests = tuple(sorted({path for one in mutants if how_run(one) == how for path in one.tests}))
        if run(tree, tests, *how) != PASSED:
            unseen.append(f"FAIL though nothing is broken (see {LOG.name} in var/): {', '.join(tests)}")
    if unseen:
        return unseen
    for mutant, at in places.items():
        where = f"{at.path.relative_to(tree)}:{at.number}"
        whole = at.path.read_text()
        at.path.write_text(broken(whole, at.number, mutant.becomes))
        try:
            ended = run(tree, mutant.tests, *how_run(mutant))
        finally:
            at.path.write_text(whole)
        said = {PASSED: "SURVIVED", FAILED: "seen"}.get(ended, "DID NOT RUN")
        print(f"{said:12} {where}  {mutant}", flush=True)
        if said != "seen":
            unseen.append(f"{said}: {where}: {mutant}. Its tests: {', '.join(mutant.tests)}")
    return unseen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="those whose line or file holds this")
    only = parser.parse_args().only
    chosen = [mutant for mutant in ALL if only in mutant.line or only in mutant.file]
    LOG.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants.") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        (tree / "var").mkdir()
        try:
            unseen = survivors(chosen, tree)
        except Lost as error:
            print(error)
            return 1
    print(f"{len(chosen)} mutants; what no test saw: {len(unseen) or 'nothing'}.", *unseen, sep="\n")
    return bool(unseen)


if __name__ == "__main__":
    sys.exit(main())
