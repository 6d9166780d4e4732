-- Version 3: feeds that are remembered, so that what they offer can be listed.
CREATE TABLE feeds (
  key INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  added INTEGER NOT NULL
) STRICT;
