-- Claims in words, each row a coded claim or a revision; current ones have superseded = 0.
CREATE VIEW v_claims AS
SELECT c.claim_id, r.report_id, run.run_id, w_kind.word AS kind, w_status.word AS status, w_type.word AS type,
  (SELECT group_concat(w.word, ' ') FROM claim_codes x JOIN words w USING (code) WHERE x.claim = c.claim AND w.list = 'mode') AS modes,
  w_polarity.word AS polarity, w_certainty.word AS certainty, w_mood.word AS mood, w_tense.word AS tense,
  c.factuality, c.outlet_factuality, c.confidence, o.name AS outlet, r.published, cw.words AS text,
  (SELECT group_concat(words, '; ') FROM v_slots s WHERE s.claim = c.claim AND s.slot IN ('actor', 'holder', 'subject')) AS actor,
  (SELECT group_concat(words, '; ') FROM v_slots s WHERE s.claim = c.claim AND s.slot IN ('recipient', 'object')) AS recipient,
  (SELECT group_concat(coalesce(name, words), ' > ') FROM v_slots s WHERE s.claim = c.claim AND s.slot = 'speaker') AS speakers,
  coalesce(p.name, p.words) AS place, p.admin1, p.country, p.lat, p.lon, w_precision.word AS precision, c.radius_m,
  date(c.first_day * 86400, 'unixepoch') AS first_day, date(c.last_day * 86400, 'unixepoch') AS last_day,
  c.start, c."end", CASE c.field WHEN 0 THEN 'text' ELSE 'title' END AS field, c.review, e.recorded_at,
  EXISTS (SELECT 1 FROM claims v WHERE v.root = coalesce(c.root, c.claim) AND v.claim > c.claim)
    OR EXISTS (SELECT 1 FROM codings n WHERE n.report = k.report AND n.coding > k.coding) AS superseded
FROM claims c
JOIN codings k USING (coding) JOIN reports r USING (report) JOIN runs run USING (run)
JOIN entries e ON e.entry = c.entry JOIN claim_words cw ON cw.claim = c.claim
LEFT JOIN outlets o ON o.outlet = r.outlet LEFT JOIN places p ON p.place = c.place
JOIN words w_kind ON w_kind.code = c.kind JOIN words w_status ON w_status.code = c.status
LEFT JOIN words w_type ON w_type.code = c.type JOIN words w_polarity ON w_polarity.code = c.polarity
JOIN words w_certainty ON w_certainty.code = c.certainty JOIN words w_mood ON w_mood.code = c.mood
JOIN words w_tense ON w_tense.code = c.tense LEFT JOIN words w_precision ON w_precision.code = c."precision";

-- Values of claims in words.
CREATE VIEW v_slots AS
SELECT s.claim, c.claim_id, w.word AS slot, s.ord,
  coalesce(s.words, substr(CASE s.field WHEN 0 THEN r.text ELSE r.title END, s.start + 1, s."end" - s.start)) AS words,
  s.start, s."end", b.word AS basis, a.actor_id, a.name, a.country, trim(a.sectors) AS sectors
FROM slots s JOIN claims c ON c.claim = s.claim JOIN codings k USING (coding) JOIN reports r USING (report)
JOIN words w ON w.code = s.slot JOIN words b ON b.code = s.basis LEFT JOIN actors a ON a.actor = s.actor;

-- Figures of claims in words.
CREATE VIEW v_figures AS
SELECT c.claim_id, f.ord, m.word AS measure, f.low, f.best, f.high, b.word AS bound, f.start, f."end"
FROM figures f JOIN claims c USING (claim) JOIN words m ON m.code = f.measure JOIN words b ON b.code = f.bound;

-- Attributions in words.
CREATE VIEW v_quotes AS
SELECT r.report_id, run.run_id, q.ord, qw.words AS text,
  (SELECT group_concat(coalesce(a.name, s.words, substr(r.text, s.start + 1, s."end" - s.start)), '; ')
   FROM quote_sources s JOIN actors a USING (actor) WHERE s.quote = q.quote) AS speaker,
  substr(r.text, q.cue_start + 1, q.cue_end - q.cue_start) AS cue_text, cue.word AS cue, form.word AS form,
  naming.word AS naming, channel.word AS channel, q.continued, q.parent, o.name AS outlet, r.published,
  q.start, q."end", e.recorded_at,
  EXISTS (SELECT 1 FROM codings n WHERE n.report = k.report AND n.coding > k.coding) AS superseded
FROM quotes q JOIN codings k USING (coding) JOIN reports r USING (report) JOIN runs run USING (run)
JOIN entries e ON e.entry = k.entry JOIN quote_words qw ON qw.quote = q.quote
JOIN words form ON form.code = q.form JOIN words naming ON naming.code = q.naming
LEFT JOIN words cue ON cue.code = q.cue LEFT JOIN words channel ON channel.code = q.channel
LEFT JOIN outlets o ON o.outlet = r.outlet;

-- Reports in words, with their tombstones.
CREATE VIEW v_reports AS
SELECT r.report_id, r.supplied_id, o.name AS outlet, r.published, r.title, r.url, r.byline, r.language, r.replaces,
  r.text_state, r.characters, r.text_sha256, r.original_sha256, e.recorded_at, x.reason AS erased_because,
  (SELECT count(*) FROM codings k WHERE k.report = r.report) AS codings, r.text
FROM reports r JOIN entries e ON e.entry = r.entry
LEFT JOIN outlets o ON o.outlet = r.outlet LEFT JOIN erasures x ON x.report = r.report;
