"""Loading plugins when they are needed, one at a time, and asking their hooks one at a time.

A plugin that cannot be imported, raises, or returns nonsense is named with its distribution; everything
else goes on. Implementations are called one by one (not through pluggy's multicall), because there one
that raises hides the results of all others. The order is pluggy's.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pluggy

from catalogue.errors import InputError, PluginError
from catalogue.plugin import hookspecs
from catalogue.plugin.discovery import (
    BUILT_IN,
    DEFINITIONS,
    EXTENSIONS,
    PRODUCTS,
    TOOLS,
    EntryPoint,
    allowed,
    find_entry_points,
)
from catalogue.plugin.fault_words import (
    answer_words,
    error_words,
    raised_in,
    wrong_arguments,
)
from catalogue.values.limits import MAX_PLUGIN_MESSAGE_CHARS
from catalogue.values.text import clean, suggest


@attrs.frozen
class PluginProblem:
    """What went wrong with one plugin."""

    plugin: str
    distribution: str
    message: str

    def text(self) -> str:
        """`plugin 'x' (dist 1.0): message`."""
        return f"plugin {self.plugin!r} ({self.distribution}): {self.message}"


class NamedPluginError(PluginError):
    """A PluginError that knows the plugin that it names."""

    def __init__(self, problem: PluginProblem) -> None:
        super().__init__(problem.text())
        self.problem = problem


@attrs.frozen
class Answer:
    """One implementation's result, with the name of the plugin that gave it."""

    by: str
    value: Any


@attrs.define
class _Loaded:
    entry: EntryPoint
    plugin: Any = None
    problem: PluginProblem | None = None


class Registry:
    """The plugins found, loaded lazily.

    Args:
        entries: entry points; default: those of the installed packages.
        strict: a problem raises PluginError instead of being noted.
    """

    def __init__(
        self, entries: Sequence[EntryPoint] | None = None, *, strict: bool = False
    ) -> None:
        self.strict = strict
        self.problems: list[PluginProblem] = []
        if entries is None:
            found = find_entry_points()
            entries = found.entries
            self.problems += [PluginProblem("?", "metadata", text) for text in found.problems]
        self._managers: dict[int, pluggy.PluginManager] = {}  # one each: equal plugins are not one
        self._products: dict[str, _Loaded] = {}
        self._extensions: list[_Loaded] = []
        self._tools: list[_Loaded] = []
        for entry in entries:
            self._admit(entry)

    def _admit(self, entry: EntryPoint) -> None:
        if not allowed(entry.distribution):
            return
        if entry.group == EXTENSIONS:
            self._extensions.append(_Loaded(entry))
        elif entry.group == TOOLS:
            self._tools.append(_Loaded(entry))
        elif entry.group == PRODUCTS:
            known = self._products.get(entry.name)
            if known is None:
                self._products[entry.name] = _Loaded(entry)
            else:
                self._note_duplicate(known, entry)

    def _note_duplicate(self, known: _Loaded, entry: EntryPoint) -> None:
        """Tell of a code claimed twice: the built-in plugin keeps it; between strangers neither has it."""
        claims = " and by ".join(
            f"{one.distribution} ({one.value})" for one in (known.entry, entry)
        )
        message = f"product code {entry.name!r} is claimed twice: by {claims}"
        problem = PluginProblem(entry.name, _dist(entry), message)
        if entry.distribution == BUILT_IN:
            self._products[entry.name] = _Loaded(entry)
            problem = attrs.evolve(problem, distribution=_dist(known.entry))
        elif known.entry.distribution != BUILT_IN:
            known.problem = problem
        self._note(problem)

    def _note(self, problem: PluginProblem) -> None:
        if self.strict:
            raise PluginError(problem.text())
        if problem not in self.problems:
            self.problems.append(problem)

    # -- loading ----------------------------------------------------------------------------

    @property
    def product_entries(self) -> Mapping[str, EntryPoint]:
        """Product code → its entry point."""
        return {code: loaded.entry for code, loaded in self._products.items()}

    @property
    def extension_entries(self) -> tuple[EntryPoint, ...]:
        """The entry points of extensions and tools."""
        return tuple(loaded.entry for loaded in (*self._extensions, *self._tools))

    def add(self, plugin: Any, name: str, *, product: bool = False) -> None:
        """Register an object directly, as tests and programs that embed the catalogue do."""
        entry = EntryPoint(
            PRODUCTS if product else EXTENSIONS, name, type(plugin).__module__, "", "local", ""
        )
        loaded = _Loaded(entry)
        self._register(loaded, plugin)
        if loaded.problem is not None:
            return
        if product:
            self._products[name] = loaded
        else:
            self._extensions.append(loaded)

    def owner(self, code: str) -> Any:
        """The plugin of a product.

        Raises:
            PluginError: there is none, or it cannot be loaded.
        """
        loaded = self._products.get(code)
        if loaded is None:
            raise PluginError(
                f"product {code!r} has a definition but no plugin: no installed package declares"
                f" {code!r} in the entry-point group {PRODUCTS}{suggest(code, self._products)}"
            )
        plugin = self._load(loaded)
        if plugin is None or loaded.problem is not None:
            raise PluginError(
                loaded.problem.text() if loaded.problem else f"plugin {code!r} did not load"
            )
        return plugin

    def undefined(self, code: str) -> NamedPluginError | None:
        """The error of a plugin whose product has no definition; None where no plugin has the code."""
        loaded = self._products.get(code)
        if loaded is None:
            return None
        return self._fault(
            loaded.entry,
            f"the product has no definition: no folder holds products/{code}.toml;"
            f" its package declares its folder in the entry-point group {DEFINITIONS}",
        )

    def extensions(self, *, tools: bool = False) -> Iterator[tuple[EntryPoint, Any]]:
        """Every extension that loads (with `tools`, every tool too); the others are noted."""
        for loaded in (*self._extensions, *(self._tools if tools else ())):
            plugin = self._load(loaded)
            if plugin is not None and loaded.problem is None:
                yield loaded.entry, plugin

    def quote_extensions(self) -> list[EntryPoint]:
        """The extensions that may change a quote: those with a hook that is asked for one."""
        return [
            entry
            for entry, plugin in self.extensions()
            if any(self._implementation(hook, plugin) for hook in hookspecs.SHARED_HOOKS)
        ]

    def _load(self, loaded: _Loaded) -> Any:
        if loaded.plugin is None and loaded.problem is None:
            from catalogue.plugin.guard import guarded, interrupted

            try:
                with guarded():
                    found: Any = importlib.import_module(loaded.entry.module)
                    for part in filter(None, loaded.entry.attr.split(".")):
                        found = getattr(found, part)
                    plugin = found() if isinstance(found, type) else found
            except BaseException as error:  # SystemExit at import must not end the program
                if interrupted(error):
                    raise
                loaded.problem = self._problem(
                    loaded.entry, f"cannot be imported: {error_words(error)}"
                )
                self._note(loaded.problem)
                return None
            self._register(loaded, plugin)
        return loaded.plugin

    def _register(self, loaded: _Loaded, plugin: Any) -> None:
        from catalogue.plugin.guard import guarded, interrupted

        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        try:
            with guarded():
                manager.register(plugin, loaded.entry.name)
        except (
            BaseException
        ) as error:  # pluggy reads every attribute: a property may raise anything
            if interrupted(error):
                raise
            loaded.problem = self._problem(
                loaded.entry, wrong_arguments(plugin) or f"cannot be used: {error_words(error)}"
            )
            self._note(loaded.problem)
            return
        loaded.plugin = plugin
        self._managers[id(plugin)] = manager
        self._check_hooks(loaded, manager.get_hookcallers(plugin) or [])

    def _check_hooks(self, loaded: _Loaded, callers: Sequence[pluggy.HookCaller]) -> None:
        """A misspelt hook, or none at all, would be silent in pluggy."""
        for caller in callers:
            if not caller.has_spec():
                hint = (
                    suggest(caller.name, hookspecs.HOOKS)
                    or f"; hooks: {', '.join(hookspecs.HOOKS)}"
                )
                self._note(self._problem(loaded.entry, f"unknown hook {caller.name!r}{hint}"))
        if not any(caller.has_spec() for caller in callers):
            loaded.problem = self._problem(
                loaded.entry,
                f"implements no hook; mark functions with hookimpl: {', '.join(hookspecs.HOOKS)}",
            )
            self._note(loaded.problem)

    def _problem(self, entry: EntryPoint, message: str) -> PluginProblem:
        return PluginProblem(entry.name, _dist(entry), clean(message, MAX_PLUGIN_MESSAGE_CHARS))

    def _fault(self, entry: EntryPoint, message: str) -> NamedPluginError:
        return NamedPluginError(self._problem(entry, message))

    def _told(self, error: Exception, entry: EntryPoint, hook: str) -> PluginProblem:
        """The problem that an extension's hook ended with."""
        if isinstance(error, NamedPluginError):
            return error.problem
        return self._problem(entry, f"hook {hook!r} raised {error_words(error, entry)}")

    # -- asking -----------------------------------------------------------------------------

    def ask_owner(
        self,
        code: str,
        hook: str,
        kind: type,
        arguments: Mapping[str, Any],
        fault: Callable[[Any], str | None] | None = None,
    ) -> Any:
        """The product's own answer to `terms` or `price`; it must be of `kind` and without `fault`.

        Raises:
            PluginError: names plugin, hook and fault.
            InputError: the plugin's own, for an ask that it refuses; it names a stranger's plugin.
        """
        plugin = self.owner(code)
        entry = self._products[code].entry
        impl = self._implementation(hook, plugin)
        if impl is None:
            raise self._fault(entry, f"has no hook {hook!r}")
        value = self._call_owner(entry, hook, impl, arguments)
        if not isinstance(value, kind):
            raise self._fault(
                entry, f"hook {hook!r} returned {answer_words(value)}; expected {kind.__name__}"
            )
        self._sound_or_raise(entry, hook, kind, value, fault)
        return value

    def ask_all(
        self,
        code: str,
        hook: str,
        kind: type,
        arguments: Mapping[str, Any],
        warn: Callable[[str], None],
        fault: Callable[[Any], str | None] | None = None,
    ) -> list[Answer]:
        """The answers of the product's plugin and of every extension, flattened.

        A fault of the product's own plugin is a PluginError; one of an extension goes to `warn`.
        `fault` says what is wrong with one item of an answer, or None.
        """
        answers: list[Answer] = []
        own = self.owner(code)
        impl = self._implementation(hook, own)
        entry = self._products[code].entry
        if impl is not None:
            given = self._call_owner(entry, hook, impl, arguments)
            answers += self._checked(entry, hook, kind, given, fault)
        for entry, plugin in self.extensions():
            impl = self._implementation(hook, plugin)
            if impl is None:
                continue
            try:
                given = self._call(entry, hook, impl, arguments)
                answers += self._checked(entry, hook, kind, given, fault)
            except (PluginError, InputError) as error:
                told = self._told(error, entry, hook)
                if self.strict:
                    raise PluginError(told.text()) from error
                warn(told.text())
        concerned = {code, *(loaded.entry.name for loaded in self._extensions)}
        for problem in self.problems:
            if problem.plugin in concerned:
                warn(problem.text())
        return answers

    def ask_extensions(
        self,
        hook: str,
        arguments: Mapping[str, Any] | None = None,
        fault: Callable[[Any], str | None] | None = None,
    ) -> list[Answer]:
        """The raw answers of extensions to a hook without a quote; faults are noted.

        Tools are asked for scorecards, renderers and commands only, so that a quote imports none.
        `fault` says what is wrong with one item of an answer, or None; such an item is left out.
        """
        answers = []
        for entry, plugin in self.extensions(tools=hook in hookspecs.TOOL_HOOKS):
            impl = self._implementation(hook, plugin)
            if impl is None:
                continue
            try:
                given = self._call(entry, hook, impl, arguments or {})
            except (PluginError, InputError) as error:
                self._note(self._told(error, entry, hook))
                continue
            answers.append(Answer(_by(entry), self._sound(entry, hook, given, fault)))
        return answers

    def _sound(
        self, entry: EntryPoint, hook: str, given: Any, fault: Callable[[Any], str | None] | None
    ) -> Any:
        """An answer without what cannot be used of it; what was left out is noted."""
        if given is None:
            return ()
        many: tuple[type[Any], ...] = (Mapping,) if hook == "renderers" else (list, tuple)
        if not isinstance(given, many):
            words = f"expected a {'mapping' if hook == 'renderers' else 'list'}"
            self._note(
                self._problem(entry, f"hook {hook!r} returned {answer_words(given)}; {words}")
            )
            return ()
        if fault is None:
            return given
        kept = []
        for item in given:
            wrong = fault(item)
            if wrong is None:
                kept.append(item)
            else:
                self._note(self._problem(entry, f"hook {hook!r}: {wrong}"))
        return kept

    def _implementation(self, hook: str, plugin: Any) -> pluggy.HookImpl | None:
        caller: pluggy.HookCaller = getattr(self._managers[id(plugin)].hook, hook)
        return next(iter(caller.get_hookimpls()), None)

    def _call_owner(
        self, entry: EntryPoint, hook: str, impl: pluggy.HookImpl, arguments: Mapping[str, Any]
    ) -> Any:
        """The answer of a product's own plugin; what a stranger's refuses is told with its name."""
        try:
            return self._call(entry, hook, impl, arguments)
        except InputError as error:
            if entry.distribution == BUILT_IN or not raised_in(error, entry):
                raise
            by = f"refused by plugin {entry.name!r} of {_dist(entry)}"
            raise InputError.many(
                f"{clean(str(problem), MAX_PLUGIN_MESSAGE_CHARS)} ({by})"
                for problem in error.problems
            ) from error

    def _call(
        self, entry: EntryPoint, hook: str, impl: pluggy.HookImpl, arguments: Mapping[str, Any]
    ) -> Any:
        from catalogue.plugin.guard import guarded, interrupted

        try:
            with guarded():
                # an argument with a default is passed too: the plugin asks for it by its name
                given = impl.function(
                    *(arguments[name] for name in impl.argnames),
                    **{name: arguments[name] for name in impl.kwargnames if name in arguments},
                )
                if inspect.iscoroutine(given):
                    given.close()  # never awaited; what is wrong with it is told by its type
                return given
        except InputError:
            raise
        except (
            BaseException
        ) as error:  # a plugin's SystemExit or RecursionError is its fault, not ours
            if interrupted(error):
                error.add_note(f"while plugin {entry.name!r} ({_dist(entry)}) ran hook {hook!r}")
                raise
            told = f"hook {hook!r} raised {error_words(error, entry)}"
            raise self._fault(entry, told) from error

    def _checked(
        self,
        entry: EntryPoint,
        hook: str,
        kind: type,
        given: Any,
        fault: Callable[[Any], str | None] | None,
    ) -> list[Answer]:
        if given is None:
            return []
        items = list(given) if isinstance(given, (list, tuple)) else None
        wrong = next((item for item in items or () if not isinstance(item, kind)), None)
        if items is None or wrong is not None:
            shown = answer_words(given if items is None else wrong)
            raise self._fault(
                entry, f"hook {hook!r} returned {shown}; expected a list of {kind.__name__}"
            )
        for item in items:
            self._sound_or_raise(entry, hook, kind, item, fault)
        return [Answer(_by(entry), item) for item in items]

    def _sound_or_raise(
        self,
        entry: EntryPoint,
        hook: str,
        kind: type,
        answer: Any,
        fault: Callable[[Any], str | None] | None,
    ) -> None:
        """PluginError with what is wrong with an answer of the right kind."""
        wrong = fault(answer) if fault is not None else None
        if wrong is not None:
            raise self._fault(entry, f"hook {hook!r} returned a faulty {kind.__name__}: {wrong}")


def _by(entry: EntryPoint) -> str:
    return entry.name


def _dist(entry: EntryPoint) -> str:
    return f"{entry.distribution} {entry.version}".strip()
