"""The data dictionary: every table and column of Lantern's database, and what each one means.

The dictionary page, `%schema`, DuckDB and PostgreSQL all come from these models. A comment says
what a value means, when it is missing, and every oddity: real schemas have them, and lessons
rely on them.
"""

from champion.lantern.schema.access import AuditEvent, Membership, SignIn, SsoConnection
from champion.lantern.schema.base import HEX_KEY, Base, models
from champion.lantern.schema.billing import Invoice, InvoiceLine, Payment
from champion.lantern.schema.content import AllowedDomain, Folder, FolderShare, Video
from champion.lantern.schema.customers import Account, User
from champion.lantern.schema.money import Plan, Subscription
from champion.lantern.schema.operations import Deploy, EmailEvent, FeatureFlag, StatusIncident
from champion.lantern.schema.platform import (
    ApiRequest,
    ApiToken,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from champion.lantern.schema.processing import BackgroundJob, EncodeJob, VideoVersion
from champion.lantern.schema.support import (
    Agent,
    CsatRating,
    Developer,
    Escalation,
    Ticket,
    TicketAttachment,
    TicketMessage,
    TicketTag,
)
from champion.lantern.schema.viewing import DailyStat, Load, Play

SUBJECTS: dict[str, tuple[type[Base], ...]] = {
    "money": (Plan, Subscription, Invoice, InvoiceLine, Payment),
    "customers": (Account, User, Membership, SsoConnection, SignIn, AuditEvent),
    "content": (
        Folder,
        FolderShare,
        Video,
        VideoVersion,
        EncodeJob,
        AllowedDomain,
        BackgroundJob,
    ),
    "viewing": (Load, Play, DailyStat),
    "platform": (ApiToken, ApiRequest, Webhook, WebhookEvent, WebhookDelivery),
    "operations": (EmailEvent, Deploy, StatusIncident, FeatureFlag),
    "support": (
        Agent,
        Developer,
        Ticket,
        TicketMessage,
        TicketAttachment,
        TicketTag,
        Escalation,
        CsatRating,
    ),
}
"""The tables by subject, in the order in which a newcomer meets them."""

__all__ = [
    "HEX_KEY",
    "SUBJECTS",
    "Account",
    "Agent",
    "AllowedDomain",
    "ApiRequest",
    "ApiToken",
    "AuditEvent",
    "BackgroundJob",
    "Base",
    "CsatRating",
    "DailyStat",
    "Deploy",
    "Developer",
    "EmailEvent",
    "EncodeJob",
    "Escalation",
    "FeatureFlag",
    "Folder",
    "FolderShare",
    "Invoice",
    "InvoiceLine",
    "Load",
    "Membership",
    "Payment",
    "Plan",
    "Play",
    "SignIn",
    "SsoConnection",
    "StatusIncident",
    "Subscription",
    "Ticket",
    "TicketAttachment",
    "TicketMessage",
    "TicketTag",
    "User",
    "Video",
    "VideoVersion",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
    "models",
]
