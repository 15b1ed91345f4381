"""What is wrong with rows of management, by row of the catalogue: at least ten each, written by hand.

A line: table, column, `=` and what is typed into the example's row of that table in place of what stands there (after
` & `: another column of it); after ` > ` the column that is named, where it is another one.
"""

WRONG = {
    "M1": """
        content business=C99
        content business=
        content kind=poster
        content position=-1
        content position=1000000000000000
        content position=1.5
        content text_zh=
        content valid_from=2026-13-01
        content valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        content valid_to=31.12.
        content state=gone
        article title_zh=
        article business=X1
    """,
    "M2.1": """
        interface code=Night 1
        interface code=
        interface name_zh=
        interface kind=maybe
        interface rule=time.hour >=
        interface rule=eval("1")
        interface rule=nobody.age == 1
        interface timeout_ms=99
        interface timeout_ms=-1
        interface retries=4
        interface failures=0
        interface rest_seconds=3601
        interface offline=perhaps
        interface beside=no_such_field
        interface address=ftp://check.example
        interface repeatable=x
    """,
    "M2.2": """
        business_interface position=-1
        business_interface position=1000000000000000
        business_interface position=first
        business_interface position=1.5
        business_interface position=½
        business_interface position=1e3
        business_interface on_no=later
        business_interface on_no=是
        business_interface position=0x1
        business_interface on_no=n
    """,
    "M3.1": """
        category code=
        category name_zh=
        category rank=-1
        category rank=10000
        category number_limit=-5
        category number_limit=100001
        category credit_limit=-0.01
        category credit_limit=1000000000
        category credit_limit=1,00
        category deposit_waived=x
        category key_account=2
        category colour=pink
        category state=gone
        document_kind rule=none
        document_kind category=nobody
        price_rule percent=101
        price_rule amount=-1
        price_rule valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
    """,
    "M3.2": """
        class_rule code=
        class_rule name_zh=
        class_rule category=nobody
        class_rule rank=-1
        class_rule rank=10000
        class_rule conditions=
        class_rule conditions=spend | >= | -500 | 3
        class_rule conditions=wealth | >= | 1 | 0
        class_rule conditions=spend | >= | 500 | -3
        class_rule valid_to=2026-02-30
        class_rule valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        customer_class document_kind=ZZ
        customer_class document_number=33010219850412173
        customer_class category=nobody
        customer_class reason=
        customer_class valid_to=never
        listed_person list=grey
        listed_person basis=
        listed_person source=nobody
        listed_person valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
    """,
    "M4": """
        product code=
        product name_zh=
        product kind=thing
        product pay_type=barter
        product minimum_age=-1
        product minimum_age=121
        product rank=-1
        product valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        product categories=nobody
        product outlets=NOWHERE
        product partner=NOBODY
        product contract_months=61
        product contract_months=-1
        product contract_months=1
        product penalty_percent=101
        product penalty_percent=1
        product state=gone
        product_relation relation=likes
        product_relation other=NOTHING
        price_rule percent=-1
        price_rule amount=1.234
        plan_rate included=-1
        plan_rate unit=0
        plan_rate price=-1
        reservation_limit minutes=0
        reservation_limit minutes=10081
    """,
    "M5": """
        number_group code=
        number_segment prefix=179570
        number_segment prefix=0795700
        number_segment first=999x
        number_segment first=9999 & last=0000 > last
        number_segment element=NOWHERE
        number_segment number_group=NOBODY
        number_grade fee=-1
        number_grade fee=10000000000
        number_grade contract_months=361
        number_grade quarantine_days=-1
        number_pattern rank=-1
        number_pattern grade=NONE
        number_pattern pattern=((
        sim_kind memory_kb=-1
        access_code partner=NOBODY
        access_code rented_from=2026-12-01 & rented_to=2026-11-30 > rented_to
        access_code fee=-1
        imsi_block first=46002
        imsi_block last=460019999999999
        imsi_block element=NOWHERE
    """,
    "M6": """
        price_rule item=no_such_item
        price_rule business=C99
        price_rule product=NONE
        price_rule category=nobody
        price_rule outlet=NOWHERE
        price_rule amount=-1
        price_rule amount=10000000000
        price_rule amount=1.234
        price_rule percent=101
        price_rule percent=-1
        price_rule rank=-1
        price_rule valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        price_rule weekdays=8
        price_rule from_time=25:00
        charge_item fee_kind=3
        charge_item ledger_account=9999
        charge_item tax_category=none_such
        plan_rate unit=0
        plan_rate included=-1
    """,
    "M7": """
        operator staff_no=
        operator staff_no=9-1
        operator name=
        operator outlet=NOWHERE
        operator role=nobody
        operator birth_date=2030-01-01
        operator language=fr
        operator state=asleep
        cash_limit float_limit=-1
        cash_limit expense_limit=10000000000
        outlet code=
        outlet code=HZ/01
        counter code=HZ 01/1
        outlet channel=shop
        outlet partner=NOBODY
        counter outlet=NOWHERE
        counter state=asleep
    """,
    "M8": """
        control_stage pay_type=barter
        control_stage rank=-1
        control_stage act=shout
        control_stage conditions=
        control_stage conditions=due | 1000
        control_stage conditions=at_most | 1.00
        control_stage conditions=stage | 5 | NOWHERE
        control_stage text_zh=
        control_stage text_zh={name}您好
        control_stage exempt=friends
        control_stage any_time=y
        control_stage valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        credit_rating stars=6
        credit_rating term_days=-1
        credit_rating credit_limit=-1
        credit_rating points_from=10000
        rating_score at_least=-1
        rating_score points=0
        rating_score measure=height
        credit_raise credit_limit=0
        credit_raise valid_to=2026-11-22
        credit_raise valid_to=2028-01-01
        credit_raise reason=
        credit_raise outlet=NOWHERE
        customer_rating rating=Z
        customer_rating document_number=1
        customer_rating valid_to=never
        credit_exemption kind=friend
        credit_exemption person=9999
        credit_exemption valid_to=2026-11-01
        credit_exemption amount=-1
        public_holiday day=2026-11-01
    """,
    "M9": """
        paper_layout kind=
        paper_layout kind=napkin
        paper_layout language=fr
        paper_layout layout=
        paper_layout layout=text center
        paper_layout layout=each facts
        paper_layout layout=text: {nothing}
        paper_layout layout=if buyer_title
        paper_layout layout=dance: now
        paper_layout valid_from=2026-13-01
        paper_layout valid_from=2026-12-01 & valid_to=2026-11-30 > valid_to
        paper_layout valid_to=never
    """,
    "M10": """
        network_element code=
        network_element name_zh=
        network_element dialect=klingon
        network_element gateway=
        network_element code=../HLR
        network_element code=HLR 1
        network_element gateway=folder:../../etc
        network_element gateway=carrier pigeon
        network_element gateway=sftp://boss:secret@hlr/in
        network_element gateway=http://hlr/in
        network_element gateway=sftp://
        network_element state=asleep
        network_element dialect=
        answer_code meaning=
        answer_code meaning=perhaps
    """,
    "M19": """
        parameter value=-1
        parameter value=91
        parameter value=1000000000000000
        parameter value=99999999999999999999
        parameter value=4.5
        parameter value=four
        parameter value=
        parameter value=½
        parameter value=1e1
        parameter value=0x4
    """,
}
