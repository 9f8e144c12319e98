"""The nouns. The desk and the admin import from here; what readers reach imports from the modules it may know.

Shared: outlet, film, person, critic, aspect, tag, embargo. The desk's: review, judgement, revision, autosave,
preview link, history, founding role. The readers': edition, correction, address.
"""

from reviews.models.address import OldAddress
from reviews.models.aspect import Aspect
from reviews.models.autosave import Autosave
from reviews.models.correction import Correction
from reviews.models.critic import Critic, CriticLink
from reviews.models.edition import Edition, EditionJudgement, EditionTag
from reviews.models.embargo import Embargo
from reviews.models.film import Film, Franchise, Release
from reviews.models.founding_role import FoundingRole
from reviews.models.history import HistoryEntry
from reviews.models.judgement import Judgement
from reviews.models.outlet import Outlet
from reviews.models.person import Credit, Person
from reviews.models.preview_link import PreviewLink
from reviews.models.review import Review, ReviewTag
from reviews.models.revision import Revision
from reviews.models.sign_in import SignInAttempts
from reviews.models.tag import Tag

__all__ = [
    "Aspect",
    "Autosave",
    "Correction",
    "Credit",
    "Critic",
    "CriticLink",
    "Edition",
    "EditionJudgement",
    "EditionTag",
    "Embargo",
    "Film",
    "FoundingRole",
    "Franchise",
    "HistoryEntry",
    "Judgement",
    "OldAddress",
    "Outlet",
    "Person",
    "PreviewLink",
    "Release",
    "Review",
    "ReviewTag",
    "Revision",
    "SignInAttempts",
    "Tag",
]
