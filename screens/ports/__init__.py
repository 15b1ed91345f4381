"""What the screens need of the desk, and nothing about how the desk does it: a protocol for each of its parts.

`DeskPort` is the only door. Its records are protocols too: the desk, which stands on a floor below, answers with plain
values of its own that have these attributes. Every call is synchronous, may wait for disk or lock, and is made in one
thread of its own, one after the other. Every call may raise the errors of `data.errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from screens.ports.forms import AskingPort, FormsPort, HandwritingPort, HeldPort
from screens.ports.lookups import FindingPort, InquiryPort, LookupsPort, ServingPort
from screens.ports.managing import ActingPort, EditionsPort, ListFilesPort, ManagingPort, RowFilesPort, TryingPort
from screens.ports.orders import ApprovalsPort, BasketPort, OrdersPort, PapersPort, TrustPort
from screens.ports.paying import ElectronicPort, InvoicesPort, MobilePort, PayingPort
from screens.ports.personnel import DelegatingPort, PersonnelPort
from screens.ports.printers import PrintersPort
from screens.ports.queues import QueuesPort, SettlingPort, WorkByHandPort
from screens.ports.reports import FiguresPort, FilesPort, ReportsPort
from screens.ports.signing import SigningPort
from screens.ports.stock import NumbersPort, PieceCountingPort, PortingPort, StockPort, TransfersPort
from screens.ports.till import DayPort, SafePort, TillPort

if TYPE_CHECKING:
    from boss_tui.desk.office_notes import OfficeNotes


class DeskPort(Protocol):
    """One operator at one counter: the parts of the desk."""

    @property
    def signing(self) -> SigningPort: ...  # noqa: D102 (its class says what it is)
    @property
    def serving(self) -> ServingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def finding(self) -> FindingPort: ...  # noqa: D102
    @property
    def lookups(self) -> LookupsPort: ...  # noqa: D102 (its class says what it is)
    @property
    def inquiry(self) -> InquiryPort: ...  # noqa: D102 (its class says what it is)
    @property
    def forms(self) -> FormsPort: ...  # noqa: D102 (its class says what it is)
    @property
    def asking(self) -> AskingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def held(self) -> HeldPort: ...  # noqa: D102
    @property
    def handwriting(self) -> HandwritingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def approvals(self) -> ApprovalsPort: ...  # noqa: D102 (its class says what it is)
    @property
    def trust(self) -> TrustPort: ...  # noqa: D102 (its class says what it is)
    @property
    def orders(self) -> OrdersPort: ...  # noqa: D102 (its class says what it is)
    @property
    def basket(self) -> BasketPort: ...  # noqa: D102 (its class says what it is)
    @property
    def papers(self) -> PapersPort: ...  # noqa: D102 (its class says what it is)
    @property
    def paying(self) -> PayingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def mobile(self) -> MobilePort: ...  # noqa: D102 (its class says what it is)
    @property
    def invoices(self) -> InvoicesPort: ...  # noqa: D102 (its class says what it is)
    @property
    def electronic(self) -> ElectronicPort: ...  # noqa: D102 (its class says what it is)
    @property
    def porting(self) -> PortingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def queues(self) -> QueuesPort: ...  # noqa: D102 (its class says what it is)
    @property
    def work_by_hand(self) -> WorkByHandPort: ...  # noqa: D102 (its class says what it is)
    @property
    def settling(self) -> SettlingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def till(self) -> TillPort: ...  # noqa: D102 (its class says what it is)
    @property
    def safe(self) -> SafePort: ...  # noqa: D102 (its class says what it is)
    @property
    def day(self) -> DayPort: ...  # noqa: D102 (its class says what it is)
    @property
    def reports(self) -> ReportsPort: ...  # noqa: D102 (its class says what it is)
    @property
    def figures(self) -> FiguresPort: ...  # noqa: D102 (its class says what it is)
    @property
    def files(self) -> FilesPort: ...  # noqa: D102 (its class says what it is)
    @property
    def numbers(self) -> NumbersPort: ...  # noqa: D102 (its class says what it is)
    @property
    def stock(self) -> StockPort: ...  # noqa: D102 (its class says what it is)
    @property
    def piece_counting(self) -> PieceCountingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def transfers(self) -> TransfersPort: ...  # noqa: D102 (its class says what it is)
    @property
    def office_notes(self) -> OfficeNotes: ...  # noqa: D102 (its class says what it is)
    @property
    def managing(self) -> ManagingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def trying(self) -> TryingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def personnel(self) -> PersonnelPort: ...  # noqa: D102 (its class says what it is)
    @property
    def delegating(self) -> DelegatingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def row_files(self) -> RowFilesPort: ...  # noqa: D102 (its class says what it is)
    @property
    def list_files(self) -> ListFilesPort: ...  # noqa: D102 (its class says what it is)
    @property
    def acting(self) -> ActingPort: ...  # noqa: D102 (its class says what it is)
    @property
    def editions(self) -> EditionsPort: ...  # noqa: D102 (its class says what it is)
    @property
    def printers(self) -> PrintersPort: ...  # noqa: D102 (its class says what it is)


class Connect(Protocol):
    """Makes the desk; slow, and run in a thread once the first frame is shown."""

    def __call__(self) -> DeskPort:
        """The desk."""
        ...
