"""Who you are: a member, names of those who left, how often one may act, and letters on their way."""

from .allowance import Allowance
from .letter import Letter
from .retired_name import RetiredName, RetiredNameManager
from .user import BIO_LIMIT, HOUSE, MemberManager, User, zone_of_the_site

__all__ = [
    "BIO_LIMIT",
    "HOUSE",
    "Allowance",
    "Letter",
    "MemberManager",
    "RetiredName",
    "RetiredNameManager",
    "User",
    "zone_of_the_site",
]
