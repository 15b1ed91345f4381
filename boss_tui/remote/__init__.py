"""Services of others, over HTTP(S) and JSON: asked in time, under a key by which a repeat is known, and left alone for
a while when they fail again and again.

`caller` asks, `breaker` says when not to, `address` where they may be, `secret_files` keeps what they know us by. What
is asked, and what an answer means, is said by who asks (catalogue M2.1: `qualification.questions`). Not headquarters
(`sync`), not mobile payment (`payments`): those have protocols of their own.
"""

from __future__ import annotations

from boss_tui.remote.caller import Call, Caller, Endpoint, Reply, Unanswered

__all__ = ["Call", "Caller", "Endpoint", "Reply", "Unanswered"]
