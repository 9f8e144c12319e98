"""The colours of drawings. Ink on ground has a contrast of at least 4.5 : 1, because titles and initials are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """``figure`` and ``shade`` are drawn on ``ground``; ``accent`` is for the part that differs."""

    ground: str
    ink: str
    figure: str
    shade: str
    accent: str


PALETTES = (
    Palette("#f3e4c8", "#1b1a1d", "#1b1a1d", "#dcc59a", "#e0431f"),
    Palette("#14304c", "#f6f1e6", "#f6f1e6", "#295a85", "#ffb61a"),
    Palette("#e8603a", "#17151a", "#17151a", "#f4a878", "#fff4da"),
    Palette("#0e4738", "#efe9d8", "#efe9d8", "#1c775c", "#ff7d6b"),
    Palette("#f2eef6", "#33275a", "#33275a", "#b8a8dc", "#e4304d"),
    Palette("#1b1b20", "#eceae4", "#eceae4", "#4b4b57", "#f0cb46"),
    Palette("#f3bcc6", "#5c0d24", "#8d1b3b", "#df8196", "#12406f"),
    Palette("#c8e0e4", "#0c3644", "#0c3644", "#77aeb9", "#f0592f"),
    Palette("#f5c94b", "#1d1b16", "#1d1b16", "#d89b1e", "#c22f2f"),
    Palette("#5a1220", "#f8e9dc", "#f8e9dc", "#8d2a3a", "#f2b544"),
)
