-- Derived: what merging knows of each report, so that a new one is compared with few.
CREATE TABLE merge_reports (
  report INTEGER PRIMARY KEY,       -- a row of reports
  agency TEXT,                      -- that the report credits
  voice INTEGER NOT NULL,           -- the report whose text it carries: itself where it carries its own
  copying TEXT,                     -- copy, cut or version of that report; NULL for itself
  copies TEXT NOT NULL,             -- JSON: rows of reports with which it was found to share its text
  signature BLOB NOT NULL,          -- MinHash signature: 128 numbers of 32 bits, little-endian
  sentences BLOB NOT NULL           -- a number of 64 bits for each long sentence
) STRICT;
CREATE INDEX merge_reports_voice ON merge_reports (voice);

-- Derived: what merging knows of each event claim.
CREATE TABLE merge_claims (
  claim INTEGER PRIMARY KEY,        -- a row of claims
  claim_id TEXT NOT NULL UNIQUE,
  report INTEGER NOT NULL,
  sketch TEXT NOT NULL,             -- JSON: what is compared of it
  keys BLOB NOT NULL,               -- the blocks that it is in, numbers of 64 bits
  ties BLOB NOT NULL                -- claims that may be of one happening: row (32 bits), score (float of 64), apart (8)
) STRICT;
CREATE INDEX merge_claims_report ON merge_claims (report);

-- Derived: blocks of claims that are compared with one another.
CREATE TABLE merge_blocks (
  key INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;
