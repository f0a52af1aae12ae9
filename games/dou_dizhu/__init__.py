"""Dou dizhu, "fight the landlord": who bids most plays alone against the other two; who is rid of all cards first wins.

`hands` knows what can be played together, `info` deals and judges, `table` shows it, `advice` is for bots and hints.
"""

from games.dou_dizhu.game import DouDizhu as DouDizhu
