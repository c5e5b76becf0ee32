"""Where things live: the library folder, the configuration file, the files in the package."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

APP = "taiwan-japan-digest"


def library_home(given: Path | None = None) -> Path:
    """The library folder: what was given, else `$DIGEST_HOME`, else the platform's data folder."""
    if given is not None:
        return given.expanduser().absolute()
    if named := os.environ.get("DIGEST_HOME"):
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path  # noqa: PLC0415 - 20 ms, needed only without a home

    return user_data_path(APP, appauthor=False)


def config_candidates(home: Path, given: Path | None = None) -> list[Path]:
    """Where a user's configuration may be, first match wins; the shipped one is not among them."""
    if given is not None:
        return [given.expanduser().absolute()]
    if named := os.environ.get("DIGEST_CONFIG"):
        return [Path(named).expanduser().absolute()]
    from platformdirs import user_config_path  # noqa: PLC0415 - 20 ms, needed only without a home

    return [home / "config.toml", user_config_path(APP, appauthor=False) / "config.toml"]


def shipped_config() -> Path:
    """The default configuration: beside the packages in a checkout, inside `digest` in a wheel."""
    package = Path(str(files("digest")))
    inside = package / "config.toml"
    return inside if inside.exists() else package.parent / "config.toml"
