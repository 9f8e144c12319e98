"""What differs between the site with what is hidden and the site without."""

import hashlib
from dataclasses import dataclass, field

from reviews.audit.asking import SiteAnswer, difference
from reviews.audit.walking.searching import Needles
from reviews.audit.walking.visitors import UNCACHED, Heard

NAMES_IT = "names what is hidden"
FAILS = "fails"


@dataclass(frozen=True)
class Finding:
    """A way in which a surface tells of something hidden. ``address`` is for the console alone, and not even for that
    if it ``is_old``: what had it once may be hidden today.
    """

    route: str
    way: str
    what: str
    address: str
    is_old: bool = False

    def __str__(self) -> str:
        return f"{self.way} {self.route if self.is_old or not self.address else self.address}: {self.what}"


@dataclass
class Comparison:
    """Takes the answers of the site without what is hidden, then those of the site with it.

    Of each answer it keeps a digest, and so little memory that a site of any size can be walked.
    """

    plain: dict[tuple[str, str], SiteAnswer] = field(default_factory=dict)
    made: int = 0
    findings: list[Finding] = field(default_factory=list)

    def take(self, heard: Heard) -> None:
        self.plain[heard.way, heard.stop.address] = condensed(heard.answer)

    def compare(self, heard: Heard, needles: Needles) -> None:
        self.made += 1
        plain = self.plain.get((heard.way, heard.stop.address))
        if heard.fault:
            self.find(heard, heard.fault)
        elif (what := difference(plain, condensed(heard.answer))) or plain is None:
            self.find(heard, what)
        elif needles.are_in(heard.stop.address, heard.answer):
            self.find(heard, NAMES_IT)
        elif heard.answer.status >= 500:
            self.find(heard, FAILS)

    def find(self, heard: Heard, what: str) -> None:
        self.findings.append(
            Finding(heard.stop.route, heard.way, what, heard.stop.address, heard.stop.is_old)
        )

    def expected_elsewhere(self, address: str) -> SiteAnswer | None:
        """What another process must answer, whatever it keeps."""
        return self.plain.get((UNCACHED, address))


def condensed(answer: SiteAnswer) -> SiteAnswer:
    """The answer with a digest for a body."""
    return answer._replace(body=hashlib.blake2b(answer.body, digest_size=16).digest())
