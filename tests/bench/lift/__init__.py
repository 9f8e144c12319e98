"""A lift under load: nobody sees a review early, and everybody sees it within a second."""
