"""`champion report`: an account's month in figures, from a notebook to a page for its board.

The journey of a report (`report.py`): `running` gives an account and a month to the notebook
`report.md` and runs it → the notebook has `accounts` find the account and `months` settle the
month in its zone, asks the database, and has `counting` work the figures out → `overview`,
`lists`, `charts`, `nothing` and `meanings` show them in `pieces` of a page, with figures in
`words`; `spreadsheet` writes its CSV files → `page` makes one HTML file of what it showed.

`report.md` is the place to change what a report says: it is Markdown, and JupyterLab opens it as
a notebook. What it calls are plain functions on frames and records, each tested.
"""
