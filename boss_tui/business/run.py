"""One step of one business: the components that it reaches for, and what it finds out.

A component is loaded with the first step that reaches for it: a command that only asks for a price loads no till.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Notice, Qualification, Quote
from boss_tui.components.base import Context
from boss_tui.components.extra_fields import Extra, extra_fields
from boss_tui.forms.typed import message_of
from data.cached import cached_property
from data.errors import BossError
from data.message import Message
from data.tables.organisation import Authority

if TYPE_CHECKING:
    from boss_tui.components.accounts.accounts import Accounts
    from boss_tui.components.behaviour import Behaviour
    from boss_tui.components.billing.billing import Billing
    from boss_tui.components.content import ScreenContent
    from boss_tui.components.credit.credit import Credit
    from boss_tui.components.customers.customers import Customers
    from boss_tui.components.documents.documents import Documents
    from boss_tui.components.finance.finance import Finance
    from boss_tui.components.loyalty import Loyalty
    from boss_tui.components.network_elements import NetworkElements
    from boss_tui.components.operators.operators import Operators
    from boss_tui.components.partners.partners import Partners
    from boss_tui.components.processes.processes import Processes
    from boss_tui.components.products.products import Products
    from boss_tui.components.qualification.eligibility import Eligibility
    from boss_tui.components.resources.handsets import Handsets
    from boss_tui.components.resources.recharge_cards import RechargeCards
    from boss_tui.components.resources.resources import Resources
    from boss_tui.components.service import CustomerService
    from boss_tui.components.settlement import Settlement
    from boss_tui.components.statistics import Statistics
    from boss_tui.components.tariff.tariff import Tariff

COMPONENTS = (
    "accounts.accounts",
    "behaviour",
    "billing.billing",
    "content",
    "credit.credit",
    "customers.customers",
    "documents.documents",
    "qualification.eligibility",
    "finance.finance",
    "resources.handsets",
    "loyalty",
    "network_elements",
    "operators.operators",
    "partners.partners",
    "processes.processes",
    "products.products",
    "resources.recharge_cards",
    "resources.resources",
    "service",
    "settlement",
    "statistics",
    "tariff.tariff",
)
"""The modules of a run's components."""


def load_components() -> None:
    """Load what a `Run` loads when it reaches for it: beside the desk, so that the first business waits for none."""
    for name in COMPONENTS:
        import_module(f"boss_tui.components.{name}")


LISTED = 200
"""Lines of a list at first: some screenfuls to page through."""


class Run:
    """One step of one business: the components, loaded and made when they are first reached for, and what the step
    found out.

    Attributes:
        context: the transaction, who, where, and the trail.
        secrets: fields that were hashed before they came here (passwords).
        errors, notes, facts, notices, qualification, quote: what the step answers; see `DraftView`.
        proven: what was proven in this step, by a document or a service password (`transactions.lines`).
        lapsed: fields that held a proof which counts no longer: it is typed again.
        authority: what a supervisor allowed in advance, and this step makes use of.
        touches: what the order will touch of its line (`components.processes.touching`).
        allowed: the rules that a supervisor has allowed this step to pass.
        typed: what the draft holds, field by field, as it is stored.
        most: lines of a list (F4) at most: who pages on past them asks for more.
    """

    def __init__(self, context: Context, secrets: Mapping[str, str] | None = None) -> None:
        self.context = context
        self.secrets = dict(secrets or {})
        self.errors: dict[str, Message] = {}
        self.notes: dict[str, Message] = {}
        self.facts: dict[str, Any] = {}
        self.notices: list[Notice] = []
        self.qualification = Qualification()
        self.quote = Quote()
        self.proven: set[str] = set()
        self.lapsed: set[str] = set()
        self.authority: Authority | None = None
        self.touches: frozenset[str] = frozenset()
        self.allowed: set[str] = set()
        self.typed: Mapping[str, Any] = {}
        self.most = LISTED

    @cached_property
    def eligibility(self) -> Eligibility:
        """F1."""
        from boss_tui.components.qualification.eligibility import Eligibility

        return Eligibility(self.context)

    @cached_property
    def content(self) -> ScreenContent:
        """F2."""
        from boss_tui.components.content import ScreenContent

        return ScreenContent(self.context)

    @cached_property
    def customers(self) -> Customers:
        """F3."""
        from boss_tui.components.customers.customers import Customers

        return Customers(self.context)

    @cached_property
    def products(self) -> Products:
        """F4."""
        from boss_tui.components.products.products import Products

        return Products(self.context)

    @cached_property
    def resources(self) -> Resources:
        """F5."""
        from boss_tui.components.resources.resources import Resources

        return Resources(self.context)

    @cached_property
    def cards(self) -> RechargeCards:
        """F5: recharge cards."""
        from boss_tui.components.resources.recharge_cards import RechargeCards

        return RechargeCards(self.context)

    @cached_property
    def handsets(self) -> Handsets:
        """F5: handsets."""
        from boss_tui.components.resources.handsets import Handsets

        return Handsets(self.context)

    @cached_property
    def tariff(self) -> Tariff:
        """F6."""
        from boss_tui.components.tariff.tariff import Tariff

        return Tariff(self.context)

    @cached_property
    def operators(self) -> Operators:
        """F7."""
        from boss_tui.components.operators.operators import Operators

        return Operators(self.context)

    @cached_property
    def credit(self) -> Credit:
        """F8."""
        from boss_tui.components.credit.credit import Credit

        return Credit(self.context)

    @cached_property
    def documents(self) -> Documents:
        """F9."""
        from boss_tui.components.documents.documents import Documents

        return Documents(self.context)

    @cached_property
    def network(self) -> NetworkElements:
        """F10."""
        from boss_tui.components.network_elements import NetworkElements

        return NetworkElements(self.context)

    @cached_property
    def finance(self) -> Finance:
        """F11."""
        from boss_tui.components.finance.finance import Finance

        return Finance(self.context)

    @cached_property
    def accounts(self) -> Accounts:
        """F12."""
        from boss_tui.components.accounts.accounts import Accounts

        return Accounts(self.context)

    @cached_property
    def statistics(self) -> Statistics:
        """F13."""
        from boss_tui.components.statistics import Statistics

        return Statistics(self.context)

    @cached_property
    def processes(self) -> Processes:
        """F14."""
        from boss_tui.components.processes.processes import Processes

        return Processes(self.context)

    @cached_property
    def behaviour(self) -> Behaviour:
        """A1."""
        from boss_tui.components.behaviour import Behaviour

        return Behaviour(self.context)

    @cached_property
    def service(self) -> CustomerService:
        """A2."""
        from boss_tui.components.service import CustomerService

        return CustomerService(self.context)

    @cached_property
    def loyalty(self) -> Loyalty:
        """A3."""
        from boss_tui.components.loyalty import Loyalty

        return Loyalty(self.context)

    @cached_property
    def partners(self) -> Partners:
        """A4."""
        from boss_tui.components.partners.partners import Partners

        return Partners(self.context)

    @cached_property
    def billing(self) -> Billing:
        """B1."""
        from boss_tui.components.billing.billing import Billing

        return Billing(self.context)

    @cached_property
    def settlement(self) -> Settlement:
        """B2."""
        from boss_tui.components.settlement import Settlement

        return Settlement(self.context)

    @cached_property
    def extras(self) -> tuple[Extra, ...]:
        """The fields that managers have added to the business, as they are asked for on this business date."""
        return extra_fields(self.context.tx, self.context.business, self.context.business_date)

    @contextmanager
    def beside(self, field: str) -> Iterator[None]:
        """Let a refusal stand beside its field instead of ending the step: what else was typed is still looked at.

        A component that is handed one thing does not know which field of which form that was: it names none, and it is
        the one said here. It names a field only where it tells apart several that it was handed.
        """
        try:
            yield
        except BossError as refusal:
            self.errors.setdefault(refusal.field or field, refusal.message)
        except PydanticCustomError as refusal:
            self.errors.setdefault(field, message_of(refusal))
