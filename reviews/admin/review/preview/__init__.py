"""Previews of a review at the desk, and its preview links. The page behind a link is in ``reviews.preview_page``."""
