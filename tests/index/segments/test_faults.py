"""Damage is noticed at once, and a failing disk costs nothing that was there."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from whoosh import columns, fields, query

from index.errors import IndexDamaged
from index.segments.files import Files
from index.segments.store import Segments
from tests.index.segments.words import found, schema


def document(number: int, body: str = "talk 台湾") -> dict[str, object]:
    return {"id": number, "title": "t", "body": body, "lang": "en"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    index = Segments.create(folder, schema())
    index.commit([document(number) for number in range(1, 30)], [])
    index.commit([document(number) for number in range(20, 50)], [])
    return folder


def _segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.seg"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _overwrite(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256 + 1))


def _overwrite_in_size(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip_near_the_end(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-20] ^= 0x40
    path.write_bytes(data)


DAMAGE = [_cut, _overwrite, _overwrite_in_size, _empty, _flip_near_the_end, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("which", ["segment", "manifest"])
def test_damaged_files_are_noticed_at_opening(
    folder: Path, which: str, damage: Callable[[Path], None]
) -> None:
    damage(_segments(folder)[0] if which == "segment" else folder / "manifest")
    with pytest.raises(IndexDamaged, match="rebuild"):
        Segments.open(folder, schema())


def test_segments_that_changed_places_are_noticed(folder: Path) -> None:
    one, other = _segments(folder)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    with pytest.raises(IndexDamaged):
        Segments.open(folder, schema())


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        Segments.open(tmp_path / "nowhere", schema())
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexDamaged):
        Segments.open(tmp_path / "file", schema())


def test_another_schema_or_version_is_noticed(folder: Path) -> None:
    other = fields.Schema(id=fields.COLUMN(columns.NumericColumn("q")))
    with pytest.raises(IndexDamaged, match="another version"):
        Segments.open(folder, other)
    with pytest.raises(IndexDamaged, match="another version"):
        Segments.open(folder, schema(), version="2")


def test_damage_inside_the_arrays_is_found_by_verifying(folder: Path) -> None:
    Segments.open(folder, schema()).verify()
    path = _segments(folder)[0]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match="damaged array"):
        Segments.open(folder, schema()).verify()


def test_a_damaged_index_is_made_anew_in_place(folder: Path) -> None:
    for path in folder.iterdir():
        _overwrite(path)
    index = Segments.create(folder, schema())
    index.commit([document(1)], [])
    assert sorted(found(Segments.open(folder, schema()).snapshot(), query.Every())) == [1]
    assert len(_segments(folder)) == 1


class _FullFile(RawIOBase):
    """A file on a disk on which only so many bytes are left."""

    def __init__(self, file: BinaryIO, disk: FullDisk) -> None:
        super().__init__()
        self._file = file
        self._disk = disk

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        if size > self._disk.left:
            self._file.write(memoryview(data).cast("B")[: self._disk.left])
            raise OSError(errno.ENOSPC, "No space left on device")
        self._disk.left -= size
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def close(self) -> None:
        self._file.close()
        super().close()


class FullDisk(Files):
    """The folder on a disk with `left` bytes; removing files frees nothing."""

    left = 1 << 40
    broken = False  # nor can files be removed

    def create(self, name: str) -> BinaryIO:
        return _FullFile(super().create(name), self)  # type: ignore[return-value]

    def remove(self, name: str) -> None:
        if not self.broken:
            super().remove(name)


def _bytes_of_a_commit(folder: Path) -> int:
    before = {path.name for path in folder.iterdir()}
    Segments.open(folder, schema()).commit([document(number) for number in range(60, 90)], [])
    new = [path for path in folder.iterdir() if path.name not in before]
    return sum(path.stat().st_size for path in new) + (folder / "manifest").stat().st_size


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.6, 0.9, 0.97])
@pytest.mark.parametrize("broken", [False, True])
def test_a_full_disk_leaves_the_old_state_and_the_next_commit_cleans_up(
    folder: Path, share: float, broken: bool
) -> None:
    size = _bytes_of_a_commit(folder)
    files = FullDisk(folder)
    index = Segments(files, schema())
    before = found(index.snapshot(), query.Term("body", "台湾"))
    files.left, files.broken = int(size * share), broken
    with pytest.raises(OSError, match="No space"):
        index.commit([document(number) for number in range(100, 130)], [1, 2])
    for reader in (index, Segments.open(folder, schema())):
        assert found(reader.snapshot(), query.Term("body", "台湾")) == before
    files.left, files.broken = 1 << 40, False
    index.commit([document(200)], [1])
    state = Segments.open(folder, schema()).snapshot()
    assert set(found(state, query.Every())) == ({*before} | {200}) - {1}
    names = {path.name for path in folder.iterdir()}
    wanted = {entry.file for entry in state.manifest.entries}
    assert names == wanted | {"manifest", "commit.lock"}


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_full_disk_while_merging_changes_nothing(folder: Path, share: float) -> None:
    index = Segments.open(folder, schema())
    for number in range(300, 312):
        index.commit([document(number)], [])
    before = found(index.snapshot(), query.Term("body", "talk"))
    copy = Segments.open(shutil.copytree(folder, folder.parent / "copy"), schema())
    assert copy.merge_step()
    size = min(entry.size for entry in copy.snapshot().manifest.entries)
    files = FullDisk(folder)
    files.left = int(size * share)
    with pytest.raises(OSError, match="No space"):
        Segments(files, schema()).merge_step()
    assert found(Segments.open(folder, schema()).snapshot(), query.Term("body", "talk")) == before
    assert not list(folder.glob("*.merge"))
    assert index.merge_step()
    assert sorted(found(index.snapshot(), query.Term("body", "talk"))) == sorted(before)


def test_a_document_that_cannot_be_analysed_stops_its_commit_alone(folder: Path) -> None:
    index = Segments.open(folder, schema())
    before = found(index.snapshot(), query.Every())
    with pytest.raises(AttributeError):
        index.commit([document(400), {"id": 401, "body": 5}], [])
    assert found(index.snapshot(), query.Every()) == before
    index.commit([document(400)], [])
    assert set(found(index.snapshot(), query.Every())) == {*before, 400}
