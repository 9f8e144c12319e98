"""``manage.py leak_audit``: hide everything that can be hidden in a copy of the site, and compare all answers."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from reviews.audit.copying import CannotCopy, private_folder
from reviews.audit.report import LeakReport, keep
from reviews.audit.running import Audit, Extent
from reviews.audit.walking.elsewhere import AS_ANOTHER, be_another_process
from reviews.audit.walking.timing import in_words
from reviews.audit.walking.visitors import WORDS

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Copy the site’s database, hide one thing of every kind in the copy, and compare every answer that readers get "
        "with the answer from before. Fails if one differs, or if there is a page that it does not know. Changes "
        "nothing on the site."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        usual = Extent()
        parser.add_argument(
            "--most", type=int, default=usual.most, metavar="N",
            help=f"the most addresses of a kind of page, chosen by chance (default: {usual.most})",
        )  # fmt: skip
        parser.add_argument(
            "--few", type=int, default=usual.few, metavar="N",
            help=f"how many of them are asked for in every way (default: {usual.few})",
        )  # fmt: skip
        parser.add_argument(
            "--seed", type=int, default=usual.seed, metavar="N", help="another number chooses other addresses"
        )
        parser.add_argument(AS_ANOTHER, action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: Any, most: int, few: int, seed: int, **options: Any) -> None:
        if options["as_another_process"]:
            with handling(signal.SIGINT, signal.SIG_IGN):  # Ctrl-C is for the one who audits.
                be_another_process(sys.stdin, sys.stdout)
            return
        if most < 1 or few < 1:
            raise CommandError("Ask for one address at least: --most and --few are 1 or more.")
        audit = Audit(Extent(most=most, few=few, seed=seed), self._say)
        try:
            with handling(signal.SIGTERM, lambda *_: sys.exit(143)):
                report = audit.run()
            file = keep(report, private_folder())
        except CannotCopy as error:
            raise CommandError(str(error)) from error
        except (OperationalError, OSError) as error:
            raise CommandError(f"The audit could not go on, and its copy is removed: {error}.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. The copy is removed.", returncode=130) from None
        self._tell(report)
        for each in audit.findings[:SHOWN]:
            self.stderr.write(str(each))
        self._say(f"The report is in {file}, and at the desk under “Leak audit”.")
        if not report.has_passed:
            raise CommandError("Something leaks, or is not known to the audit.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _tell(self, report: LeakReport) -> None:
        self._say("Hidden: " + ", ".join(f"{kind} ({count})" for kind, count in report.kinds.items()) + ".")
        self._say("Answers that were compared, by who asked:")
        for way, count in report.ways.items():
            self._say(f"{count:>8,}  {WORDS[way]}")
        self._say("The same, by kind of page, and how many pages of it were asked for:")
        for line in report.readers:
            self._say(f"{line.answers:>8,} {line.addresses:>8,}  {line.shown}")
        self._say(f"{report.of_the_desk:>17,}  pages of the desk, to a reader without an account")
        self._say(in_words(report.times))
        for pattern in report.unknown:
            self._say(f"Not known to the audit, or not asked: {pattern}")
        for leak in report.leaks:
            because = ", ".join(leak.because) or "not looked for"
            self._say(
                f"Leak at {leak.route} ({leak.way}): {leak.what}, {leak.times} times; caused by: {because}"
            )
        self._say(
            f"{report.compared:,} answers compared with {report.hidden} things hidden, in "
            f"{report.seconds:.0f} seconds and {report.megabytes} MB: "
            + ("nothing leaks." if report.has_passed else "failed.")
        )


@contextmanager
def handling(number: signal.Signals, handler: Any) -> Iterator[None]:
    """Handle a signal inside, and afterwards as before."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
