"""Running the chapters: what a page depends on, when it runs again, and in what kernel."""
