-- Figures are asked for by the size that they are taken for, which is the best bound where one is given.
DROP INDEX IF EXISTS figures_measure;
CREATE INDEX IF NOT EXISTS figures_size ON figures (measure, coalesce(best, low));
