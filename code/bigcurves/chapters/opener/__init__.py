"""The opener: the question, and one curve against coins."""
