"""What is said of figures that expire, apart from what reads the register, since reports ask for it too."""

from __future__ import annotations

from microsite.core.problems import text

ENDING = text("the fact '{id}' is valid until {day}: after that, what quotes it is left out")
LEFT_OUT = text("left out: it quotes the fact '{id}', which was valid until {day}")
NOT_SHOWN = text("the fact '{id}' was valid until {day}, so it is not shown here")
CUT = text("this part of the text is left out: the fact '{id}' was valid until {day}")
EXPIRED = (LEFT_OUT, NOT_SHOWN, CUT)
