"""Share cards: what a site shows that links to a page here, drawn in the house's style.

Plain values go in and a PNG comes out. No words are made up here, and no clock, database or setting is asked.

Drawing takes 30 to 70 ms, but fonts and pixels would stay in a worker: 25 MB after twenty cards, 40 with a font for
Chinese. So a card is drawn in a process of its own (``process.drawn``), which takes 0.15 seconds and leaves nothing.
"""
