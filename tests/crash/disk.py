"""A disk that loses its power: what may be on it after a cut, for every instant of a sequence of calls.

Recorded is what really happens to a folder on a real file system; modelled is what of it lasts. Only a file's `fsync`
makes its bytes last, and only a folder's `fsync` the names in it; everything else may be on the disk or not, in any
combination. Some file systems keep more; none that is worth its name keeps less.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

Name = tuple[Path, str]
"""A folder, and a name in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A name that was given or taken away: which file or folder it stands for now, None for nothing."""

    name: Name
    target: int | None


@dataclass
class Disk:
    """What lasts, and what may."""

    lasting: dict[Name, int] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)
    synced: dict[int, bytes] = field(default_factory=dict)
    """The bytes of each file that its `fsync` has brought to the disk."""
    written: dict[int, bytes] = field(default_factory=dict)
    made: set[Path] = field(default_factory=set)
    """The folders that were not there at first."""

    def sync_folder(self, folder: Path) -> None:
        """The names in it last from now on."""
        for change in self.pending:
            if change.name[0] == folder:
                _apply(self.lasting, change)
        self.pending = [change for change in self.pending if change.name[0] != folder]

    def after_a_cut(self) -> Iterator[dict[Name, bytes | None]]:
        """Every state that a cut may leave: the content behind each name that is there, None for a folder."""
        files = sorted({*self.lasting.values(), *(c.target for c in self.pending if c.target is not None)})
        contents = [_contents(self.synced.get(file), self.written.get(file)) for file in files]
        for kept in itertools.product((False, True), repeat=len(self.pending)):
            names = dict(self.lasting)
            for change in itertools.compress(self.pending, kept):
                _apply(names, change)
            for chosen in itertools.product(*contents):
                content = dict(zip(files, chosen, strict=True))
                yield {name: content[file] for name, file in names.items() if self._is_reachable(name[0], names)}

    def _is_reachable(self, folder: Path, names: dict[Name, int]) -> bool:
        """Whether every folder on the way that was made meanwhile is there."""
        while folder in self.made:
            if (folder.parent, folder.name) not in names:
                return False
            folder = folder.parent
        return True


def _apply(names: dict[Name, int], change: Change) -> None:
    if change.target is None:
        names.pop(change.name, None)
    else:
        names[change.name] = change.target


def _contents(synced: bytes | None, written: bytes | None) -> list[bytes | None]:
    """What a file may hold: once it was synced, that; else nothing, a part, or all of it. A folder holds nothing."""
    if synced is not None:
        return [synced]
    return [None] if written is None else [b"", written[: len(written) // 2], written]


@dataclass
class Recorder:
    """Follows the calls that change a folder, and shows the disk after each of them."""

    after_each: Callable[[Disk], None]
    disk: Disk = field(default_factory=Disk)
    skip_fsync: Callable[[Path], bool] = lambda _path: False
    """Which calls of `fsync` the disk does not get to see; to show that the model notices."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Follow everything until the end of the block."""
        real_mkstemp = tempfile.mkstemp

        def mkstemp(*arguments: Any, **options: Any) -> tuple[int, str]:
            number, name = real_mkstemp(*arguments, **options)
            self._named(Path(name), os.fstat(number).st_ino)
            self.disk.written[os.fstat(number).st_ino] = b""
            self.after_each(self.disk)
            return number, name

        patches = [
            mock.patch("os.fsync", self._following(os.fsync, self._fsync)),
            mock.patch("os.link", self._following(os.link, self._link)),
            mock.patch("os.mkdir", self._following(os.mkdir, self._mkdir)),
            mock.patch("os.unlink", self._following(os.unlink, self._unlink)),
            mock.patch("tempfile.mkstemp", mkstemp),
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()

    def _following(self, call: Callable[..., Any], follow: Callable[..., None]) -> Callable[..., Any]:
        def followed(*arguments: Any, **options: Any) -> Any:
            answer = call(*arguments, **options)
            follow(*arguments)
            self.after_each(self.disk)
            return answer

        return followed

    def _fsync(self, number: int) -> None:
        path = Path(f"/proc/self/fd/{number}").readlink()
        if path.is_dir():
            if not self.skip_fsync(path):
                self.disk.sync_folder(path)
            return
        inode, content = os.fstat(number).st_ino, path.read_bytes()
        self.disk.written[inode] = content
        if not self.skip_fsync(path):
            self.disk.synced[inode] = content

    def _link(self, source: Path, target: Path) -> None:
        inode = Path(target).stat().st_ino
        self.disk.written[inode] = Path(source).read_bytes()
        self._named(Path(target), inode)

    def _mkdir(self, path: Path, *_mode: int) -> None:
        self.disk.made.add(Path(path))
        self._named(Path(path), Path(path).stat().st_ino)

    def _unlink(self, path: Path) -> None:
        self.disk.pending.append(Change((Path(path).parent, Path(path).name), None))

    def _named(self, path: Path, inode: int) -> None:
        self.disk.pending.append(Change((path.parent, path.name), inode))
