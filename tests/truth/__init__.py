"""Random matches in lockstep with engines that nobody here wrote: the legal steps of every state, and every result.

A `Referee` follows one match of ours in somebody else's engine; `REFEREES` names them all by game. A difference that
the rules of that engine explain ends a match and is counted; any other is a fault of ours or of theirs. The engines
are packages of the Pipfile's category "truth", for tests alone: nothing of them is shipped.
"""
