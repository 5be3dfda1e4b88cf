"""Access: who may do what in which account, who signed in, and who changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, key, link, moment, number, text


class Membership(Base):
    """A guest: a user of one account whom another account has let in."""

    __tablename__ = "memberships"
    __table_args__ = {  # noqa: RUF012
        "comment": "Guests: users of one account, often an agency, whom another account has let "
        "in. A user's own account is users.account_id and is not repeated here. Guests exist "
        "since 2025; before, somebody who worked for two accounts got a second row in users."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "The account that lets them in.")
    user_id: Mapped[int] = link("users", "The guest. Their own account is another one.")
    invited_by_id: Mapped[int] = link("users", "The account's user who invited them.")
    role: Mapped[str] = text("What they may do there: manager, contributor or viewer.")
    created_at: Mapped[datetime] = moment("When they were let in.")
    ended_at: Mapped[datetime | None] = moment(
        "When that was taken back. Missing while they are a guest."
    )


class SsoConnection(Base):
    """An account's own way of signing in."""

    __tablename__ = "sso_connections"
    __table_args__ = {  # noqa: RUF012
        "comment": "Single sign-on: accounts whose people sign in through their own company's "
        "identity provider. Business and Enterprise only. Only developers replace a certificate, "
        "when the account's owner sends a new one; support changes neither connections nor people."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Whose people sign in with it.")
    provider: Mapped[str] = text("The product they use, as they call it.")
    protocol: Mapped[str] = text("saml or oidc.")
    certificate_expires_at: Mapped[datetime | None] = moment(
        "Until when the certificate we hold of theirs is valid; it may lie ahead. Missing for "
        "oidc, which fetches its keys by itself."
    )
    created_at: Mapped[datetime] = moment("When it was set up.")
    disabled_at: Mapped[datetime | None] = moment(
        "When they switched it off. Missing while it is on."
    )


class SignIn(Base):
    """An attempt to sign in."""

    __tablename__ = "sign_ins"
    __table_args__ = {  # noqa: RUF012
        "comment": "Attempts to sign in, good or not, by people we know. Kept for 90 days: nothing "
        "here is from before 2025-12-31, so users.last_seen_at may be older than every row."
    }

    id: Mapped[int] = key()
    user_id: Mapped[int] = link("users", "Who tried.")
    method: Mapped[str] = text("password, link (sent by mail) or sso.")
    outcome: Mapped[str] = text(
        "ok, wrong_password, expired_link, sso_rejected (their provider or its certificate said "
        "no) or deactivated (right, but their access had been taken away)."
    )
    sso_connection_id: Mapped[int | None] = link(
        "sso_connections", "The connection, for sso. Missing for the other methods."
    )
    ip_address: Mapped[str] = text("The address they came from; an office shares one.")
    tried_at: Mapped[datetime] = moment("When it was.")


class AuditEvent(Base):
    """A change to who may do what."""

    __tablename__ = "audit_events"
    __table_args__ = {  # noqa: RUF012
        "comment": "Who changed what in an account: people, tokens, webhooks, plans, single "
        "sign-on. Kept for ever. Changes to videos and folders are not in it."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "The account it happened in.")
    actor: Mapped[str] = text("user, support (one of us, at the customer's wish) or system.")
    user_id: Mapped[int | None] = link(
        "users", "Who did it. Missing when it was support or the system."
    )
    action: Mapped[str] = text(
        "What was done: user.invited, user.deactivated, guest.invited, guest.removed, "
        "token.created, token.scopes_changed, token.revoked, webhook.created, webhook.disabled, "
        "plan.changed, account.closed, sso.enabled, sso.disabled or export.requested."
    )
    target_id: Mapped[int | None] = number(
        "The id of the user, token, webhook or connection it was done to; the action says which "
        "table. Missing when it is about the account itself."
    )
    detail: Mapped[str | None] = text("A remark for people, not for programs. Often missing.")
    happened_at: Mapped[datetime] = moment("When it was.")
