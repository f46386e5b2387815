-- Derived: what `events` and its companions were computed from. They are views of the claims, never the truth; they can be emptied at any time and are computed again at the next question.
CREATE TABLE events_state (
  key TEXT PRIMARY KEY,             -- entry: the journal entry up to which claims are merged; rules: hash of what they are merged by
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived: claims judged to be accounts of one happening.
CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,    -- a hash of the earliest claim
  happened INTEGER NOT NULL,        -- 1 where an account asserts it
  denied INTEGER NOT NULL,          -- how many accounts deny it
  possible INTEGER NOT NULL,        -- how many other events may be the same
  claims INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  accounts INTEGER NOT NULL,        -- independent accounts that assert it
  voices INTEGER NOT NULL,          -- texts that carry it, copies counted once
  factuality REAL NOT NULL,         -- of the best standing account
  first_published TEXT,
  last_published TEXT
) STRICT;

-- Derived: the values of each event under one aggregation or several that agree.
CREATE TABLE event_values (
  event INTEGER NOT NULL,
  rules INTEGER NOT NULL,           -- sum of 1 (conservative), 2 (informative), 4 (representative)
  type TEXT,
  modes TEXT NOT NULL,              -- between spaces, as are contexts
  contexts TEXT NOT NULL,
  first_day INTEGER,                -- days since 1970-01-01, both inclusive
  last_day INTEGER,
  place INTEGER,                    -- a row of places
  "precision" TEXT,
  disagreement REAL NOT NULL,       -- share of the fields in which accounts differ
  body BLOB NOT NULL,               -- compressed JSON of the row as it is shown
  PRIMARY KEY (event, rules)
) STRICT;
CREATE INDEX event_values_day ON event_values (first_day, last_day);

-- Derived: figures of events.
CREATE TABLE event_figures (
  event INTEGER NOT NULL,
  rules INTEGER NOT NULL,
  measure TEXT NOT NULL,
  low REAL,
  best REAL,
  high REAL,
  PRIMARY KEY (event, rules, measure)
) STRICT, WITHOUT ROWID;

-- Derived: the event of each event claim.
CREATE TABLE event_claims (
  claim INTEGER PRIMARY KEY,        -- a row of claims
  event INTEGER NOT NULL
) STRICT;
CREATE INDEX event_claims_event ON event_claims (event);
