"""Data, not model: families of learners on scrambled and on sparse data."""
