"""An invented archive of any size, for trying the site at scale. Nobody and nothing in it exists."""
