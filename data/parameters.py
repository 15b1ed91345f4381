"""The numbers that managers own, each declared once: its unit, between what it may lie, and what it is at first.

A rule asks for one by its constant: `FOLLOW_UP_DAYS.of(reading, "C10")`. What headquarters has published stands (table
`parameter`): that of the business, else that of all; before anything was, what is declared here. What is no number of
this house (the chart of accounts, the shape of a serial, legal tender) stands where its rule is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

from data.message import Message, say
from data.tables.parameter import Parameter

if TYPE_CHECKING:
    from data.store import Reading

Unit = Literal[
    "fen",
    "rate",
    "months",
    "days",
    "hours",
    "minutes",
    "years",
    "numbers",
    "orders",
    "points",
    "pieces",
    "tries",
    "times",
    "stars",
]
"""What is counted. rate: parts of 10,000."""


class Declared(Struct, frozen=True):
    """A parameter.

    Attributes:
        name: its key in the table.
        first: what it is at first; `of_business`: where it is another number then.
        least, most: between which it may be set.
        says: what a manager reads.
        source: where the first number is from.
    """

    name: str
    first: int
    unit: Unit
    least: int
    most: int
    says: Message
    source: str = "house rule"
    of_business: Mapping[str, int] = field(default_factory=dict)

    def of(self, reading: Reading, business: str = "") -> int:
        """The number that stands for a business."""
        published = reading.worked_out("parameters", lambda: _published(reading))
        for key in ((self.name, business), (self.name, "")):
            if key in published:
                return published[key]
        return self.of_business.get(business, self.first)


def _published(reading: Reading) -> dict[tuple[str, str], int]:
    return {(row.name, row.business): row.value for row in reading.all(Parameter)}


def first_rows() -> Iterator[dict[str, Any]]:
    """What is published first: each parameter for all businesses, and for those where it is another number."""
    for declared in PARAMETERS.values():
        for business, value in {"": declared.first, **declared.of_business}.items():
            yield {"name": declared.name, "business": business, "value": value}


# customers and their loyalty
FOLLOW_UP_DAYS = Declared(
    "follow_up_days", 3, "days", 0, 90, say("After how many days a customer is called"), of_business={"C10": 7}
)
FEN_A_POINT = Declared(
    "fen_a_point", 100, "fen", 1, 1_000_000, say("How much earns one point"), of_business={"C10": 1_000}
)
OPENING_POINTS = Declared("opening_points", 100, "points", 0, 100_000, say("Points for an opening"))
COMMISSION_RATE = Declared(
    "commission_rate",
    0,
    "rate",
    0,
    10_000,
    say("An agent's commission"),
    of_business={"C10": 200, "C11": 100},
)
BURST_MINUTES = Declared("burst_minutes", 60, "minutes", 1, 1_440, say("In what time many orders are a burst"))
BURST_ORDERS = Declared("burst_orders", 3, "orders", 2, 100, say("How many orders are a burst"))

# who may act for whom
AGENT_MINIMUM_AGE = Declared(
    "agent_minimum_age", 16, "years", 14, 18, say("How old who acts for another must be"), "domain-facts 6"
)
AGENT_YEARLY_NUMBERS = Declared(
    "agent_yearly_numbers",
    5,
    "numbers",
    0,
    100,
    say("Numbers that one person may open for others in a calendar year (a transfer is an opening, too)"),
    "domain-facts 6",
)

# resources
QUARANTINE_DAYS = Declared(
    "quarantine_days", 90, "days", 0, 3_650, say("How long a number that was given up rests"), "domain-facts 3"
)
QUARANTINE_FRAUD_DAYS = Declared(
    "quarantine_fraud_days",
    365,
    "days",
    0,
    3_650,
    say("How long a number rests whose holder was stopped for fraud"),
    "management-facts 5.2",
)
HANDSET_RETURN_DAYS = Declared(
    "handset_return_days", 7, "days", 0, 365, say("Until when a handset is taken back"), "catalogue C10"
)
HANDSET_EXCHANGE_DAYS = Declared(
    "handset_exchange_days", 15, "days", 0, 365, say("Until when a handset is exchanged"), "catalogue C10"
)
CARD_EXCHANGE_BEFORE = Declared(
    "card_exchange_before",
    5,
    "days",
    0,
    365,
    say("How long before its last day a recharge card is exchanged"),
    "domain-facts 9",
)
CARD_EXCHANGE_AFTER = Declared(
    "card_exchange_after",
    95,
    "days",
    0,
    365,
    say("How long after its last day a recharge card is exchanged"),
    "domain-facts 9",
)
VOID_ALONE = Declared("void_alone", 10, "pieces", 0, 1_000, say("Paper that a clerk voids without a supervisor"))

# credit and services
INTERNATIONAL_DEPOSIT = Declared(
    "international_deposit",
    100_000,
    "fen",
    0,
    10_000_000,
    say("The deposit for international calls and roaming"),
    "domain-facts 8",
)
INTERNATIONAL_BALANCE = Declared(
    "international_balance",
    50_000,
    "fen",
    0,
    10_000_000,
    say("The balance that does instead of that deposit"),
    "domain-facts 8",
)
RAISE_DAYS = Declared("raise_days", 31, "days", 1, 366, say("How long a limit is lent at most"))
HALL_RAISE = Declared(
    "hall_raise",
    20_000,
    "rate",
    10_000,
    100_000,
    say("Up to what of a customer's own limit a hall lends"),
    "management-facts 4",
)
VOUCH_DAYS = Declared(
    "vouch_days", 1, "days", 1, 7, say("How many business dates a hall's word puts off a stop"), "management-facts 4"
)
VOUCHES = Declared("vouches", 1, "times", 0, 31, say("How often a month a hall vouches for a key account"))
EMERGENCY_REST = Declared(
    "emergency_rest", 30, "days", 0, 366, say("How long after an emergency resume there is no other")
)
EMERGENCY_STARS = Declared(
    "emergency_stars", 4, "stars", 0, 5, say("From how many stars a line is resumed in an emergency"), "domain-facts 6"
)
EMERGENCY_HOURS = Declared(
    "emergency_hours", 24, "hours", 1, 240, say("How long an emergency resume lasts"), "management-facts 4"
)
NIGHT_FROM = Declared(
    "night_from", 21, "hours", 12, 24, say("From which hour nobody is stopped or written to"), "management-facts 4"
)
NIGHT_UNTIL = Declared(
    "night_until", 9, "hours", 0, 12, say("Until which hour nobody is stopped or written to"), "management-facts 4"
)
BLACKLIST_FROM = Declared(
    "blacklist_from", 5_000, "fen", 0, 10_000_000, say("From which debt a cancelled line's owner is blacklisted")
)
SUSPENSION_DAYS_AHEAD = Declared(
    "suspension_days_ahead", 366, "days", 1, 3_660, say("How far ahead a suspension may be dated")
)
ROAMING_DAYS = Declared("roaming_days", 60, "days", 1, 366, say("How long international roaming lasts at most"))

RECOMMENDED_PLANS = Declared(
    "recommended_plans", 3, "pieces", 0, 20, say("How many plans are recommended at an opening"), "catalogue C1-F4"
)

# headquarters
LEASE_DAYS = Declared("lease_days", 90, "days", 1, 3_650, say("How long an outlet may sell from a lease it asked for"))
LEASE_GRACE_DAYS = Declared(
    "lease_grace_days", 30, "days", 0, 366, say("How long after that a lease may be asked back at the earliest")
)
ENROLMENT_HOURS = Declared("enrolment_hours", 72, "hours", 1, 720, say("How long an outlet's enrolment code holds"))

# what an outlet has in stock: it asks for more, up to that, once a quarter of it is left (store-and-sync-facts 3)
NUMBER_TARGET = Declared("number_target", 200, "pieces", 0, 10_000, say("Numbers of a grade that an outlet stocks"))
SIM_TARGET = Declared("sim_target", 200, "pieces", 0, 10_000, say("SIM cards of a kind that an outlet stocks"))
BLANK_TARGET = Declared("blank_target", 80, "pieces", 0, 10_000, say("Blank cards of a kind that an outlet stocks"))
IMSI_TARGET = Declared("imsi_target", 80, "pieces", 0, 10_000, say("IMSIs for blank cards that an outlet stocks"))
HANDSET_TARGET = Declared("handset_target", 20, "pieces", 0, 1_000, say("Handsets of a model that an outlet stocks"))
CARD_TARGET = Declared("card_target", 80, "pieces", 0, 10_000, say("Recharge cards of a value that an outlet stocks"))
PAPER_TARGET = Declared("paper_target", 1_000, "pieces", 0, 100_000, say("Numbers of a paper that an outlet stocks"))

# without a link
OFFLINE_LIMIT = Declared(
    "offline_limit",
    0,
    "fen",
    0,
    100_000_000,
    say("What may be taken without a link"),
    of_business={"C11": 10_000, "C12": 50_000},
)
OFFLINE_FORM_DAYS = Declared(
    "offline_form_days", 30, "days", 1, 365, say("How long a form waits for headquarters to decide")
)
SLIP_DAYS = Declared("slip_days", 31, "days", 0, 366, say("How old a slip that was written by hand may be"))

# services of others, the network
DISPUTE_MONTHS = Declared(
    "dispute_months",
    5,
    "months",
    0,
    60,
    say("How many months before this one a provider's fee is disputed"),
    "catalogue C7.5",
)
NETWORK_TRIES = Declared(
    "network_tries", 5, "tries", 1, 50, say("How often an element is tried, or asked, before a person has to look")
)

# work by hand
MANUAL_NETWORK_HOURS = Declared(
    "manual_network_hours", 4, "hours", 1, 720, say("How long work by hand in place of an element's command may take")
)
MANUAL_PARTNER_HOURS = Declared(
    "manual_partner_hours", 24, "hours", 1, 720, say("How long work by hand at a partner's may take")
)
MANUAL_OTHER_HOURS = Declared("manual_other_hours", 24, "hours", 1, 720, say("How long other work by hand may take"))
MANUAL_HOLD_DAYS = Declared("manual_hold_days", 30, "days", 1, 366, say("How long work by hand is put off at most"))

# approval, money, secrets
APPROVAL_MINUTES = Declared("approval_minutes", 10, "minutes", 1, 1_440, say("How long an approval holds"))
AUTHORITY_CODES = Declared("authority_codes", 20, "pieces", 1, 1_000, say("One-time codes made at once"))
REVIEW_DAYS = Declared(
    "review_days", 90, "days", 1, 366, say("After how long somebody's rights are confirmed anew"), "management-facts 6"
)
REVIEW_GRACE_DAYS = Declared(
    "review_grace_days", 30, "days", 1, 366, say("How long after that they lapse"), "management-facts 6"
)
DELEGATION_DAYS = Declared("delegation_days", 31, "days", 1, 366, say("How long a right is handed to another at most"))
AUTHORITY_HOURS = Declared("authority_hours", 336, "hours", 1, 8_760, say("How long an authority holds at most"))
SUSPENSE_ALONE = Declared(
    "suspense_alone", 10_000, "fen", 0, 100_000_000, say("What one person may put in suspense and give back alone")
)
CODE_TRIES = Declared(
    "code_tries", 5, "tries", 1, 100, say("Wrong tries that end a one-time code"), "management-facts 6"
)
SIGN_ON_FREE = Declared(
    "sign_on_free",
    4,
    "tries",
    0,
    20,
    say("Wrong passwords in a row at the sign-on that cost no pause"),
    "management-facts 6",
)
SIGN_ON_PAUSE = Declared(
    "sign_on_pause",
    15,
    "minutes",
    1,
    240,
    say("The pause after the next one; each further one doubles it"),
    "management-facts 6",
)
SIGN_ON_LOCK = Declared(
    "sign_on_lock", 10, "tries", 2, 100, say("Wrong passwords in a row that lock a staff number"), "management-facts 6"
)
PROOF_MINUTES = Declared(
    "proof_minutes",
    10,
    "minutes",
    1,
    240,
    say("After what time without a step a customer shows again who they are"),
)
PASSWORD_TRIES = Declared("password_tries", 5, "tries", 1, 100, say("Wrong service passwords of a number in a day"))
PASSWORD_DAYS = Declared(
    "password_days", 90, "days", 1, 366, say("How long a member of staff's password holds"), "management-facts 6"
)
PASSWORD_WARNED_DAYS = Declared(
    "password_warned_days", 7, "days", 0, 90, say("How long before its end it is told"), "management-facts 6"
)
PASSWORDS_REMEMBERED = Declared(
    "passwords_remembered", 5, "pieces", 0, 50, say("Earlier passwords that are not taken again"), "management-facts 6"
)
PRICE_CUT_ALONE = Declared(
    "price_cut_alone",
    2_000,
    "rate",
    0,
    10_000,
    say("What a price may fall by with one approval"),
    "management-facts 1.3",
)
DAYS_AHEAD_ALONE = Declared(
    "days_ahead_alone",
    1,
    "days",
    0,
    7,
    say("How far ahead of the clock a clerk opens a business date"),
)
DAYS_AHEAD = Declared("days_ahead", 7, "days", 0, 31, say("How far ahead of the clock anybody opens one"))

PARAMETERS = {value.name: value for value in list(globals().values()) if isinstance(value, Declared)}
