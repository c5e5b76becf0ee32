"""The configuration that `digest demo` runs with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digest.config.files import write_whole
from digest.config.settings import Config, Feed
from digest.config.show import as_toml
from digest.sample.outlets import OUTLETS, PLAIN_SITE


def demo_config(base: str, config: Config) -> Config:
    """`config` with the sample's feeds for its own, read through the server at `base` as a proxy.

    Everything else stays, views among it. One host has all of the sample, so that the number of
    downloads at once is not held down for politeness; `rules` and `briefs` are left out, since
    they were written for other news. The proxy knows the sample alone: no other site can be
    read with this configuration.
    """
    fetch = replace(
        config.fetch,
        per_host=min(config.fetch.concurrency, 16),
        full_text=True,
        every="",
        proxy=base,
    )
    return replace(
        config, fetch=fetch, feeds=_feeds(), rules=(), briefs=(), commands={}, source=None
    )


def settle_demo(home: Path, base: str, config: Config) -> Config:
    """Write `demo_config` as the configuration file of the throw-away library in `home`.

    With a file of its own the demo can be changed like any library: views saved in it go there.

    Raises:
        ConfigError: it cannot be written.
        DiskFull: there is no room for it.
    """
    demo = demo_config(base, config)
    path = home / "config.toml"
    home.mkdir(parents=True, exist_ok=True)
    write_whole(path, as_toml(demo).encode())
    return replace(demo, source=path)


def _feeds() -> tuple[Feed, ...]:
    return tuple(
        Feed(
            url=f"{PLAIN_SITE}/{outlet.key}/feed.xml",
            name=outlet.name,
            lang=outlet.lang,
            groups=(outlet.group,),
        )
        for outlet in OUTLETS
    )
