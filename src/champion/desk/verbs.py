"""The desk's verbs as a notebook holds them: asked wrongly, they say how they are asked.

A verb shown without brackets says what it does. One that is given too little, too much, or a
name without its quotation marks says what to write. One that is overwritten comes back.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Callable, Collection, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from champion.problems import Problem

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

USAGE: Mapping[str, str] = {
    "check": 'To check an answer, write check("first-check"), with your task\'s name.',
    "hint": 'To see a hint, write hint("first-check"), with your task\'s name.',
    "reference": 'To see the reference, write reference("first-check"), with your task\'s name.',
    "ticket": 'To read a ticket, write ticket("L-1001"), with its number.',
    "queue": "To see your queue, write queue().",
    "submit": 'To send this notebook, write submit("Your Name").',
    "show": 'To show a plot, write show(fig, alt="what to see in it").',
    "listen": "To catch what a webhook sends, write hook = listen(). Then hook.url is the address "
    "to make a webhook with, and hook.wait() gives what arrived.",
    "watch_join": 'To watch a join, write watch_join(left, right, on="ticket_id").',
    "watch_window": 'To watch a window move, write watch_window(by_day, "plays").',
    "watch_midnight": "To move midnight, write watch_midnight(evening), with your table.",
}
"""How each verb is asked."""

NAMING = ("check", "hint", "reference", "ticket", "submit")
"""Those that are given a name in quotation marks; the others take what a variable holds."""

WORDS = (*USAGE, "console", "logs", "files", "api")
"""The names in a notebook that are the desk's."""


class Word:
    """What the desk holds in a notebook's variables, and gives back when it is overwritten."""


class Unconnected:
    """What is asked on a connection to it, and not itself."""

    def __getattr__(self, name: str) -> Any:
        if name in ("execute", "rollback", "commit"):
            raise Problem(
                f"`.{name}` belongs to a connection.",
                f"Inside `with ….connect() as connection:` write connection.{name}(…).",
            )
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


class Verb(Word):
    """A function of the desk, with a friendly answer to whoever asks it wrongly."""

    def __init__(self, does: Callable[..., Any]) -> None:
        self.does = does
        update_wrapper(self, does)
        self.usage = USAGE[does.__name__]

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Do it, and give what comes of it; Problem when it cannot be done with what was given."""
        name = self.does.__name__
        signature = inspect.signature(self.does)
        if not _binds(signature.bind_partial, given, named):
            raise Problem(f"{name}() was given more than it takes.", self.usage)
        if not _binds(signature.bind, given, named):
            if not given and not named:
                raise Problem(f"Nothing stands in the brackets of {name}().", self.usage)
            raise Problem(f"{name}() needs more than it was given.", self.usage)
        return self.does(*given, **named)

    def __repr__(self) -> str:
        return self.usage

    def unquoted(self, text: str) -> None:
        """Refuse a name that was given without its quotation marks."""
        call = f'{self.does.__name__}("{text}")'
        raise Problem("The quotation marks are missing.", f"Write {call}.")


def _binds(bind: Callable[..., object], given: tuple[Any, ...], named: dict[str, Any]) -> bool:
    try:
        bind(*given, **named)
    except TypeError:
        return False
    return True


def lay_out(
    shell: InteractiveShell, verbs: tuple[Callable[..., Any], ...], others: Mapping[str, Word]
) -> None:
    """Put the desk's words into a notebook's variables, and read names without quotation marks."""
    held = {verb.__name__: Verb(verb) for verb in verbs}
    shell.push({**held, **others}, interactive=False)
    kept = [each for each in shell.ast_transformers if not isinstance(each, _Unquoted)]
    shell.ast_transformers[:] = [*kept, _Unquoted(shell)]


def held(variables: Mapping[str, Any]) -> dict[str, Word]:
    """The desk's words among a notebook's variables."""
    return {name: each for name in WORDS if isinstance(each := variables.get(name), Word)}


def give_back(variables: dict[str, Any], before: Mapping[str, Word]) -> str:
    """Put words that a cell has overwritten back; returns what to say of it, or ""."""
    lost = [name for name in before if not isinstance(variables.get(name), Word)]
    variables.update((name, before[name]) for name in lost)
    lines = [
        f"`{name}` is a command of the desk. Choose another name, for example `my_{name}`. "
        "The command is back."
        for name in lost
    ]
    return "\n".join(lines)


class _Unquoted(ast.NodeTransformer):
    """Turns `check(first-check)` into what says that quotation marks are missing."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.made_here: set[str] = set()

    def visit_Module(self, node: ast.Module) -> ast.AST:
        names = {each.id for each in ast.walk(node)
                 if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}  # fmt: skip
        self.made_here = names | {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.BinOp() | ast.Name() as word]):
                variables = self.shell.user_ns
                known = {*variables, *vars(builtins), *self.made_here}
                is_naming = name in NAMING and isinstance(variables.get(name), Verb)
                if is_naming and _is_unknown(word, known):
                    verb = ast.Attribute(node.func, "unquoted", ast.Load())
                    text = ast.Constant(ast.unparse(word).replace(" ", ""))
                    return ast.copy_location(ast.Call(verb, [text], []), node)
        return node


def _is_unknown(word: ast.expr, known: Collection[str]) -> bool:
    """Whether this is words and numbers with hyphens between, and some word is no variable."""
    match word:
        case ast.Name(id=name):
            return name not in known
        case ast.BinOp(left, ast.Sub(), ast.Name() | ast.Constant() as right):
            return _is_unknown(left, known) or _is_unknown(right, known)
    return False
