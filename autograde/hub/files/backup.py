"""A backup of a study group's hub: one archive for each run, of the folders that are named.

Databases are copied by SQLite's own backup, which is whole although the hub writes meanwhile. Links are kept as links.
Runs with any Python 3.8 or newer and nothing else: ``backup.py --to FOLDER --keep 14 FOLDER...``.
"""

import argparse
import contextlib
import os
import pathlib
import sqlite3
import sys
import tarfile
import tempfile
import time

DATABASES = ("gradebook.db", "jupyterhub.sqlite", "ngshare.db")
BESIDE = ("-wal", "-shm", "-journal")
BEGIN = "worktest-"


def copied(database: pathlib.Path, folder: str) -> pathlib.Path:
    """A whole copy of a database, in ``folder``. Raises sqlite3.Error when it is damaged."""
    target = pathlib.Path(folder, database.name)
    target.unlink(missing_ok=True)
    source = f"{database.resolve().as_uri()}?mode=ro"
    one = sqlite3.connect(source, uri=True, timeout=60)
    other = sqlite3.connect(target)
    with contextlib.closing(one), contextlib.closing(other):
        one.backup(other)
        said = other.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise sqlite3.DatabaseError(said)
    return target


def back_up(folders: list, target: pathlib.Path, keep: int) -> pathlib.Path:
    """Write the archive into ``target``, and drop all but the newest ``keep``; gives its path."""
    os.umask(0o077)
    target.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    partial = target / f"{BEGIN}{stamp}.partial"
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(partial, "w:gz") as archive:

        def add(path: pathlib.Path) -> None:
            name = str(path).lstrip("/")
            if any(path.name == base + end for base in DATABASES for end in BESIDE):
                return
            if path.name in DATABASES and path.is_file() and not path.is_symlink():
                try:
                    about = archive.gettarinfo(str(path), name)
                    whole = copied(path, scratch)
                    about.size = whole.stat().st_size
                    with whole.open("rb") as file:
                        archive.addfile(about, file)
                    return
                except sqlite3.Error as error:
                    print(f"{path} is kept as it lies there: {error}", file=sys.stderr)
            try:
                archive.add(path, name, recursive=False)
                for one in sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else []:
                    add(one)
            except FileNotFoundError:
                pass  # somebody removed it meanwhile

        for folder in folders:
            add(pathlib.Path(os.path.abspath(folder)))
    done = partial.with_suffix(".tar.gz")
    partial.rename(done)
    for old in sorted(target.glob(f"{BEGIN}*.tar.gz"))[:-keep]:
        old.unlink()
    return done


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", required=True, type=pathlib.Path)
    parser.add_argument("--keep", type=int, default=14)
    parser.add_argument("folders", nargs="+")
    told = parser.parse_args()
    missing = [folder for folder in told.folders if not os.path.isdir(folder)]
    if missing:
        sys.exit(f"backup.py: there is no folder {', '.join(missing)}")
    print(back_up(told.folders, told.to, max(1, told.keep)))


if __name__ == "__main__":
    main()
