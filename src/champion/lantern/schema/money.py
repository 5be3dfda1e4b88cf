"""Money: what Lantern sells, and who pays for what since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, flag, key, link, moment, number, text


class Plan(Base):
    """A plan that can be, or could once be, bought."""

    __tablename__ = "plans"
    __table_args__ = {  # noqa: RUF012 - SQLAlchemy's own convention
        "comment": "What Lantern sells. One row per plan, retired ones included."
    }

    id: Mapped[int] = key()
    code: Mapped[str] = text(
        "Short name, always in small letters: free, basic, pro, pro-2023, business, enterprise."
    )
    name: Mapped[str] = text("The name customers see: Free, Basic, Pro. Two plans are called Pro.")
    price_cents: Mapped[int | None] = number(
        "Price a month in US cents, before tax. Missing (NULL) for Enterprise: its price is "
        "agreed with each customer and stands in subscriptions.price_cents. 0 for Free."
    )
    video_limit: Mapped[int | None] = number(
        "How many videos an account may keep. Missing means no limit, not zero."
    )
    user_limit: Mapped[int | None] = number("How many users may sign in. Missing means no limit.")
    bandwidth_gb: Mapped[int] = number("Gigabytes a month that are included in the price.")
    has_api: Mapped[bool] = flag("Whether the plan may use the API.")
    trial_days: Mapped[int] = number("How many days the plan can be tried; 0: no trial.")
    retired_at: Mapped[datetime | None] = moment(
        "When it was last sold. Missing while it is on sale. Accounts may still be on a retired "
        "plan."
    )


class Subscription(Base):
    """A stretch of time during which an account paid for a plan."""

    __tablename__ = "subscriptions"
    __table_args__ = {  # noqa: RUF012
        "comment": "Who paid for which plan, from when to when. A change of plan ends one row and "
        "starts another. Accounts on Free, and accounts that are still trying a plan, have no row."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose subscription.")
    plan_id: Mapped[int] = link(
        "plans", "The plan of this stretch; earlier stretches may show another."
    )
    billing_period: Mapped[str] = text("monthly or yearly. The price is a month's price in both.")
    price_cents: Mapped[int] = number(
        "Agreed price a month in US cents. It may differ from plans.price_cents: discounts, and "
        "Enterprise."
    )
    started_at: Mapped[datetime] = moment("The first moment that is paid for.")
    ended_at: Mapped[datetime | None] = moment(
        "The moment it stopped: the next one, if any, starts at the same moment. Missing while it "
        "runs."
    )
