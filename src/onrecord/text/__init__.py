"""Text: offsets, paragraphs, quotation marks and name folding; no language model."""
