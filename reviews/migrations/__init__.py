"""The migrations of every model. One that has been released is not edited."""
