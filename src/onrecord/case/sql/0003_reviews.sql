-- What people said of claims. Rows are added, never changed: an undo is a row too.
CREATE TABLE reviews (
  review INTEGER PRIMARY KEY,
  review_id TEXT NOT NULL UNIQUE,
  claim INTEGER REFERENCES claims (claim),  -- the coded claim it was made on; NULL once its report is erased
  report INTEGER NOT NULL REFERENCES reports (report),
  reviewer TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'reject', 'comment', 'assign', 'undo', 'judge')),
  path TEXT,                        -- which value: event_type, actor[0].name, time.start …
  value TEXT,                       -- JSON of the new value (correct, judge), or the assignee
  why TEXT,
  undoes INTEGER REFERENCES reviews (review),
  round TEXT,                       -- the blind coding round that a judgement belongs to
  anchor TEXT,                      -- JSON: kind, field, span, trigger, holder; finds the claim again in another run
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;
CREATE INDEX reviews_claim ON reviews (claim);
CREATE INDEX reviews_report ON reviews (report);

-- People's decisions that claims are, or are not, accounts of one event.
CREATE TABLE merges (
  merge INTEGER PRIMARY KEY,
  merge_id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'undo')),
  reviewer TEXT NOT NULL,
  why TEXT,
  undoes INTEGER REFERENCES merges (merge),
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;
-- The claims that such a decision is about.
CREATE TABLE merge_members (
  merge INTEGER NOT NULL REFERENCES merges (merge),
  claim_id TEXT NOT NULL,
  PRIMARY KEY (merge, claim_id)
) STRICT, WITHOUT ROWID;

-- Tombstones: what was erased, by whom, for which reason.
CREATE TABLE erasures (
  erasure INTEGER PRIMARY KEY,
  report INTEGER NOT NULL UNIQUE REFERENCES reports (report),
  eraser TEXT NOT NULL,
  reason TEXT NOT NULL,
  claims INTEGER NOT NULL,          -- how many claims went with the text
  entry INTEGER NOT NULL REFERENCES entries (entry)
) STRICT;

-- Permission to change rows: holds one row while a report is being erased, and is empty at all other times.
CREATE TABLE erasing (report INTEGER PRIMARY KEY) STRICT;

-- Reviews that hold for the same claim as another run coded it.
CREATE TABLE carried (
  review INTEGER NOT NULL REFERENCES reviews (review),
  claim INTEGER NOT NULL REFERENCES claims (claim),
  entry INTEGER NOT NULL REFERENCES entries (entry),
  PRIMARY KEY (review, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_claim ON carried (claim);
