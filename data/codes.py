"""What the store's codes and columns are called, column by column, where rows hold a code that people read as a word.

States stand in `data.states`; products, categories, kinds of document have names of their own in the store.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.message import Message, both, say

REACH = {
    "none": say("None"),
    "domestic": say("Domestic"),
    "province": say("In the province"),
    "national": say("National"),
    "international": say("International"),
}
PAY_TYPES = {"prepaid": say("prepaid"), "postpaid": say("postpaid")}
PAY_METHODS = {"cash": say("paid at the counter"), "bank_debit": say("debited by the bank")}
BANKS = {
    "ICBC": both("工商银行", "ICBC"),
    "ABC": both("农业银行", "Agricultural Bank"),
    "BOC": both("中国银行", "Bank of China"),
    "CCB": both("建设银行", "Construction Bank"),
    "BCM": both("交通银行", "Bank of Communications"),
    "PSBC": both("邮政储蓄银行", "Postal Savings Bank"),
    "CMB": both("招商银行", "Merchants Bank"),
}
BILL_MEDIA = {
    "none": say("no bill"),
    "post": say("by post"),
    "email": say("by e-mail"),
    "message": say("by message"),
}
FORWARDING = {
    "cfu": say("Forward always"),
    "cfb": say("Forward when busy"),
    "cfnry": say("Forward without reply"),
    "cfnrc": say("Forward when not reachable"),
}
BARRING = {
    "": say("No barring"),
    "none": say("No barring"),
    "outgoing": say("Outgoing"),
    "international": say("International"),
    "incoming": say("Incoming"),
}
CONTRACTS = {
    "handset": say("Handset contract"),
    "plan": say("Plan contract"),
    "number": say("Number contract"),
}
BUCKETS = {"prepaid": say("Prepaid"), "deposit": say("Deposit"), "gift": say("Given monthly")}
GENDERS = {"male": say("male"), "female": say("female")}
SIGNALS = {"burst": say("The same business many times within the hour")}
POINTS = {"given back": say("Given back"), "spent": say("Points spent"), "lapsed": say("Points lapsed")}

COLUMNS: Mapping[str, Message] = {
    "name": say("Name"),
    "address": say("Address"),
    "contact_phone": say("Contact phone"),
    "email": say("E-mail"),
    "postcode": say("Postcode"),
    "bill_medium": say("Bill by"),
    "document_kind": say("Document kind"),
    "document_number": say("Document no."),
    "document_expires": say("Valid until"),
    "birth_date": say("Born on"),
    "gender": say("Gender"),
    "category": say("Category"),
    "number": say("Number"),
    "plan": say("Plan"),
    "iccid": say("SIM card"),
    "state": say("State"),
    "long_distance": say("Long distance"),
    "roaming": say("Roaming"),
    "pay_type": say("Way of paying"),
    "pay_method": say("Bills"),
    "bank": say("Bank"),
    "bank_account": say("Bank account"),
    "account_id": say("Account"),
    "customer_id": say("Owner"),
    "minimum_spend": say("Minimum spend"),
    "password_hash": say("Password"),
    "roaming.until": say("Roaming until"),
    "barring.program": say("Barring"),
    "valid_until": say("Prepaid until"),
    **{f"{kind}.forward_to": label for kind, label in FORWARDING.items()},
}
"""What the columns whose changes are history are called; what stands here not is the store's own, and nobody's word."""

PASSWORD_USES: Mapping[str, Message] = {"initial": say("for one sign-on"), "lasting": say("for good")}

VALUES: Mapping[str, Mapping[str, Message]] = {
    "bill_medium": BILL_MEDIA,
    "gender": GENDERS,
    "long_distance": REACH,
    "roaming": REACH,
    "pay_type": PAY_TYPES,
    "pay_method": PAY_METHODS,
    "bank": BANKS,
    "barring.program": BARRING,
    "password_use": PASSWORD_USES,
}
"""What the values of a column that holds codes are called."""
