"""Who works in the demonstration hall: whom commands sign on, and what the first screen advises.

Apart from what makes the hall and its machines (`boss_tui.start.demonstration`), which a start does not wait for.
"""

from __future__ import annotations

from msgspec import Struct

from data.demo_staff import CLERKS, OFFICE_MANAGERS, PASSWORD, SUPERVISOR, THIRD_MANAGER
from data.message import say


class Script(Struct, frozen=True):
    """Who works headless in the demonstration hall, so that commands can be tried without a password."""

    staff_no: str = "1004"
    counter: str = "HZ0104"
    password: str = "demo-1234"


SCRIPT = Script()

ADVICE = (
    say("A demonstration hall: headquarters, network element and printer are simulated in this program."),
    say(
        "Sign on as clerk {clerks} ({script} works by command), supervisor {supervisor}; the password is {password}.",
        clerks=", ".join(CLERKS[:3]),
        script=SCRIPT.staff_no,
        supervisor=SUPERVISOR,
        password=PASSWORD,
    ),
    say(
        "At headquarters' office: {first} changes, {second} approves, {third} where two must; the same password.",
        first=OFFICE_MANAGERS[0],
        second=OFFICE_MANAGERS[1],
        third=THIRD_MANAGER,
    ),
    say(
        "Then try: till (open your shift), C1 (open an account), F2 (find somebody), machines (let one fail), "
        "F1 (all the keys)."
    ),
)
"""What the first screen says."""
