"""The data dictionary: every table and column of Lantern's database, and what each one means.

The dictionary page, `%schema`, DuckDB and PostgreSQL all come from these models. A comment says
what a value means, when it is missing, and every oddity: real schemas have them, and lessons
rely on them.
"""

from champion.lantern.schema.base import HEX_KEY, Base, models
from champion.lantern.schema.content import Folder, Video
from champion.lantern.schema.customers import Account, User
from champion.lantern.schema.money import Plan, Subscription
from champion.lantern.schema.support import Agent, Ticket, TicketMessage
from champion.lantern.schema.viewing import Load, Play

SUBJECTS: dict[str, tuple[type[Base], ...]] = {
    "money": (Plan, Subscription),
    "customers": (Account, User),
    "content": (Folder, Video),
    "viewing": (Load, Play),
    "support": (Agent, Ticket, TicketMessage),
}
"""The tables by subject, in the order in which a newcomer meets them."""

__all__ = [
    "HEX_KEY",
    "SUBJECTS",
    "Account",
    "Agent",
    "Base",
    "Folder",
    "Load",
    "Plan",
    "Play",
    "Subscription",
    "Ticket",
    "TicketMessage",
    "User",
    "Video",
    "models",
]
