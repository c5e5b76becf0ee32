"""The figures as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.search.parts import Figures


def tokenised(count: int, seconds: float, wanted: int) -> None:
    print(f"{count:,} real articles made into terms: {count / seconds:.0f} a CPU second")
    if wanted > count:
        print(f"{wanted - count:,} more are put together from halves of real ones")


def built(name: str, articles: int, found: Figures) -> None:
    print(
        f"{name:8} built {articles / found['seconds']:6.0f} articles a CPU second, "
        f"{found['memory']:5.0f} MB of memory ({found['resident']:.0f} with mapped files), "
        f"{found['size']:5.0f} MB on disk",
        flush=True,
    )


def heading(names: Sequence[str]) -> None:
    times = "".join(f"{name + ' ms':>12}" for name in names)
    print(f"{'':20}{'hits':>9}{times}" + "".join(f"{'x ' + name:>11}" for name in names[1:]))


def row(title: str, hits: int | None, found: Mapping[str, float]) -> None:
    """One row: the times, then how many times as long as the first each of the others took."""
    names = list(found)
    times = "".join(f"{found[name]:12.3f}" for name in names)
    ratios = "".join(f"{found[name] / found[names[0]]:11.2f}" for name in names[1:])
    print(f"{title:20}{'' if hits is None else hits:>9}{times}{ratios}", flush=True)


def committed(name: str, found: Figures) -> None:
    print(
        f"{name:8} commit of one {found['one']:6.1f} ms CPU, of fifty {found['fifty']:6.1f}; "
        f"the longest of many fifties {found['longest_cpu']:.0f} ms of its thread's CPU, "
        f"{found['longest']:.0f} ms by the clock",
        flush=True,
    )
