"""Lantern's logs: the last 14 days, as the company's own programs wrote them.

Most lines are made from the tables, so that an id found in a log resolves in the database.
Cases add lines of their own to the ledger, in the records of `lines`.
"""
