"""Review: a person checks, corrects and completes what was extracted, in a browser."""
