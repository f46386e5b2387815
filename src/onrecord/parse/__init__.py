"""Parse: sentences, tokens, tree and names (``syntax``), and the shared encoder (``encoder``)."""
