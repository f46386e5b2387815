-- Facts about the file itself.
CREATE TABLE case_info (
  key TEXT PRIMARY KEY,             -- case_id, created_at, created_by, published_from (of a published copy)
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The zlib dictionary that bodies and layers are compressed with, so that the file explains itself.
CREATE TABLE dictionaries (
  dictionary INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL               -- preset dictionary of raw deflate (wbits -15)
) STRICT;

-- The journal: one row for each thing that was ever recorded. Everything else points here for its moment.
CREATE TABLE entries (
  entry INTEGER PRIMARY KEY,        -- 1, 2, 3 … without gaps
  recorded_at TEXT NOT NULL UNIQUE, -- UTC, ISO 8601 with microseconds; always later than the entry before
  kind TEXT NOT NULL,               -- run, mark, report, coding, rejected, review, carried, merge, correction, erasure
  content BLOB NOT NULL,            -- SHA-256 of what was recorded
  chain BLOB NOT NULL               -- SHA-256 of the chain before, and of this row
) STRICT;

-- Words of closed lists, each with the number that other tables write in its place.
CREATE TABLE words (
  code INTEGER PRIMARY KEY,
  list TEXT NOT NULL,               -- kind, status, event_type, mood, basis, slot …
  word TEXT NOT NULL,
  UNIQUE (list, word)
) STRICT;

-- Publishers of reports.
CREATE TABLE outlets (
  outlet INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL              -- lower case, no accents, no punctuation: what filters compare
) STRICT;

-- Actors as grounding gave them, each combination once; unnamed ones by their words.
CREATE TABLE actors (
  actor INTEGER PRIMARY KEY,
  actor_id TEXT,                    -- id in the registry
  name TEXT,
  country TEXT,                     -- ISO 3166-1 alpha-3 or IGO, NGO, MNC, IMG, ISM
  sectors TEXT NOT NULL,            -- PLOVER sectors between spaces, the primary one first
  group_id TEXT,                    -- registry id of the organisation
  words TEXT,                       -- the description, where no name is known
  folded TEXT NOT NULL,             -- name or words, folded
  identity TEXT NOT NULL UNIQUE     -- all of the above as JSON
) STRICT;
CREATE INDEX actors_id ON actors (actor_id) WHERE actor_id IS NOT NULL;

-- Places as grounding gave them, each once; those not found by their words, without coordinates.
CREATE TABLE places (
  place INTEGER PRIMARY KEY,
  place_id TEXT,                    -- id in the gazetteer, with its name: geonames:…
  name TEXT,
  admin1 TEXT,
  admin2 TEXT,
  country TEXT,                     -- ISO 3166-1 alpha-3
  feature_class TEXT,
  lat REAL,                         -- WGS84 degrees
  lon REAL,
  words TEXT,                       -- the words, where the place was not found
  folded TEXT NOT NULL,             -- name, admin2, admin1 (or words), folded, between bars
  identity TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX places_id ON places (place_id) WHERE place_id IS NOT NULL;

-- What reports were coded with. Clock times are apart, in run_marks.
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  version TEXT NOT NULL,            -- of the program
  config_sha256 TEXT,
  details TEXT NOT NULL,            -- JSON: hashes of weights, data files, user registries
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;

-- When a run was started and ended on some machine.
CREATE TABLE run_marks (
  mark INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (run),
  word TEXT NOT NULL CHECK (word IN ('started', 'ended', 'interrupted')),
  details TEXT NOT NULL,            -- JSON: counts and the like
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;
CREATE INDEX run_marks_run ON run_marks (run);

-- Texts as published. Never changed; erased only with a tombstone.
CREATE TABLE reports (
  report INTEGER PRIMARY KEY,
  report_id TEXT NOT NULL UNIQUE,
  supplied_id TEXT,
  outlet INTEGER REFERENCES outlets (outlet),
  published TEXT,                   -- ISO 8601 as far as known
  retrieved TEXT,
  url TEXT,
  byline TEXT,
  language TEXT,                    -- ISO 639-1
  replaces TEXT,                    -- supplied id, URL or report_id of the report that this one corrects
  origin TEXT,                      -- file or feed it was read from
  media_type TEXT NOT NULL,
  meta TEXT NOT NULL,               -- JSON: columns that have no field of their own
  text_state TEXT NOT NULL CHECK (text_state IN ('kept', 'withheld', 'erased')),
  characters INTEGER NOT NULL,      -- length of the text in code points
  text_sha256 TEXT NOT NULL,        -- of the UTF-8 bytes of the text
  original_sha256 TEXT,
  entry INTEGER NOT NULL REFERENCES entries (entry),
  title TEXT,
  text TEXT                         -- NULL where it is withheld or erased
) STRICT;
CREATE INDEX reports_day ON reports (substr(published, 1, 10));
CREATE INDEX reports_outlet ON reports (outlet);
CREATE INDEX reports_supplied ON reports (supplied_id) WHERE supplied_id IS NOT NULL;
CREATE INDEX reports_replaces ON reports (replaces) WHERE replaces IS NOT NULL;

-- The bytes that reports were read from.
CREATE TABLE originals (
  report INTEGER PRIMARY KEY REFERENCES reports (report),
  form TEXT NOT NULL CHECK (form IN ('text', 'plain', 'deflate')), -- text: the UTF-8 bytes of reports.text
  bytes BLOB                        -- plain, or raw deflate without dictionary
) STRICT;

-- Input that could not become a report.
CREATE TABLE rejected_inputs (
  rejected INTEGER PRIMARY KEY,
  run INTEGER REFERENCES runs (run),
  origin TEXT NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL,
  original_sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,           -- size of the input
  entry INTEGER NOT NULL REFERENCES entries (entry),
  UNIQUE (run, origin, reason, original_sha256)
) STRICT;

-- One report coded by one run: every layer but the claims.
CREATE TABLE codings (
  coding INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES reports (report),
  run INTEGER NOT NULL REFERENCES runs (run),
  claims INTEGER NOT NULL,          -- how many were coded
  rejected INTEGER NOT NULL,        -- how many candidates were not
  entry INTEGER NOT NULL REFERENCES entries (entry),
  layers BLOB,                      -- compressed JSON; NULL once the report is erased
  UNIQUE (report, run)
) STRICT;
CREATE INDEX codings_run ON codings (run);

-- One proposition in one report by one holder. A review adds a row that revises an earlier one (root).
CREATE TABLE claims (
  claim INTEGER PRIMARY KEY,
  claim_id TEXT NOT NULL,
  coding INTEGER NOT NULL REFERENCES codings (coding),
  ord INTEGER NOT NULL,             -- place in the coding, rejected candidates last
  root INTEGER REFERENCES claims (claim),   -- the coded claim that this row revises; NULL for coded ones
  entry INTEGER NOT NULL REFERENCES entries (entry),
  review TEXT,                      -- accepted, corrected, rejected or reopened; NULL for coded ones
  kind INTEGER NOT NULL REFERENCES words (code),
  status INTEGER NOT NULL REFERENCES words (code),
  type INTEGER REFERENCES words (code),    -- event_type, measure, control_change or relation, by kind
  polarity INTEGER NOT NULL REFERENCES words (code),
  certainty INTEGER NOT NULL REFERENCES words (code),
  mood INTEGER NOT NULL REFERENCES words (code),
  tense INTEGER NOT NULL REFERENCES words (code),
  factuality REAL NOT NULL,         -- -3 (certainly did not happen) to +3 (certainly did)
  outlet_factuality REAL,
  confidence REAL,                  -- 0 to 1, the coder's own
  background INTEGER NOT NULL,      -- 1 where told as history
  attributed INTEGER NOT NULL,      -- how many sources stand in the chain
  field INTEGER NOT NULL,           -- 0: spans point into the text, 1: into the title
  start INTEGER NOT NULL,           -- first code point of the clause
  "end" INTEGER NOT NULL,           -- after its last code point
  first_day INTEGER,                -- days since 1970-01-01, both inclusive
  last_day INTEGER,
  granularity INTEGER REFERENCES words (code),
  place INTEGER REFERENCES places (place),
  "precision" INTEGER REFERENCES words (code),
  radius_m INTEGER,
  clause TEXT,                      -- the words, only where they cannot be re-read from reports.text
  body BLOB NOT NULL                -- compressed JSON of the whole claim
) STRICT;
CREATE INDEX claims_id ON claims (claim_id);
CREATE INDEX claims_coding ON claims (coding, ord);
CREATE INDEX claims_root ON claims (root) WHERE root IS NOT NULL;
CREATE INDEX claims_type ON claims (type, first_day);
CREATE INDEX claims_day ON claims (first_day, last_day) WHERE first_day IS NOT NULL;
CREATE INDEX claims_place ON claims (place) WHERE place IS NOT NULL;

-- Values of claims with the words they came from.
CREATE TABLE slots (
  claim INTEGER NOT NULL REFERENCES claims (claim),
  slot INTEGER NOT NULL REFERENCES words (code), -- trigger, actor, recipient, holder, subject, object, speaker …
  ord INTEGER NOT NULL,             -- for speakers: outermost first
  start INTEGER,                    -- code points; NULL where no words give the value
  "end" INTEGER,
  field INTEGER NOT NULL,
  basis INTEGER NOT NULL REFERENCES words (code),
  actor INTEGER REFERENCES actors (actor),
  words TEXT,                       -- only where they cannot be re-read from the span
  PRIMARY KEY (claim, slot, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX slots_actor ON slots (actor, slot) WHERE actor IS NOT NULL;

-- Values of closed lists that a claim may have several of: modes, contexts, cues, channels, forms, caveats, links.
CREATE TABLE claim_codes (
  claim INTEGER NOT NULL REFERENCES claims (claim),
  code INTEGER NOT NULL REFERENCES words (code),
  PRIMARY KEY (claim, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_codes_code ON claim_codes (code);

-- Counted quantities of claims; low and high inclusive, best NULL where the words give none.
CREATE TABLE figures (
  claim INTEGER NOT NULL REFERENCES claims (claim),
  ord INTEGER NOT NULL,
  measure INTEGER NOT NULL REFERENCES words (code),
  low REAL,
  best REAL,
  high REAL,
  bound INTEGER NOT NULL REFERENCES words (code),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (claim, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX figures_measure ON figures (measure, low);

-- Attributions: who is cited, by which words, for which words.
CREATE TABLE quotes (
  quote INTEGER PRIMARY KEY,
  coding INTEGER NOT NULL REFERENCES codings (coding),
  ord INTEGER NOT NULL,
  parent INTEGER,                   -- ord of the attribution whose content holds this one
  form INTEGER NOT NULL REFERENCES words (code),
  naming INTEGER NOT NULL REFERENCES words (code),
  cue INTEGER REFERENCES words (code),     -- class of the cue
  cue_start INTEGER,
  cue_end INTEGER,
  channel INTEGER REFERENCES words (code), -- class of the channel
  continued INTEGER NOT NULL,
  start INTEGER NOT NULL,           -- hull of the content
  "end" INTEGER NOT NULL,
  excerpt TEXT,                     -- the content, only where it cannot be re-read from reports.text
  UNIQUE (coding, ord)
) STRICT;

-- The sources of attributions.
CREATE TABLE quote_sources (
  quote INTEGER NOT NULL REFERENCES quotes (quote),
  ord INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors (actor),
  start INTEGER,
  "end" INTEGER,
  basis INTEGER NOT NULL REFERENCES words (code),
  words TEXT,
  PRIMARY KEY (quote, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_sources_actor ON quote_sources (actor);
