"""Makes the modules of this folder (strategies) importable from every test."""
