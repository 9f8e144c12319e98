"""What the browser tests share: Chromium, its profiles, axe, the keyboard, and the sweep over all pages."""
