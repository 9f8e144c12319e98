"""``manage.py check_history``: whether the desk's history is as the desk wrote it."""

import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews.desk.chain.checking import BrokenChain, Head, checked, logger

WHAT_TO_DO = (
    "Keep a copy of this database as evidence, and find the newest backup in which check_history finds nothing: "
    "“The history as proof” in docs/operations.md says how."
)


def noted(text: str) -> Head:
    found = re.fullmatch(r"([0-9]{1,15}):([0-9a-f]{64})", text)
    if not found:
        raise ArgumentTypeError(
            "Write COUNT:DIGEST as check_history printed it, with a digest of 64 characters."
        )
    return Head(int(found[1]), found[2])


class Command(BaseCommand):
    help = (
        "Check that no entry of the desk’s history was changed, deleted, inserted or moved. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            type=noted,
            action="append",
            default=[],
            metavar="COUNT:DIGEST",
            help="A head from the log, of the same history. Also finds a cut or rewritten end. May be repeated.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = checked(options["head"])
        except BrokenChain as fault:
            logger.error("The history is broken. %s", fault)
            raise CommandError(f"{fault}\n{WHAT_TO_DO}") from fault
        logger.info("The head of the history is %s", head)
        entries = "1 entry" if head.count == 1 else f"{head.count:,} entries"
        self.stdout.write(f"The history is intact: {entries}. Note its head outside this machine:\n{head}")
