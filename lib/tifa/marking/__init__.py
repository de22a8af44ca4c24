"""Marking: the article's sentences, tokens, dates, places and people."""
