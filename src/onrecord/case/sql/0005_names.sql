-- Names that the registry does not know, each spelling and country once; those with one key are one provisional actor.
CREATE TABLE names (
  named INTEGER PRIMARY KEY,
  name TEXT NOT NULL,               -- as written, without titles
  country TEXT,                     -- ISO 3166-1 alpha-3 and the like, as the mention has it
  key TEXT NOT NULL,                -- id of the provisional actor: p:sami-darwish:SYR
  folded TEXT NOT NULL,             -- the name as filters compare it
  identity TEXT NOT NULL UNIQUE     -- name and country as JSON
) STRICT;
CREATE INDEX names_key ON names (key);
-- Who is named by a value of a claim, or meant by its pronoun.
ALTER TABLE slots ADD COLUMN named INTEGER REFERENCES names (named);
CREATE INDEX slots_named ON slots (named, slot) WHERE named IS NOT NULL;
-- Who is named as a source, or meant by its pronoun.
ALTER TABLE quote_sources ADD COLUMN named INTEGER REFERENCES names (named);
CREATE INDEX quote_sources_named ON quote_sources (named) WHERE named IS NOT NULL;

-- Full text of the names and words of actors.
CREATE VIRTUAL TABLE actors_fts USING fts5 (
  folded, content = 'actors', content_rowid = 'actor', tokenize = 'unicode61 remove_diacritics 0'
);

-- What people decided of actors and places. Rows are added, never changed: an undo is a row too.
CREATE TABLE corrections (
  correction INTEGER PRIMARY KEY,
  correction_id TEXT NOT NULL UNIQUE,
  about TEXT NOT NULL CHECK (about IN ('actor', 'place')),
  action TEXT NOT NULL CHECK (action IN ('confirm', 'rename', 'merge', 'split', 'locate', 'undo')),
  members TEXT NOT NULL,            -- JSON: ids of the actors or places that are meant; [] once all their reports are erased
  value TEXT,                       -- JSON: name, country, sectors, group, lat, lon; or what is split off
  reviewer TEXT NOT NULL,
  why TEXT,
  undoes INTEGER REFERENCES corrections (correction),
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;

-- Indexes that the first cases of version 3 were made without, or with another meaning.
CREATE INDEX IF NOT EXISTS places_id ON places (place_id) WHERE place_id IS NOT NULL;
DROP INDEX claims_coding;
CREATE INDEX claims_coding ON claims (coding, ord);
CREATE INDEX actors_group ON actors (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX codings_latest ON codings (report, coding, entry);
CREATE INDEX actors_country ON actors (country) WHERE country IS NOT NULL;
-- Claims of long times are few; those of short ones are found by their first day.
CREATE INDEX claims_long ON claims (first_day, last_day) WHERE last_day - first_day > 31;
-- All that tells whether and in which order a claim at a place is shown, without its row.
DROP INDEX claims_place;
CREATE INDEX claims_place ON claims (place, status, first_day, coding, ord, entry, root) WHERE place IS NOT NULL;
