"""Makes the modules of this folder (made_claims, copies) importable from its tests."""
