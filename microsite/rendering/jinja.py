"""Drawing: what Jinja makes of templates and values.

A page is drawn once for all brands, with gaps for what each has of its own
(``brand``, ``files``, ``page.url``, ``page.image_url``): see gaps.py. Print such a
value, test it, compare it, join it with ``~``, take it through any filter or call:
all that is right and quick. ``%`` and ``format`` with it are right and slow.
Not done: taking it up in ``{% set %}…{% endset %}`` or the text of a macro, and
then measuring or changing that text.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import marshal
import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup

from microsite.core import i18n as catalogue
from microsite.core.problems import Place, Problem, text
from microsite.rendering import placeholders as gaps
from microsite.rendering.templates import FOLDER, BrokenTemplate, Bundle, Compiled, Template

MONTHS = (
    text("January"),
    text("February"),
    text("March"),
    text("April"),
    text("May"),
    text("June"),
    text("July"),
    text("August"),
    text("September"),
    text("October"),
    text("November"),
    text("December"),
)


def compiled(source: str, name: str) -> Compiled:
    """Raises BrokenTemplate where it cannot be read, or takes another by a name that is only known later."""
    shown_as = f"{FOLDER}/{name}"
    try:
        tree = _compiler().parse(source, name)
        names = tuple(meta.find_referenced_templates(tree))
        if None in names:
            kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
            at = next(iter(tree.find_all(kinds)), None)
            place = Place(shown_as, at.lineno if at is not None else 1)
            raise BrokenTemplate(
                Problem(place, text("takes a template by a name that is not written out"), None)
            )
        code = _compiler().compile(tree, name, shown_as)
    except jinja2.TemplateSyntaxError as error:
        raise BrokenTemplate(_syntax(error, shown_as)) from None
    return Compiled(tuple(n for n in names if n is not None), code)


def remembered(folder: Path, name: str, key: str, read: Callable[[], str]) -> Compiled:
    """What ``compiled`` makes of the text, from a file in ``folder`` where an earlier build left it.

    ``key`` names the text and the programs that compile it; it stands at the head of the
    file, as in Python's own, so that what another Python wrote is never taken. A file that
    cannot be read or written costs time and nothing else.
    """
    file = folder / f"{name.replace('/', '.')}.jinja"
    head = f"{key}\n".encode()
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = file.read_bytes()
        if data.startswith(head):
            return Compiled(*marshal.loads(data[len(head) :]))  # noqa: S302 -- our own, as a .pyc
    result = compiled(read(), name)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.new")
        draft.write_bytes(head + marshal.dumps((result.references, result.code)))
        os.replace(draft, file)
    return result


def draw(template: Template, values: Mapping[str, Any]) -> str:
    """The template with exactly these values. Raises jinja2 errors: see ``problem``."""
    return environment(template.bundle).get_template(template.name).render(values)


def load(inputs: Iterable[Iterable[tuple[str, Any]]]) -> None:
    """Compile the templates among these inputs of artifacts, so that processes split off later have them.

    One that cannot be compiled is left for whoever draws with it, and says so.
    """
    found = {value for pairs in inputs for _, value in pairs if isinstance(value, Template)}
    for template in sorted(found, key=lambda template: template.name):
        with contextlib.suppress(jinja2.TemplateError):
            environment(template.bundle).get_template(template.name)


def problem(error: Exception, page: str) -> Problem:
    """A template error as a sentence with its place."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return _syntax(error, f"{FOLDER}/{error.name}")
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(Place(FOLDER), text("there is no template '{name}'", name=str(error.name)))
    if isinstance(error, RecursionError):  # Python words it by where it happened to run out
        message = text("the template draws itself without end")
    else:
        message = text("the template fails: {reason}", reason=str(error) or type(error).__name__)
    return Problem(_place(error), message, text("seen while making {page}", page=page))


def _place(error: BaseException) -> Place:
    """The innermost line of a template in the traceback (Jinja rewrites it to template lines).

    One that draws itself without end is blamed where it began.
    """
    found = Place(FOLDER)
    trail = error.__traceback__
    while trail is not None:
        name = trail.tb_frame.f_code.co_filename
        if name.startswith(f"{FOLDER}/"):
            found = Place(name, trail.tb_lineno)
            if isinstance(error, RecursionError):
                break
        trail = trail.tb_next
    return found


def _syntax(error: jinja2.TemplateSyntaxError, name: str) -> Problem:
    return Problem(
        Place(name, error.lineno), text("the template cannot be read: {reason}", reason=error.message or "")
    )


class _Generator(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """``a ~ b``, also of gaps."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call, without what the loops and blocks around it have set: no function of ours asks for that."""
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Printed as text: Jinja makes Markup of it, which the text that it goes into does not need."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(jinja2.runtime.Context):
    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """As Jinja's, which asks a function four times over what it wants to be given first."""
        if type(function) is Macro:
            rest = function.arguments[len(arguments) :]
            odd = function.catch_kwargs or function.catch_varargs or function.caller
            if odd or len(arguments) > len(function.arguments) or (named and not named.keys() <= set(rest)):
                return function(self.eval_ctx, *arguments, **named)
            values = [named.get(name, missing) for name in rest] if rest else ()
            return _markup(function._func(*arguments, *values))  # noqa: SLF001 -- what its own call calls
        wanted = getattr(function, "jinja_pass_arg", None)
        if wanted is None:
            return function(*arguments, **named)
        if wanted is _CONTEXT:
            return function(self, *arguments, **named)
        return super().call(function, *arguments, **named)


_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Of what certainly is text, without asking."""


class _Environment(jinja2.Environment):
    code_generator_class = _Generator
    context_class = _Context
    joined = staticmethod(markup_join)
    shown = staticmethod(gaps.shown)

    def __init__(self, loader: jinja2.BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.filters["href"] = _href(address)
        self.filters["isodate"] = dt.date.isoformat
        self.filters["longdate"] = str
        self.filters["translated"] = str


class _Loader(jinja2.BaseLoader):
    def __init__(self, templates: Mapping[str, Compiled]) -> None:
        self._templates = templates

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        if name not in self._templates:
            raise jinja2.TemplateNotFound(name)
        compiled = self._templates[name]
        # Jinja's own view of two dictionaries is slow, and each page copies it.
        return environment.template_class.from_code(environment, compiled.code, dict(globals or {}))


@lru_cache(maxsize=8)
def environment(bundle: Bundle) -> _Environment:
    """The environment in which a bundle's templates are rendered; autoescape is on for every format."""
    result = _Environment(_Loader(bundle.templates))
    translations = catalogue.translations(bundle.language)
    result.globals["_"] = cache(translations.gettext)
    result.filters["translated"] = lambda sentence: sentence.render(translations.gettext)
    result.filters["longdate"] = lambda day: _longdate(day, translations.gettext)
    if bundle.patient:
        for functions in (result.filters, result.tests, result.globals):
            functions.update(_patient(functions))
        result.joined = gaps.patient(markup_join)
    result.filters["href"] = _href(gaps.patient(address) if bundle.patient else address)
    return result


_compiler = lru_cache(maxsize=1)(_Environment)


def _patient(functions: Mapping[str, Any]) -> dict[str, Any]:
    """Functions of templates that can be given gaps; not what asks for the type of what it is given."""
    return {
        name: function if isinstance(function, type) else gaps.patient(function)
        for name, function in functions.items()
    }


def _longdate(day: dt.date, translate: Any) -> str:
    return f"{day.day} {MONTHS[day.month - 1].render(translate)} {day.year}"


def _href(address: Callable[[str, str, Any], Any]) -> Callable[..., Any]:
    """The filter of templates. It looks up now in which folder the page comes: a gap is filled later."""

    @jinja2.pass_context
    def href(context: jinja2.runtime.Context, target: Any) -> Any:
        # ``get`` raises and catches where there is none, which is nearly everywhere.
        root = context["root"] if "root" in context else ""  # noqa: SIM401
        path: str = context["path"]
        return address(root, path[: path.rfind("/") + 1], target)

    return href


def address(root: str, folder: str, target: Any) -> str:
    """The address of a path of the site from the pages in a folder ("" or "a/b/").

    Relative, so that the site works in any folder and from disk; only a page
    that is shown at other addresses than its own (404) asks for ``root``.
    """
    path = target if isinstance(target, str) else target.path
    fragment = "" if isinstance(target, str) else getattr(target, "fragment", "")
    there = f"{root}{path}" if root else relative(folder, path)
    return f"{there}#{fragment}" if fragment else there


_CONTEXT = _href(address).jinja_pass_arg  # type: ignore[attr-defined]


@lru_cache(maxsize=65536)
def relative(page: str, target: str) -> str:
    """From one path of the site to another: ``relative("a/b.html", "a/c.html") == "c.html"``."""
    here, there = page.split("/"), target.split("/")
    shared = 0
    while shared < len(here) - 1 and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(there[shared:])
