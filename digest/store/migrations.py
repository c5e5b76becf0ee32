"""The shape of the database, version by version.

`PRAGMA user_version` says which steps a file has had. Each further step runs in one transaction,
and a copy of the file is made before the first.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from digest.errors import LibraryNewer
from digest.store import snapshot
from digest.store.database import connect, errors_translated

APPLICATION_ID = 0x544A4447  # "TJDG"
LAYOUTS_KEPT = 3

FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE feeds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  location TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  content_hash TEXT NOT NULL DEFAULT '',
  checked INTEGER,
  succeeded INTEGER,
  next_check INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  gone INTEGER NOT NULL DEFAULT 0,
  moving TEXT NOT NULL DEFAULT '',
  moves INTEGER NOT NULL DEFAULT 0
);

-- Where articles come from: a feed's name, or the publication of what a person added.
CREATE TABLE outlets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feed_id INTEGER REFERENCES feeds (id),
  name TEXT NOT NULL,
  host TEXT NOT NULL
);
CREATE UNIQUE INDEX outlets_identity ON outlets (coalesce(feed_id, 0), name, host);

-- Content: nothing in these three tables is changed by what a person does.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL,
  outlet_id INTEGER NOT NULL REFERENCES outlets (id),
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  lang TEXT NOT NULL,
  published INTEGER,
  modified INTEGER,
  fetched INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text_hash BLOB NOT NULL,
  partial INTEGER NOT NULL DEFAULT 0,
  copy_of INTEGER REFERENCES articles (id),
  deleted INTEGER
);
CREATE INDEX articles_at ON articles (at, id) WHERE deleted IS NULL;
CREATE INDEX articles_outlet ON articles (outlet_id, at) WHERE deleted IS NULL;
CREATE INDEX articles_hash ON articles (text_hash);
CREATE INDEX articles_copies ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX articles_deleted ON articles (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE contents (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  blocks BLOB NOT NULL
);
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  fetched INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  blocks BLOB NOT NULL
);
CREATE INDEX revisions_article ON revisions (article_id);
CREATE TABLE sources (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  type TEXT NOT NULL,
  fetched INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX sources_fetched ON sources (fetched);

-- Every address and feed id that was ever an article; kept when the article is deleted.
CREATE TABLE known (
  key TEXT PRIMARY KEY,
  article_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX known_article ON known (article_id);

-- What a person did.
CREATE TABLE reads (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  at INTEGER NOT NULL
);
CREATE TABLE stars (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  at INTEGER NOT NULL
);
CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
);
CREATE TABLE article_tags (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags (tag_id, article_id);
CREATE TABLE notes (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  updated INTEGER NOT NULL
);
CREATE TABLE highlights (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  quote TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  comment TEXT NOT NULL,
  paragraph INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX highlights_article ON highlights (article_id);
CREATE TABLE corrections (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (article_id, field)
) WITHOUT ROWID;
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  label TEXT NOT NULL,
  merge_key TEXT NOT NULL DEFAULT '',
  undone INTEGER NOT NULL DEFAULT 0,
  changes BLOB NOT NULL
);

-- What the index has still to learn, written with the change itself.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL
);
"""

ENTITIES = """
-- Whom and what articles name. Derived from their texts and the names, and marked with them;
-- `place` is that of the first mention in the text, -1 in the title.
CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
);
CREATE TABLE article_entities (
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  count INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (article_id, entity_id)
) WITHOUT ROWID;
CREATE INDEX article_entities_entity ON article_entities (entity_id, article_id);

-- Articles that have to be marked (again).
CREATE TABLE unmarked (article_id INTEGER PRIMARY KEY);
INSERT INTO unmarked (article_id) SELECT id FROM articles;
"""

PAGE_RETRIES = """
-- Pages that could not be read: tried again when due, given up where that is NULL.
CREATE TABLE page_retries (
  key TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  guid TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  published INTEGER,
  updated INTEGER,
  lang TEXT NOT NULL,
  outlet TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due INTEGER,
  failed INTEGER NOT NULL,
  error TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_retries_due ON page_retries (feed_id, due) WHERE due IS NOT NULL;
CREATE INDEX page_retries_entry ON page_retries (feed_id || ':' || guid);
"""

NEAR_COPIES = """
-- A few numbers of each article by its day, where others with the same text are found, and the
-- same numbers by article (32-bit little-endian), to take them away by.
CREATE TABLE passages (
  day INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY (day, hash, article_id)
) WITHOUT ROWID;
CREATE TABLE sketches (
  article_id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  hashes BLOB NOT NULL
);
"""

VITALS = """
-- What the last answers of a feed showed of its health (`digest.store.vitals`).
ALTER TABLE feeds ADD COLUMN vitals TEXT NOT NULL DEFAULT '';
"""

STORIES = """
-- Which articles report one event. The program joins stories that turn out to be one, never those
-- that a person has joined or parted; the younger one's number then leads to the elder.
CREATE TABLE stories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created INTEGER NOT NULL,
  by_hand INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER REFERENCES stories (id)
);
ALTER TABLE articles ADD COLUMN story_id INTEGER REFERENCES stories (id);
CREATE INDEX articles_story ON articles (story_id) WHERE story_id IS NOT NULL;
CREATE INDEX articles_storyless ON articles (id) WHERE story_id IS NULL AND deleted IS NULL;

-- What of recent articles speaks for their event; derived from their texts.
CREATE TABLE story_evidence (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  evidence BLOB NOT NULL
);
"""

RELEVANCE = """
-- How much each article is on topic; and since when one is hidden because it is not (it then has
-- the same time in `deleted`).
CREATE TABLE relevance (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  score REAL NOT NULL,
  why TEXT NOT NULL
);
ALTER TABLE articles ADD COLUMN offtopic INTEGER;
CREATE INDEX articles_offtopic ON articles (offtopic) WHERE offtopic IS NOT NULL;
INSERT OR IGNORE INTO unmarked (article_id) SELECT id FROM articles;
"""

FRESH = """
-- Articles on which no rule has acted yet.
CREATE TABLE fresh (article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE);
"""

PARTICULARS = """
-- The part of the publication and the lead picture, and what the page alone gives as its title
-- ("" for not known), by which a headline that was changed is noticed.
ALTER TABLE articles ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN image TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN headline TEXT NOT NULL DEFAULT '';
"""

SITE_LINES = """
-- Lines that repeat across the articles of a site (a host, else a feed), counted as articles come
-- in (`digest.boilerplate`). `first` and `last` are the site's number of articles when the line was
-- seen first and last; `ids` are the first articles that have it (32-bit little-endian); `text` is
-- kept once it is hidden.
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  articles INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE site_lines (
  site_id INTEGER NOT NULL REFERENCES sites (id),
  hash INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  level INTEGER NOT NULL DEFAULT 0,
  form INTEGER NOT NULL,
  ids BLOB NOT NULL DEFAULT x'',
  text TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (site_id, hash)
) WITHOUT ROWID;

-- Articles whose lines are to be counted, or looked at again where they were.
CREATE TABLE unlined (article_id INTEGER PRIMARY KEY);
INSERT INTO unlined (article_id) SELECT id FROM articles;

-- Which blocks are not shown: their indexes and where they stand in `text`, as JSON, "" for none.
ALTER TABLE contents ADD COLUMN hidden TEXT NOT NULL DEFAULT '';
ALTER TABLE contents ADD COLUMN lined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN boilerplate INTEGER NOT NULL DEFAULT 1;
"""

STEPS: tuple[str, ...] = (
    FIRST,
    ENTITIES,
    PAGE_RETRIES,
    NEAR_COPIES,
    VITALS,
    STORIES,
    RELEVANCE,
    FRESH,
    PARTICULARS,
    SITE_LINES,
)


def version_of(db: sqlite3.Connection) -> int:
    """How many steps the file has had."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(path: Path, steps: tuple[str, ...] = STEPS, *, keep: bool = True) -> None:
    """Bring the file at `path` up to the newest version; make it when it is not there.

    With `keep`, a copy of it as it was is put into the folder `backups` first; the last three such
    copies stay.

    Raises:
        LibraryNewer: a newer version wrote it; it is left as it is.
        LibraryError: it cannot be opened, copied or written.
    """
    _refuse_newer(path, len(steps))
    with errors_translated(path), closing(connect(path)) as db:
        if keep and 0 < (version := version_of(db)) < len(steps):
            _keep_layout(db, path.parent / "backups", version)
        while (version := version_of(db)) < len(steps):
            _step(db, version, steps[version])


def _refuse_newer(path: Path, newest: int) -> None:
    """Look at the version through a connection that cannot write, not even a journal mode.

    Where no write-ahead log lies beside the file it is read as it stands: SQLite would leave an
    empty one behind.
    """
    if not path.exists():
        return
    mode = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
    with (
        errors_translated(path),
        closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)) as db,
    ):
        version = version_of(db)
    if version > newest:
        raise LibraryNewer(
            f"{path} was written by a newer version of this program (layout {version}, "
            f"this one knows {newest}); update the program. The library was left untouched."
        )


def _step(db: sqlite3.Connection, version: int, script: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if version_of(db) == version:  # nobody else was quicker
            for statement in _statements(script):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have taken it back by itself
            db.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit on its own."""
    found, pending = [], ""
    for piece in script.split(";")[:-1]:
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def _keep_layout(db: sqlite3.Connection, folder: Path, version: int) -> None:
    target = folder / f"layout-{version:02d}.db"
    if target.exists():
        return
    snapshot.copy(db, target)
    for old in sorted(folder.glob("layout-??.db"))[:-LAYOUTS_KEPT]:
        old.unlink(missing_ok=True)
