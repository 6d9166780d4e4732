-- The library of pullquote, version 1. docs/library.md says what is kept and why.

PRAGMA application_id = 0x70715154; -- "pqQT"

-- Every text that an article has had. Older ones stay: they are what was marked.
CREATE TABLE texts (
  key INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  raw BLOB -- the source as it came, compressed
) STRICT;

CREATE TABLE articles (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, -- 16 hexadecimal digits
  source TEXT NOT NULL, -- as given
  place TEXT, -- absolute path or URL; none for a stream
  title TEXT,
  authors TEXT NOT NULL, -- JSON
  publisher TEXT,
  published TEXT, -- as the article says
  language TEXT,
  retrieved INTEGER, -- moments are milliseconds since 1970
  text INTEGER NOT NULL REFERENCES texts (key),
  size INTEGER NOT NULL, -- of the text in bytes
  added INTEGER NOT NULL,
  opened INTEGER,
  trashed INTEGER,
  position INTEGER, -- of the reader, in bytes of the text
  view TEXT, -- what the reader had set: JSON
  about TEXT NOT NULL, -- what the reader says of it: JSON
  day TEXT, -- when it was written, as the reader or else the article says
  tags TEXT NOT NULL, -- JSON
  quotes INTEGER NOT NULL DEFAULT 0,
  marks INTEGER NOT NULL DEFAULT 0,
  unreviewed INTEGER NOT NULL DEFAULT 0,
  lost INTEGER NOT NULL DEFAULT 0,
  indexed INTEGER, -- the text that the search knows
  proposed TEXT -- tells the stored proposals apart from others
) STRICT;
CREATE INDEX articles_place ON articles (place);
CREATE INDEX articles_text ON articles (text);

-- Places are those of the article's present text.
CREATE TABLE annotations (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
  id BLOB NOT NULL,
  start_byte INTEGER NOT NULL,
  end_byte INTEGER NOT NULL,
  start_point INTEGER NOT NULL,
  end_point INTEGER NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  entity BLOB, -- whom it mentions or who says it
  speaker TEXT, -- the name beside a quote
  value TEXT, -- of a time
  review TEXT NOT NULL,
  touched INTEGER NOT NULL, -- whether a reader made, reviewed or changed it
  tags TEXT, -- JSON; none where there are none
  note TEXT,
  data TEXT, -- all of it: JSON; none for a mention that is only proposed
  UNIQUE (article, id)
) STRICT;
CREATE INDEX annotations_quotes ON annotations (article) WHERE kind = 'quote' AND review <> 'rejected';
CREATE INDEX annotations_times ON annotations (article) WHERE kind = 'time' AND review <> 'rejected';
CREATE INDEX annotations_touched ON annotations (article) WHERE touched = 1;
CREATE INDEX annotations_tags ON annotations (article) WHERE tags IS NOT NULL;
CREATE INDEX annotations_entity ON annotations (article, entity, kind) WHERE entity IS NOT NULL;

CREATE TABLE entities (
  article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
  key BLOB NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  aliases TEXT NOT NULL, -- JSON
  kept INTEGER NOT NULL, -- whether a step made, changed or needs it
  gone INTEGER NOT NULL, -- whether it is deleted or merged away
  data TEXT NOT NULL, -- all of it: JSON
  PRIMARY KEY (article, key)
) STRICT, WITHOUT ROWID;

-- What was done, in the order in which it was written down, by whichever process.
CREATE TABLE events (
  article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('do', 'undo', 'redo')),
  step INTEGER NOT NULL, -- the seq of the step that is done, taken back or done again
  text INTEGER NOT NULL REFERENCES texts (key), -- whose places it has
  name TEXT NOT NULL,
  data TEXT, -- the step, before and after: JSON; none for undo and redo
  PRIMARY KEY (article, seq)
) STRICT;

CREATE VIRTUAL TABLE search_articles USING fts5 (
  title, text, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
-- Rows are those of `annotations`.
CREATE VIRTUAL TABLE search_quotes USING fts5 (
  words, speaker, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
-- Rows are those of `annotations`; below zero, those of `articles`.
CREATE VIRTUAL TABLE search_notes USING fts5 (
  note, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
