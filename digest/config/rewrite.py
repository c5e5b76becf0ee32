"""Changes to the text of a TOML file that leave every other line as it was.

All functions take valid TOML with line feeds for line ends and return the changed text. Lists of
tables are edited line by line, so that a comment between two of them stays where it is; values
inside `[ ]` and `{ }` are left to tomlkit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from digest.config.layout import TOKEN, Path, Statement, statements


def add_table(text: str, name: str, table: Mapping[str, Any]) -> str:
    """Put one more table at the end of the list `name`."""
    found = statements(text)
    if whole := _key_statement(found, (name,)):
        if _document(text)[name]:
            return _append_inline(text, name, table)
        text = _without(text, whole.first, whole.last)
        found = statements(text)
    lines = [f"[[{name}]]", *(f"{key} = {render(value)}" for key, value in table.items())]
    members = [each for each in found if each.path[:1] == (name,)]
    if members:
        return _insert(text, members[-1].last, ["", *lines])
    return _append(text, lines)


def remove_table(text: str, name: str, at: int) -> str:
    """Take table `at` (from 0) out of the list `name`; the list stays, empty if need be."""
    found = statements(text)
    members = [each for each in found if each.path[:2] == (name, at)]
    if not members:
        document = _document(text)
        del document[name][at]
        return str(document.as_string())
    text = _without(text, members[0].first, members[-1].last)
    if not any(each.path[:1] == (name,) for each in statements(text)):
        text = _insert(text, _end_of_root(found, text), [f"{name} = []"])
    return text


def set_key(text: str, table: Path, key: str, value: object) -> str:
    """Set one key of a table, where it stands or at the table's end."""
    found = statements(text)
    if existing := _key_statement(found, (*table, key)):
        return _replace_value(text, existing, render(value))
    if _key_statement(found, table) or (len(table) > 1 and _key_statement(found, table[:1])):
        return _set_inline(text, table, key, value)
    line = f"{render_key(key)} = {render(value)}"
    own = [each for each in found if each.path[: len(table)] == table]
    if any(each.header and each.path == table for each in own):
        last = [each for each in own if each.path[:-1] == table or each.path == table][-1]
        return _insert(text, last.last, [line])
    if own and not own[-1].header:
        return _insert(text, own[-1].last, [f"{table[0]}.{line}"])
    return _append(text, [f"[{table[0]}]", line])


def section(text: str, name: str) -> str:
    """The text of the list `name` with the comments right above and inside it, "" if absent."""
    members = [each for each in statements(text) if each.path[:1] == (name,)]
    if not members:
        return ""
    lines = text.split("\n")
    first = members[0].first - 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return "\n".join(lines[first : members[-1].last])


def render(value: object) -> str:
    """A value as TOML writes it."""
    import tomlkit  # noqa: PLC0415 - 33 ms, needed only when the file is written

    return tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string()


def render_key(key: str) -> str:
    """A key as TOML writes it, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else render(key)


def _document(text: str) -> Any:
    import tomlkit  # noqa: PLC0415 - 33 ms, needed only when the file is written

    return tomlkit.parse(text)


def _append_inline(text: str, name: str, table: Mapping[str, Any]) -> str:
    import tomlkit  # noqa: PLC0415 - 33 ms, needed only when the file is written

    document = tomlkit.parse(text)
    inline = tomlkit.inline_table()
    inline.update({key: list(v) if isinstance(v, tuple) else v for key, v in table.items()})
    members: Any = document[name]
    members.append(inline)
    return document.as_string()


def _set_inline(text: str, table: Path, key: str, value: object) -> str:
    document = _document(text)
    inner = document
    for name in table:
        inner = inner[name]
    inner[key] = list(value) if isinstance(value, tuple) else value
    return str(document.as_string())


def _key_statement(found: list[Statement], path: Path) -> Statement | None:
    return next((each for each in found if each.path == path and not each.header), None)


def _replace_value(text: str, statement: Statement, value: str) -> str:
    """Put `value` for what stands between `=` and a comment at the statement's end."""
    lines = text.split("\n")
    source = "\n".join(lines[statement.first - 1 : statement.last])
    start = end = 0
    for match in TOKEN.finditer(source):
        if not start:
            start = match.end() if match[0] == "=" else 0
        elif not match[0].startswith("#") and not match[0].isspace():
            end = match.end()
    changed = f"{source[:start]} {value}{source[end:]}"
    lines[statement.first - 1 : statement.last] = changed.split("\n")
    return "\n".join(lines)


def _end_of_root(found: list[Statement], text: str) -> int:
    """The line after which a key outside of all tables can stand."""
    for at, statement in enumerate(found):
        if statement.header:
            return found[at - 1].last if at else _end_of_preamble(text)
    return found[-1].last if found else 0


def _end_of_preamble(text: str) -> int:
    """The line where the comment ends that opens a file and has a blank line below it."""
    lines = text.split("\n")
    end = 0
    while end < len(lines) and lines[end].lstrip().startswith("#"):
        end += 1
    return end if end < len(lines) and not lines[end].strip() else 0


def _insert(text: str, after: int, new: list[str]) -> str:
    lines = text.split("\n")
    lines[after:after] = new
    if lines[-1]:
        lines.append("")
    return "\n".join(lines)


def _append(text: str, new: list[str]) -> str:
    kept = text.rstrip("\n")
    return "\n".join([*([kept, ""] if kept else []), *new, ""])


def _without(text: str, first: int, last: int) -> str:
    """The text without lines `first` to `last` and without the gap they leave."""
    lines = text.split("\n")
    del lines[first - 1 : last]
    at = first - 1
    if 0 < at < len(lines) and not lines[at].strip() and not lines[at - 1].strip():
        del lines[at]
    return "\n".join(lines)
