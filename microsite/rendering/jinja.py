"""The only module that imports Jinja: compiling and rendering templates, and their errors as problems.

A page can be rendered once for all brands, with placeholders for the values that differ between them: see
``placeholders``. Templates may print such a value, test it, compare it, join it with ``~`` and give it to any
filter or function. ``%``, ``format`` and use as a key are correct but slow, for the page is then rendered for
each brand. Do not capture such a value with ``{% set %}…{% endset %}`` or in the text of a macro, and then
measure or change that text.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from operator import methodcaller
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import bccache, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import markup_join
from markupsafe import Markup

from microsite.core import i18n
from microsite.core.files import ensure_folder, remove_unless_file, seal, unseal, write_file
from microsite.core.languages import grouped, longdate, quarter, weekday
from microsite.core.problems import InvalidFile, Place, Problem, text
from microsite.core.typography import NARROW, bound
from microsite.rendering import placeholders
from microsite.rendering.office.slots import left_open
from microsite.rendering.print.codes import qr_code
from microsite.rendering.templates import FOLDER, SELDOM, Template, TemplateSet
from microsite.rendering.views import Card


def compiled(template: Template) -> jinja2.Template:
    """Return the compiled template. For the exceptions of compiling and rendering, see ``problem``."""
    return environment(template.templates).get_template(template.name)


def preload(inputs: Iterable[Iterable[tuple[str, Any]]]) -> None:
    """Load the templates among the inputs of artifacts, so that forked processes have them.

    A template that cannot be compiled is skipped: rendering it raises the error.
    """
    found = {value for pairs in inputs for _, value in pairs if isinstance(value, Template)}
    for template in sorted(found, key=lambda template: template.name):
        with contextlib.suppress(jinja2.TemplateError):
            environment(template.templates).get_template(template.name)


def references(templates: TemplateSet, name: str) -> tuple[str, ...]:
    """Return the names of the templates that a template extends, includes or imports.

    Raises InvalidFile if it cannot be read, or if it refers to a template by an expression; and if it cannot
    be compiled, for those that every build renders.
    """
    compiler = environment(templates)
    path = f"{FOLDER}/{name}"
    try:
        tree = compiler.parse(templates.texts[name], name, path)
        names = tuple(meta.find_referenced_templates(tree))
        if None in names:
            kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
            at = next(iter(tree.find_all(kinds)), None)
            place = Place(path, at.lineno if at is not None else 1)
            message = text("takes a template by a name that is not written out")
            raise InvalidFile(Problem(place, message))
        if not name.startswith(SELDOM):
            compiler.get_template(name)
    except jinja2.TemplateSyntaxError as error:
        raise InvalidFile(_syntax(error, path)) from None
    return tuple(n for n in names if n is not None)


def problem(error: Exception, page: str) -> Problem:
    """Return the problem that describes an error raised by ``render`` for a page."""
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
    """Return the innermost line of a template in the traceback (Jinja rewrites it to template lines).

    For endless recursion it is the outermost line, where the recursion starts.
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


@lru_cache(maxsize=8)
def environment(templates: TemplateSet) -> jinja2.Environment:
    """Return the environment that renders a set of templates. Every format is escaped as HTML."""
    kind = _PlaceholderEnvironment if templates.placeholders else jinja2.Environment
    result = kind(
        loader=jinja2.FunctionLoader(lambda name: _source(templates, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        finalize=placeholders.finalize if templates.placeholders else None,
        bytecode_cache=_code_cache(templates),
    )
    gettext = i18n.translations(templates.language).gettext
    result.globals["_"] = cache(gettext)
    result.filters["translated"] = lambda sentence: sentence.render(gettext)
    result.filters["isodate"] = methodcaller("isoformat")
    result.filters["longdate"] = lambda day: longdate(day, gettext)
    result.filters["quarter"] = lambda day: quarter(day).render(gettext)
    result.filters["weekday"] = lambda day: weekday(day, gettext)
    result.filters["grouped"] = lambda number: grouped(number, templates.language)
    result.filters["left_open"] = left_open
    result.filters["qr_code"] = lambda address: Markup(qr_code(address, "#000").decode())  # noqa: S704
    result.filters["breakable"] = breakable
    result.filters["bound"] = lambda words: bound(words, NARROW)
    result.filters["all_made_up"] = _all_made_up
    if templates.placeholders:
        for functions in (result.filters, result.tests, result.globals):
            functions.update(_deferring(functions))
    result.filters["href"] = _href(placeholders.deferring(address) if templates.placeholders else address)
    return result


_ONE_LINE = 20
"""So many letters of an e-mail address fit on a line in the margin beside a text."""


def breakable(email: object) -> Markup:
    """Return an e-mail address in which, if it is long, the name of the host is a part that stays whole."""
    mailbox, _, host = str(email).partition("@")
    pattern = Markup("{}@{}") if len(mailbox) + len(host) < _ONE_LINE else Markup("{}@<span>{}</span>")
    return pattern.format(mailbox, host)


def _all_made_up(cards: Iterable[Card]) -> bool:
    """Whether there are people in a list, and none of them exists."""
    people = [card.fictional for card in cards if card.shows_people]
    return bool(people) and all(people)


def _source(templates: TemplateSet, name: str) -> tuple[str, str, None] | None:
    if name not in templates.texts:
        return None
    return templates.texts[name], f"{FOLDER}/{name}", None


class _PlaceholderGenerator(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        """``a ~ b``, with placeholders too."""
        self.write("environment.concatenate((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _PlaceholderEnvironment(jinja2.Environment):
    code_generator_class = _PlaceholderGenerator
    concatenate = staticmethod(placeholders.deferring(markup_join))


def _deferring(functions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the functions of templates as ones that accept placeholders, except the types."""
    return {
        name: function if isinstance(function, type) else placeholders.deferring(function)
        for name, function in functions.items()
    }


class _CodeCache(jinja2.BytecodeCache):
    """Compiled templates in files. A file that is damaged or cannot be written is not an error."""

    def __init__(self, folder: Path, suffix: str, engine: str) -> None:
        self.folder = folder
        self.suffix = suffix
        self.engine = engine

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self.engine} {source}")

    def load_bytecode(self, bucket: bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            code = unseal(self._file(bucket).read_bytes())
            if code is not None:
                bucket.bytecode_from_string(bytes(code))

    def dump_bytecode(self, bucket: bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            ensure_folder(self.folder, self.folder)
            file = self._file(bucket)
            remove_unless_file(file)
            write_file(file, seal(bucket.bytecode_to_string()))

    def _file(self, bucket: bccache.Bucket) -> Path:
        return self.folder / f"{bucket.key}{self.suffix}"


def _code_cache(templates: TemplateSet) -> _CodeCache | None:
    given = templates.code_cache
    if given is None or given.folder is None:
        return None
    suffix = ".placeholders" if templates.placeholders else ""
    # Compiled code is for one version of Python, also where the engine has the name of another machine's.
    return _CodeCache(given.folder, f"{suffix}.{sys.implementation.cache_tag}.jinja", given.engine)


def _href(address: Callable[[str, str, Any], Any]) -> Callable[..., Any]:
    """Return the filter ``href``: ``address`` for the page that is rendered."""

    @jinja2.pass_context
    def href(context: jinja2.runtime.Context, target: Any) -> Any:
        # Context.get raises and catches KeyError if there is no root, as on nearly every page.
        root = context["root"] if "root" in context else ""  # noqa: SIM401
        path: str = context["path"]
        return address(root, path[: path.rfind("/") + 1], target)

    return href


def address(root: str, folder: str, target: Any) -> str:
    """Return the URL of a path of the site, for the pages in a folder ("" or "a/b/").

    ``target`` is a path, or has one as ``path`` and perhaps a ``fragment``. The URL is relative, so that the
    site works in any folder and from disk; with ``root``, for the 404 page, it starts with that.
    """
    path = target if isinstance(target, str) else target.path
    fragment = "" if isinstance(target, str) else getattr(target, "fragment", "")
    url = f"{root}{path}" if root else relative(folder, path)
    return f"{url}#{fragment}" if fragment else url


@lru_cache(maxsize=65536)
def relative(page: str, target: str) -> str:
    """Return the relative URL from one path of the site to another.

    >>> relative("a/b.html", "a/c.html")
    'c.html'
    """
    here, there = page.split("/"), target.split("/")
    shared = 0
    while shared < len(here) - 1 and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(there[shared:])
