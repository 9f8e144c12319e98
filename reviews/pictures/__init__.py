"""Files of pictures: where they are kept, the sizes in which they are shown, and how these are made."""
