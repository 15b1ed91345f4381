"""The places that are no business, each by the name of the action that leads there, and the screen that shows it.

Imported when somebody goes to one for the first time: a counter's start shows none of them.
"""

from __future__ import annotations

from collections.abc import Callable

from screens.authorities import AuthoritiesScreen
from screens.day import DayCheckScreen
from screens.delegations import DelegationsScreen
from screens.electronic import ElectronicScreen
from screens.exceptions import ExceptionsScreen
from screens.find import FindScreen
from screens.frame import DeskScreen
from screens.held import HeldScreen
from screens.home import GoScreen
from screens.later import LaterScreen
from screens.machines import MachinesScreen
from screens.manage.edition_list import EditionsScreen
from screens.manage.editions import EditionScreen
from screens.manage.entities import EntitiesScreen
from screens.manual_work import ManualWorkScreen
from screens.matrix import MatrixScreen
from screens.number_accounts import NumberAccountsScreen
from screens.numbers import NumbersScreen
from screens.office_notes import OfficeNotesScreen
from screens.orders import OrdersScreen
from screens.past_reports import PastScreen
from screens.piece_counting import PieceCountScreen
from screens.porting import PortingScreen
from screens.printers import PrintersScreen
from screens.queues import QueuesScreen
from screens.staff import StaffScreen
from screens.till import TillScreen
from screens.transfers import TransfersScreen
from screens.work import WorkScreen


def screen_at(name: str, typed: str, history: list[str]) -> DeskScreen:
    """The screen of a place. typed: what was typed with its word; history: what was typed at the prompt before."""
    made: dict[str, Callable[[], DeskScreen]] = {
        "authorities": AuthoritiesScreen,
        "delegations": DelegationsScreen,
        "manual": lambda: ManualWorkScreen(typed),
        "electronic": lambda: ElectronicScreen(typed),
        "editions": lambda: EditionsScreen(typed),
        "edition": lambda: EditionScreen(typed),
        "exceptions": lambda: ExceptionsScreen(typed),
        "find": lambda: FindScreen(typed),
        "go": lambda: GoScreen(typed, history),
        "held": lambda: HeldScreen(typed),
        "later": LaterScreen,
        "machines": lambda: MachinesScreen(typed),
        "manage": lambda: EntitiesScreen(typed),
        "matrix": lambda: MatrixScreen(typed),
        "numbers": lambda: NumbersScreen(typed),
        "accounts": lambda: NumberAccountsScreen(typed),
        "pieces": lambda: PieceCountScreen(typed),
        "office_notes": lambda: OfficeNotesScreen(typed),
        "transfers": lambda: TransfersScreen(typed),
        "orders": lambda: OrdersScreen(typed),
        "porting": lambda: PortingScreen(typed),
        "printers": PrintersScreen,
        "queues": QueuesScreen,
        "reports": lambda: PastScreen(typed),
        "close_day": DayCheckScreen,
        "staff": lambda: StaffScreen(typed),
        "till": lambda: TillScreen(typed),
        "work": lambda: WorkScreen(typed),
    }
    return made[name]()
