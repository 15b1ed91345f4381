"""The columns of the catalogue: the rules that businesses draw on, over the store.

Each has a module, or a folder where it has several, in which the `Component` bears the folder's name as a rule. What a
business may call is a `Component` with its code (`F5`); whatever is `@traced` there stands in the trail, from which the
matrix is read. Functions over rows that more than one component asks stand in modules beside them. The modules in which
each column begins:

F1 eligibility · F2 content · F3 customers · F4 products · F5 resources, handsets, blank_cards, recharge_cards ·
F6 tariff · F7 operators, leaving · F8 credit, credit_control, hall_credit · F9 documents · F10 network_elements ·
F11 finance · F12 accounts · F13 statistics · F14 processes · A1 behaviour · A2 service · A3 loyalty · A4 partners ·
B1 billing, final_bills · B2 settlement
"""
