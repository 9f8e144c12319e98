"""The models. The desk and the admin import from here; code for readers imports only the modules it may know.

Shared: outlet, film, person, critic, aspect, tag, embargo. The desk's: review, judgement, revision, autosave, preview
link, history and its head, founding role. The readers': edition, correction, address, public state, kept counts.
"""

from reviews.models.desk.autosave import Autosave
from reviews.models.desk.founding_role import FoundingRole
from reviews.models.desk.history import HistoryEntry, HistoryHead
from reviews.models.desk.judgement import Judgement
from reviews.models.desk.preview_link import PreviewLink
from reviews.models.desk.review import Review, ReviewTag
from reviews.models.desk.revision import Revision
from reviews.models.desk.sign_in import SignInAttempts
from reviews.models.public.address import OldAddress
from reviews.models.public.correction import Correction
from reviews.models.public.counts import CountsState, MonthCount, TagPairCount
from reviews.models.public.edition import Edition, EditionJudgement, EditionTag
from reviews.models.public.edition_picture import EditionPicture
from reviews.models.public.state import PublicState
from reviews.models.shared.aspect import Aspect
from reviews.models.shared.critic import Critic, CriticLink
from reviews.models.shared.embargo import Embargo
from reviews.models.shared.film import Film, Franchise, Release
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.person import Credit, Person
from reviews.models.shared.picture import Picture, PictureFilm, PicturePerson, PictureTag
from reviews.models.shared.picture_file import PictureFile
from reviews.models.shared.tag import Tag

__all__ = [
    "Aspect",
    "Autosave",
    "Correction",
    "CountsState",
    "Credit",
    "Critic",
    "CriticLink",
    "Edition",
    "EditionJudgement",
    "EditionPicture",
    "EditionTag",
    "Embargo",
    "Film",
    "FoundingRole",
    "Franchise",
    "HistoryEntry",
    "HistoryHead",
    "Judgement",
    "MonthCount",
    "OldAddress",
    "Outlet",
    "Person",
    "Picture",
    "PictureFile",
    "PictureFilm",
    "PicturePerson",
    "PictureTag",
    "PreviewLink",
    "PublicState",
    "Release",
    "Review",
    "ReviewTag",
    "Revision",
    "SignInAttempts",
    "Tag",
    "TagPairCount",
]
