"""What is kept out of any line that is shown: logins in addresses, and towers of marks.

Apart from `digest.text`, since it is needed before the first frame and that takes 20 ms to load.
"""

from __future__ import annotations

import re

_MAX_MARKS = 4
# A password may hold quotes and brackets: rather too much of a line is left out than a part of it.
_LOGIN = re.compile(r"((?:https?|feed)://)[^\s/?#]*@", re.IGNORECASE)
# Combining marks, as the inside of a class of characters.
MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f"
    "\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
STACKS = re.compile(f"([{MARK}]{{{_MAX_MARKS}}})[{MARK}]+")


def without_login(text: str) -> str:
    """`text` with every web address in it bare of the name and password in front of its host."""
    return _LOGIN.sub(r"\1", text) if "@" in text else text


def unstacked(text: str) -> str:
    """`text` with at most four combining marks in a row, which else run over the lines around."""
    return text if text.isascii() else STACKS.sub(r"\1", text)
