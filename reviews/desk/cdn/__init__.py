"""Asks a CDN in front of the site to drop pages that readers would now be shown otherwise (``CDN_PURGE_URL``)."""
