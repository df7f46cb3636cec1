-- One row. state grows with each change: the identity of what a snapshot sees.
CREATE TABLE repository (
  id BLOB NOT NULL,
  state INTEGER NOT NULL,
  publishing INTEGER NOT NULL
);

-- Numbered from 0, parents first; a parent that does not exist is -1. phase: 0 public, 1 draft,
-- 2 secret. What the index needs is here, so that it is loaded without reading a text.
CREATE TABLE changeset (
  number INTEGER PRIMARY KEY,
  node BLOB NOT NULL UNIQUE,
  parent1 INTEGER NOT NULL,
  parent2 INTEGER NOT NULL,
  phase INTEGER NOT NULL,
  hidden INTEGER NOT NULL,
  manifest BLOB NOT NULL,
  branch BLOB NOT NULL
);

-- The files that each changeset changed; node is null if it removed the file.
CREATE TABLE change (
  changeset INTEGER NOT NULL,
  path BLOB NOT NULL,
  node BLOB,
  PRIMARY KEY (changeset, path)
) WITHOUT ROWID;

-- Revisions of changesets ('c'), manifests ('m') and files ('f', with their path). link is the
-- number of the first changeset that introduced the revision.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  path BLOB NOT NULL,
  node BLOB NOT NULL,
  parent1 BLOB NOT NULL,
  parent2 BLOB NOT NULL,
  link INTEGER NOT NULL,
  size INTEGER NOT NULL,
  UNIQUE (kind, path, node)
);

-- The texts, in pieces: a text may be larger than memory.
CREATE TABLE piece (
  revision INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (revision, number)
) WITHOUT ROWID;

CREATE TABLE bookmark (
  name BLOB PRIMARY KEY,
  node BLOB NOT NULL
) WITHOUT ROWID;
