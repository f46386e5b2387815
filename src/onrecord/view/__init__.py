"""View: tables, pages and exports of what a case holds; nothing here computes a claim."""
