"""Vouchers 记账凭证 of closed business days, for the accounts of the house (management-facts 7.1 and 7.2).

    postings ──chart──▶ vouchers ──u8 | kingdee | plain_text──▶ a file

A closed day never changes, so that its voucher, its number and its reference are the same whenever it is made.
"""
