"""Rules for the whole project, and how its tests run: their cost, their selection, and mutation testing."""
