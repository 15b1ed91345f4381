"""What every desk has: parts, each with one subject and each made when it is first asked for.

What nobody has used yet is not even imported. The parts stand on the `Seat`, and know of each other what their
constructors say. Each call is one transaction of the store, or one reading; what it answers are plain values. A desk is
used by one person at a time; several, in one process or many, may share a store.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from boss_tui.desk.seat import Seat
from boss_tui.desk.station import Station
from data.message import Message
from data.store import Store

if TYPE_CHECKING:
    from boss_tui.desk.approving import Approving
    from boss_tui.desk.asking import Asking
    from boss_tui.desk.basket import Collecting
    from boss_tui.desk.copying import Copying
    from boss_tui.desk.days import Days
    from boss_tui.desk.electronic import Electronic
    from boss_tui.desk.exporting import Exporting
    from boss_tui.desk.figures import Figures
    from boss_tui.desk.filling import Forms
    from boss_tui.desk.finding import Finding
    from boss_tui.desk.handwriting import Handwriting
    from boss_tui.desk.held import HeldForms
    from boss_tui.desk.inquiry import Inquiring
    from boss_tui.desk.invoices import Invoices
    from boss_tui.desk.looking_up import LookingUp
    from boss_tui.desk.mobile import MobilePaying
    from boss_tui.desk.numbers import Numbers
    from boss_tui.desk.orders import Orders
    from boss_tui.desk.paying import Paying
    from boss_tui.desk.piece_counting import PieceCounting
    from boss_tui.desk.porting import Porting
    from boss_tui.desk.printing import Printing
    from boss_tui.desk.queueing import Queueing
    from boss_tui.desk.refused import RefusedLater
    from boss_tui.desk.reporting import Reporting
    from boss_tui.desk.runs import Runs
    from boss_tui.desk.safe import Safe
    from boss_tui.desk.serving import Serving
    from boss_tui.desk.settling import Settling
    from boss_tui.desk.signing import Signing
    from boss_tui.desk.slips import Slips
    from boss_tui.desk.stock import Stock
    from boss_tui.desk.supervisors import Supervisors
    from boss_tui.desk.till import Till
    from boss_tui.desk.transfers import Transfers
    from boss_tui.desk.trusting import Trust
    from boss_tui.desk.vouchers import VoucherExports
    from boss_tui.desk.work_by_hand import WorkByHand
    from boss_tui.sync.keys import DeviceKey


class CounterDesk:
    """One operator at one counter.

    Every call but `queues.counts` and those of `signing` that come before the sign-on needs an
    operator, and raises NotAllowed while there is none or the desk is locked; SignedOff once who works here may no
    more.
    `device`: the key of this machine, where it has one; what else the home gives a desk is set on its `seat`.
    """

    def __init__(
        self,
        store: Store,
        station: Station,
        advice: tuple[Message, ...] = (),
        device: Callable[[], DeviceKey] | None = None,
    ) -> None:
        self.seat = Seat(store, station, advice, device)

    def warm_up(self) -> None:
        """Make the parts that the first business needs, so that no key waits for them: to be run beside the desk."""
        from boss_tui.business.run import load_components

        for _ in (self.finding, self.lookups, self.forms, self.paying, self.invoices, self.orders, self.approvals):
            pass
        load_components()

    # who and where

    @cached_property
    def signing(self) -> Signing:
        """Who works here, and the staff of the hall."""
        from boss_tui.desk.signing import Signing

        return Signing(self.seat, self.supervisors)

    @cached_property
    def supervisors(self) -> Supervisors:
        """A supervisor's word, asked for by other parts."""
        from boss_tui.desk.supervisors import Supervisors

        return Supervisors(self.seat)

    @cached_property
    def trust(self) -> Trust:
        """Whether store and clock are what they should be."""
        from boss_tui.desk.trusting import Trust

        return Trust(self.seat, self.supervisors)

    @cached_property
    def serving(self) -> Serving:
        """The customer in view."""
        from boss_tui.desk.serving import Serving

        return Serving(self.seat)

    # the way of one business

    @cached_property
    def runs(self) -> Runs:
        """Runs of businesses at this counter, made by other parts."""
        from boss_tui.desk.runs import Runs

        return Runs(self.seat)

    @cached_property
    def forms(self) -> Forms:
        """Businesses as they are filled in."""
        from boss_tui.desk.filling import Forms

        return Forms(self.seat, self.trust, self.runs, self.serving, self.asking)

    @cached_property
    def asking(self) -> Asking:
        """Services of others, that are asked about a form."""
        from boss_tui.desk.asking import Asking

        return Asking(self.seat)

    @cached_property
    def held(self) -> HeldForms:
        """Forms that wait."""
        from boss_tui.desk.held import HeldForms

        return HeldForms(self.seat)

    @cached_property
    def approvals(self) -> Approving:
        """What supervisors allow, now and in advance."""
        from boss_tui.desk.approving import Approving

        return Approving(self.seat, self.trust, self.supervisors, self.runs, self.forms)

    @cached_property
    def orders(self) -> Orders:
        """What was filled in is done, and taken back."""
        from boss_tui.desk.orders import Orders

        return Orders(self.seat, self.trust, self.supervisors, self.runs, self.asking)

    @cached_property
    def basket(self) -> Collecting:
        """Several forms, paid in one go."""
        from boss_tui.desk.basket import Collecting

        return Collecting(self.seat, self.runs, self.orders)

    @cached_property
    def handwriting(self) -> Handwriting:
        """Slips that were written by hand."""
        from boss_tui.desk.handwriting import Handwriting

        return Handwriting(self.seat, self.trust, self.supervisors, self.slips)

    # money and papers of a business

    @cached_property
    def paying(self) -> Paying:
        """What is handed over for a form."""
        from boss_tui.desk.paying import Paying

        return Paying(self.seat, self.runs, self.basket)

    @cached_property
    def mobile(self) -> MobilePaying:
        """Mobile payment."""
        from boss_tui.desk.mobile import MobilePaying

        return MobilePaying(self.seat, self.trust, self.paying)

    @cached_property
    def invoices(self) -> Invoices:
        """Invoices that are asked for."""
        from boss_tui.desk.invoices import Invoices

        return Invoices(self.seat, self.trust, self.runs, self.paying)

    @cached_property
    def electronic(self) -> Electronic:
        """Electronic invoices."""
        from boss_tui.desk.electronic import Electronic

        return Electronic(self.seat, self.trust, self.supervisors, self.runs)

    @cached_property
    def porting(self) -> Porting:
        """Numbers that leave for another operator."""
        from boss_tui.desk.porting import Porting

        return Porting(self.seat, self.trust, self.supervisors)

    @cached_property
    def papers(self) -> Copying:
        """Papers once more."""
        from boss_tui.desk.copying import Copying

        return Copying(self.seat)

    # looking up, and what waits

    @cached_property
    def finding(self) -> Finding:
        """Whatever is typed a part of."""
        from boss_tui.desk.finding import Finding

        return Finding(self.seat)

    @cached_property
    def lookups(self) -> LookingUp:
        """Orders, papers, customers at a glance."""
        from boss_tui.desk.looking_up import LookingUp

        return LookingUp(self.seat)

    @cached_property
    def inquiry(self) -> Inquiring:
        """A customer's data, for those who may see them."""
        from boss_tui.desk.inquiry import Inquiring

        return Inquiring(self.seat, self.runs, self.forms)

    @cached_property
    def queues(self) -> Queueing:
        """What waits to go out."""
        from boss_tui.desk.queueing import Queueing

        return Queueing(self.seat)

    @cached_property
    def work_by_hand(self) -> WorkByHand:
        """Manual work orders."""
        from boss_tui.desk.work_by_hand import WorkByHand

        return WorkByHand(self.seat, self.runs)

    @cached_property
    def settling(self) -> Settling:
        """What a person decides about what waits."""
        from boss_tui.desk.settling import Settling

        return Settling(self.seat, self.trust, self.supervisors, self.handwriting, self.papers, self.refused)

    @cached_property
    def refused(self) -> RefusedLater:
        """What services refused after it was done."""
        from boss_tui.desk.refused import RefusedLater

        return RefusedLater(self.seat, self.forms, self.approvals, self.orders, self.runs)

    # the till, the day and what they came to

    @cached_property
    def slips(self) -> Slips:
        """Slips of cash, made by other parts."""
        from boss_tui.desk.slips import Slips

        return Slips(self.seat)

    @cached_property
    def till(self) -> Till:
        """Shifts and this counter's drawer."""
        from boss_tui.desk.till import Till

        return Till(self.seat, self.trust, self.supervisors, self.slips, self.reports)

    @cached_property
    def safe(self) -> Safe:
        """The safe, and the bank."""
        from boss_tui.desk.safe import Safe

        return Safe(self.seat, self.trust, self.supervisors, self.slips)

    @cached_property
    def day(self) -> Days:
        """The business day."""
        from boss_tui.desk.days import Days

        return Days(self.seat, self.trust, self.supervisors, self.reports)

    @cached_property
    def reports(self) -> Reporting:
        """X, Z, day report and the list of the queues."""
        from boss_tui.desk.reporting import Reporting

        return Reporting(self.seat)

    @cached_property
    def figures(self) -> Figures:
        """Figures, and what is behind them."""
        from boss_tui.desk.figures import Figures

        return Figures(self.seat, self.reports)

    @cached_property
    def files(self) -> Exporting:
        """Reports and figures as files."""
        from boss_tui.desk.exporting import Exporting

        return Exporting(self.seat, self.reports, self.figures)

    @cached_property
    def vouchers(self) -> VoucherExports:
        """Vouchers for the accounts of the house."""
        from boss_tui.desk.vouchers import VoucherExports

        return VoucherExports(self.seat)

    # stock and printers

    @cached_property
    def numbers(self) -> Numbers:
        """Document numbers."""
        from boss_tui.desk.numbers import Numbers

        return Numbers(self.seat, self.trust, self.supervisors, self.runs)

    @cached_property
    def stock(self) -> Stock:
        """What is counted by the piece."""
        from boss_tui.desk.stock import Stock

        return Stock(self.seat, self.trust, self.supervisors, self.slips)

    @cached_property
    def piece_counting(self) -> PieceCounting:
        """The stock, counted serial by serial."""
        from boss_tui.desk.piece_counting import PieceCounting

        return PieceCounting(self.seat, self.trust, self.supervisors, self.slips)

    @cached_property
    def transfers(self) -> Transfers:
        """What goes from one place to another in a box."""
        from boss_tui.desk.transfers import Transfers

        return Transfers(self.seat, self.trust, self.supervisors, self.slips)

    @cached_property
    def printers(self) -> Printing:
        """Printers, and where papers come out."""
        from boss_tui.desk.printing import Printing

        return Printing(self.seat, self.supervisors)
