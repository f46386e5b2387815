-- A gazetteer file, shipped or the user's own.
-- place: lat and lon in degrees x 100,000; class and code as GeoNames has them (A P L H T S ...);
-- admin1 and admin2 are ids of places; ref is the full place id where the id is not GeoNames' own.
-- name: key is the loose key of a name, exact its exact key ("" where both are the same); main is 1
-- for the name the place goes by. meta: format; exact_hashes and loose_hashes are the
-- sorted CRC-32 of every key, as little-endian unsigned 32-bit numbers.
PRAGMA page_size = 4096;
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, class TEXT NOT NULL, code TEXT NOT NULL,
    lat INTEGER NOT NULL, lon INTEGER NOT NULL, admin1 INTEGER, admin2 INTEGER,
    population INTEGER NOT NULL, radius INTEGER, ref TEXT
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, exact TEXT NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (key, place, exact)
) WITHOUT ROWID;
