"""Code: who did what to whom, how many, who holds what, and how sure."""
