"""`%%sql` and `%schema`, as a learner types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from champion.desk import advice, cells, clock, dictionary, mask, query, screen
from champion.desk.session import current

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

REPLACE = "○ Replace the ... with your query, then run the cell again."
REPLACE_CONDITION = "○ Replace the ... after ON with the condition, then run the cell again."


def register(shell: InteractiveShell) -> None:
    """Teach a shell the two magics."""
    shell.register_magic_function(run_sql, "cell", "sql")
    shell.register_magic_function(show_schema, "line", "schema")


def run_sql(line: str, cell: str) -> None:
    """Run a query on the sample company: `%%sql`, or `%%sql name` to keep its rows."""
    name = cells.result_name(line)
    if re.search(r"\.\.\.|…", mask.code(cell)):
        after_on = re.search(r"\bon\s*\(?\s*(?:\.\.\.|…)", mask.code(cell), re.IGNORECASE)
        screen.say(REPLACE_CONDITION if after_on else REPLACE)
        return
    session = current()
    company = session.company
    result = query.run(company, cell, session.variables)
    if name and session.shell is not None:
        session.shell.user_ns[name] = result.frame
    notes = advice.remarks(cell, dictionary.tables(), dictionary.moments())
    if result.clock_words:
        notes = (clock.notice(result.clock_words, company.now), *notes)
    screen.show_frame(result.frame, name, notes)


def show_schema(line: str) -> None:
    """List the tables, or with a table's name its columns: `%schema plays`."""
    name = line.strip().strip("'\"`;")
    screen.show_grid(dictionary.columns(name) if name else dictionary.overview())
