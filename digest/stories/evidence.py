"""What of an article speaks for the event it reports, small enough to be kept for each.

Five bags of keys, each key a CRC-32 of what it stands for, each with how often it occurs:

- entities: the names in it, whatever language they are written in;
- concepts: its words as English glosses, so that the three languages meet;
- words: its own terms (stems, pairs of characters), for articles of one language;
- han: pairs of Han characters in their folded form, which Chinese and Japanese share;
- numbers: figures, without separators.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
Weights = NDArray[np.float32]
_LONGEST = 512  # keys in a bag: those that occur most often
_HEAD = struct.Struct("<5H")


class Bag(NamedTuple):
    """Distinct keys and the weight of each, in one order."""

    keys: Keys
    weights: Weights


class Evidence(NamedTuple):
    """The evidence of one article."""

    entities: Bag
    concepts: Bag
    words: Bag
    han: Bag
    numbers: Bag


def bag(counts: Mapping[str, float]) -> Bag:
    """A bag of what was counted; a weight is `1 + ln(count)`, or the count itself below 1."""
    kept = sorted(counts.items(), key=lambda one: -one[1])[:_LONGEST]
    keys = np.array([crc32(key.encode("utf-8", "replace")) for key, _ in kept], np.uint32)
    many = np.array([count for _, count in kept], np.float32)
    weights = np.where(many >= 1, 1 + np.log(np.maximum(many, 1)), many).astype(np.float32)
    return Bag(keys, weights)


def packed(evidence: Evidence) -> bytes:
    """The evidence as bytes: sizes, then per bag its keys and its weights in halves."""
    sizes = _HEAD.pack(*(len(one.keys) for one in evidence))
    parts = (
        one.keys.astype("<u4").tobytes() + one.weights.astype("<f2").tobytes() for one in evidence
    )
    return sizes + b"".join(parts)


def unpacked(data: bytes) -> Evidence:
    """What `packed` made.

    Raises:
        ValueError: it is none of ours.
    """
    if len(data) < _HEAD.size:
        raise ValueError("no evidence")
    sizes = _HEAD.unpack_from(data)
    if len(data) != _HEAD.size + 6 * sum(sizes):
        raise ValueError("evidence of another length")
    bags, at = [], _HEAD.size
    for size in sizes:
        keys = np.frombuffer(data, "<u4", size, at).astype(np.uint32)
        weights = np.frombuffer(data, "<f2", size, at + 4 * size).astype(np.float32)
        bags.append(Bag(keys, weights))
        at += 6 * size
    return Evidence(*bags)
