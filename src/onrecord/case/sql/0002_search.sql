-- The words of each claim's clause, for search.
CREATE VIEW claim_words AS
SELECT c.claim, coalesce(c.clause, substr(CASE c.field WHEN 0 THEN r.text ELSE r.title END, c.start + 1, c."end" - c.start)) AS words
FROM claims c JOIN codings k USING (coding) JOIN reports r USING (report);

-- The words of each attribution's content, for search.
CREATE VIEW quote_words AS
SELECT q.quote, coalesce(q.excerpt, substr(r.text, q.start + 1, q."end" - q.start)) AS words
FROM quotes q JOIN codings k USING (coding) JOIN reports r USING (report);

-- Full text of titles and texts.
CREATE VIRTUAL TABLE reports_fts USING fts5 (
  title, text, content = 'reports', content_rowid = 'report', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Full text of what sources are quoted with.
CREATE VIRTUAL TABLE quotes_fts USING fts5 (
  words, content = 'quote_words', content_rowid = 'quote', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Full text of the clauses that claims were coded from.
CREATE VIRTUAL TABLE claims_fts USING fts5 (
  words, content = 'claim_words', content_rowid = 'claim', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Coordinates of places.
CREATE VIRTUAL TABLE places_at USING rtree (place, south, north, west, east);
