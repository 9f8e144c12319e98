"""The admin of reviews: its list, form, checklist, evidence and revisions. Saving, verbs and previews are packages."""
