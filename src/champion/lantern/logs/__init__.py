"""Lantern's logs: the last 14 days, as the company's own programs wrote them.

Most lines are made from the closed tables (`source`), so that an id found in a log resolves in
the database; cases add lines of their own to the ledger, in the records of `lines`. One module
for each log (`access`, `app`, `worker`, `cdn`, `webhooks`) turns both into text in order of time,
`store` writes it, the older part gzipped, and `render` does it all.
"""

LOGS, FILES = "logs", "files"
"""The folders beside the database: logs, and what customers attached to their tickets."""
