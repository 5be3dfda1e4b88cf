"""Customer Champion: a course that turns support staff into their own support engineers.

The road of an answer: `lantern` builds the sample company, `desk` is what a notebook talks to,
`checking` compares and diagnoses, `marking` reruns a learner's notebook in a sandbox,
`authoring` turns `curriculum/` into notebooks and proves every task, `workplace` lays out the
learner's folder and starts JupyterLab, `reporting` makes a customer's report, and `cli` is the
`champion` command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext champion`: lay the desk out in this notebook."""
    from champion.desk import open_desk

    open_desk(shell)
