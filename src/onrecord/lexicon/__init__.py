"""Knowledge: loads and checks the files under ``data/`` into frozen tables."""
