"""Compiles the catalogues of the interface whenever a wheel or an editable install is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """`digest.mo` beside each `digest.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the results packed although they are not under version control."""
        del version
        for source in Path(self.root, "digest", "languages", "locale").glob(
            "*/LC_MESSAGES/digest.po"
        ):
            compiled = source.with_suffix(".mo")
            with source.open("rb") as file, compiled.open("wb") as made:
                write_mo(made, read_po(file))
            build_data["artifacts"].append(str(compiled.relative_to(self.root)))
