"""Saving a review: autosave, and the merge of two people's saves. Other nouns are saved by ``parts.saving``."""
