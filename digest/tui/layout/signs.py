"""The signs that rows are drawn with.

Each has an unambiguous width of one column (East Asian Width N or Na), so that rows align in
terminals set up for Chinese or Japanese too; box drawing, the bullet and the ellipsis do not.
"""

from __future__ import annotations

UNREAD = "◉"
STAR = "✦"
NOTE = "✎"
CURSOR = "›"
TICK = "✓"
PARTLY = "-"
CUT = "⋯"
BAR = "❘"
TROUBLE = "!"
ALERT = "*"
COPIES = "+"

ALL = (UNREAD, STAR, NOTE, CURSOR, TICK, PARTLY, CUT, BAR, TROUBLE, ALERT, COPIES)
