"""What is typed into the forms of management, as it is agreed: written by hand, never made of the forms themselves."""

FORMS = {
    "M1 content": """
        id= text 40
        business code 8
        kind=notice choice
        position=0 digits 0..999999999999999
        text_zh multiline 2000
        text_en= multiline 2000
        state=published choice
        valid_from=None date
        valid_to=None date
        author= text 20
    """,
    "M1 article": """
        code= text 40
        business= code 8
        title_zh text 200
        title_en= text 200
        text_zh multiline 4000
        text_en= multiline 4000
        words= text 200
        state=published choice
    """,
    "M1 extra_field": """
        business code 8
        code text 30
        kind=text choice
        label_zh text 14
        label_en= text 14
        help_zh= text 120
        help_en= text 120
        choices=[] multiline 2000
        length=0 digits 0..200
        required=False flag
        printed=False flag
        searched=False flag
        position=0 digits 0..999999999999999
        state=published choice
        valid_from=None date
        valid_to=None date
    """,
    "M1 try": """
        business code 8
    """,
    "M2.1 interface": """
        code text 40
        name_zh text 60
        name_en= text 60
        kind=local choice
        rule= multiline 400
        reason_zh= text 120
        reason_en= text 120
        beside= text 40
        address= text 200
        path= text 120
        method=POST choice
        sends= multiline 1000
        yes_when= multiline 400
        override_when= multiline 400
        reason_at= text 80
        timeout_ms=2000 digits 100..30000
        repeatable=False flag
        retries=0 digits 0..3
        failures=5 digits 1..100
        rest_seconds=30 digits 1..3600
        certificate= multiline 8000
        offline=yes choice
        state=active choice
    """,
    "M2.1 try": """
        interface text 40
        business=C1 code 8
        number= digits 11
        name= name 64
        document_number= code 30
        plan= code 20
        outlet= code 20
        simulated=False flag
    """,
    "M2.2 business_interface": """
        business code 8
        interface text 40
        position=0 digits 0..999999999999999
        on_no=no choice
    """,
    "M2.2 try": """
        business code 8
        orders=100 digits 1..500
    """,
    "M3.1 category": """
        code text 20
        name_zh text 30
        name_en= text 30
        rank=100 digits 0..9999
        number_limit=5 digits 0..100000
        credit_limit=0 money 0..
        deposit_waived=False flag
        key_account=False flag
        colour= choice
        benefits_zh= text 60
        benefits_en= text 120
        state=active choice
    """,
    "M3.1 document_kind": """
        code code 4
        name_zh text 30
        name_en= text 60
        holder=individual choice
        rule text 20
        category=ordinary text 20
        minors_only=False flag
        state=active choice
    """,
    "M3.1 price_rule": """
        id= text 40
        item text 40
        business code 8
        product= text 40
        category= text 40
        outlet= text 40
        region= text 40
        valid_from=None date
        valid_to=None date
        amount money
        percent=100 digits 0..100
        monthly=False flag
        name_zh= text 60
        name_en= text 60
        rank=0 digits 0..999999999999999
        weekdays= digits 7
        from_time= text 5
        to_time= text 5
        state=published choice
    """,
    "M3.1 try": """
        number= digits 11
        category=ordinary text 20
        becomes text 20
    """,
    "M3.2 class_rule": """
        code code 20
        name_zh text 30
        name_en= text 30
        category text 20
        rank=100 digits 0..9999
        conditions multiline
        valid_from=None date
        valid_to=None date
        state=active choice
    """,
    "M3.2 customer_class": """
        document_kind code 4
        document_number code 30
        category text 20
        reason= text 60
        valid_to=None date
        outlet= code 20
        how=hand choice
        rule= code 20
    """,
    "M3.2 listed_person": """
        id= text 60
        list=black choice
        document_kind code 4
        document_number code 30
        name= text 60
        reason text 60
        basis text 60
        source=own text 20
        valid_from=None date
        valid_to=None date
    """,
    "M3.2 try": """
        document_number= text 30
        number= digits 11
        most=20000 digits 1..1000000
    """,
    "M4 product": """
        code code 20
        name_zh text 60
        name_en= text 60
        kind=plan choice
        pay_type=any choice
        valid_from=None date
        valid_to=None date
        categories=() text 200 several
        outlets=() text 400 several
        minimum_age=0 digits 0..120
        sim_kinds=() text 60 several
        network_act= text 40
        partner= code 20
        contract_months=0 digits 0..60
        penalty_percent=0 digits 0..100
        rank=100 digits 0..999999999999999
        summary_zh= text 120
        summary_en= text 120
        state=active choice
    """,
    "M4 product_relation": """
        product code 20
        relation=contains choice
        other code 20
    """,
    "M4 plan_rate": """
        plan text 40
        kind text 20
        included=0 digits 0..999999999999999
        unit=1 digits 1..999999999999999
        price=0 money
    """,
    "M4 handset_bundle": """
        code code 20
        name_zh text 60
        name_en= text 60
        model code 40
        plans=() text 200 several
        price money 0..
        prepay=0 money 0..
        months=12 digits 1..60
        penalty_percent=30 digits 0..100
        valid_from=None date
        valid_to=None date
    """,
    "M4 reservation_limit": """
        kind text 20
        minutes=30 digits 1..10080
    """,
    "M4 try": """
        product code 20
        ends=False flag
        services=() text 200 several
        category=ordinary text 40
        age=None digits 0..150
        outlet= code 20
    """,
    "M5 number_segment": """
        prefix digits 7
        first=0000 digits 4
        last=9999 digits 4
        element= code 20
        region= text 20
        number_group= code 20
        received_on=None date
        document_no= text 40
        state=active choice
    """,
    "M5 number_group": """
        code code 20
        name_zh text 30
        name_en= text 30
        region= text 20
        state=active choice
    """,
    "M5 number_grade": """
        code code 20
        name_zh text 30
        name_en= text 30
        fee=0 money 0..
        minimum_spend=0 money 0..
        contract_months=0 digits 0..360
        transfer_ban_months=0 digits 0..360
        quarantine_days=0 digits 0..3650
        state=active choice
    """,
    "M5 number_pattern": """
        code code 20
        rank digits 0..9999
        grade code 20
        pattern= text 200
        forbids_four=False flag
        must_contain=() text 60 several
        state=active choice
    """,
    "M5 number_lock": """
        number digits 11
        cause=porting choice
        reason text 60
        valid_from=None date
        valid_to=None date
        state=active choice
    """,
    "M5 imsi_block": """
        first digits 15
        last digits 15
        element code 20
        received_on=None date
        document_no= text 40
        state=active choice
    """,
    "M5 sim_kind": """
        code text 20
        name_zh text 30
        name_en= text 30
        memory_kb=0 digits 0..1048576
        maker= text 40
        profile= text 40
        state=active choice
    """,
    "M5 access_code": """
        code digits 20
        kind=sms_port choice
        state=free choice
        partner= code 20
        rented_from=None date
        rented_to=None date
        fee=0 money 0..
        document_no= text 40
    """,
    "M5 phone_number": """
        number digits 11
        grade= code 20
        state=idle choice
        outlet= code 20
        segment= digits 7
        quarantine_until=None date
    """,
    "M5 sim_card": """
        iccid digits 20
        imsi digits 15
        kind= text 20
        state=in_stock choice
        outlet= code 20
    """,
    "M5 recharge_card": """
        serial digits 17
        face_value money 1..
        valid_to date
        state=idle choice
        outlet= code 20
    """,
    "M5 handset": """
        imei digits 15
        model code 20
        colour= text 20
        imei2= digits 15
        cost=0 money 0..
        dispute= text 10
        state=in_stock choice
        outlet= code 20
    """,
    "M5 blank_card": """
        serial digits 16
        kind text 20
        state=blank choice
        outlet= code 20
    """,
    "M5 try": """
        numbers= digits 11
    """,
    "M6 charge_item": """
        code text 40
        name_zh text 60
        name_en= text 60
        fee_kind=0 digits 0..2
        ledger_account text 20
        tax_category=none text 20
    """,
    "M6 tax_rate": """
        category text 20
        valid_from date
        rate rate 0..10000
    """,
    "M6 try": """
        business code 8
        products=() code several
        number= digits 11
        category= text 40
        outlet= code 20
        region= text 40
        time=12:00 text 5
    """,
    "M7 operator": """
        staff_no code 12
        name text 40
        outlet code 20
        role=clerk text 20
        birth_date=None date
        confirmed_on=None date
        language= text 5
        state=active choice
    """,
    "M7 role": """
        code text 20
        name_zh text 30
        name_en= text 30
        grade=clerk choice
        weekdays= digits 7
        from_time= text 5
        to_time= text 5
        state=active choice
    """,
    "M7 role_right": """
        role text 20
        business text 20
        approval=alone choice
        amount_limit=0 money 0..
        refund_limit=0 money 0..
        refund_day_limit=0 money 0..
    """,
    "M7 duty_conflict": """
        holds text 20
        excludes text 20
        reason_zh text 60
        reason_en= text 60
    """,
    "M7 cash_limit": """
        role text 20
        float_limit=0 money 0..
        expense_limit=0 money 0..
        bank_limit=0 money 0..
        difference_limit=0 money 0..
    """,
    "M7 counter": """
        code code 20
        outlet code 20
        name_zh text 30
        name_en= text 30
        printer= code 20
        state=active choice
    """,
    "M7 outlet": """
        code code 20
        name_zh text 60
        name_en= text 60
        province text 20
        region= text 20
        channel=own choice
        partner= code 20
        state=active choice
    """,
    "M7 try": """
        staff_no code 12
        business= code 8
        amount=0 money 0..
        time=12:00 text 5
        leaves=False flag
        to_outlet= code 20
    """,
    "M8 control_stage": """
        code code 20
        name_zh text 30
        name_en= text 30
        pay_type choice
        rank=10 digits 0..9999
        act choice
        conditions multiline
        text_zh= text 140
        text_en= text 160
        exempt=() text 80 several
        any_time=False flag
        valid_from=None date
        valid_to=None date
        state=active choice
    """,
    "M8 credit_rating": """
        code code 10
        name_zh text 30
        name_en= text 30
        stars=0 digits 0..5
        credit_limit=0 money 0..
        term_days=0 digits 0..90
        deposit_waived=False flag
        by_score=False flag
        points_from=0 digits 0..9999
        state=active choice
    """,
    "M8 rating_score": """
        code code 20
        name_zh text 30
        name_en= text 30
        measure choice
        at_least=0 digits 0..999999
        points digits 1..9999
        state=active choice
    """,
    "M8 customer_rating": """
        document_kind code 4
        document_number code 30
        rating code 10
        credit_limit=0 money 0..
        reason= text 60
        valid_to=None date
        outlet= code 20
        how=hand choice
        points=0 digits 0..9999
    """,
    "M8 credit_raise": """
        document_kind code 4
        document_number code 30
        credit_limit money 1..
        valid_from=None date
        valid_to date
        reason text 60
        outlet= code 20
    """,
    "M8 credit_exemption": """
        id= text 60
        kind choice
        document_kind code 4
        document_number code 30
        number= digits 11
        month= text 7
        amount=0 money 0..
        person code 20
        reason text 60
        valid_from=None date
        valid_to date
        outlet= code 20
    """,
    "M8 public_holiday": """
        day date
        name_zh text 30
        name_en= text 30
    """,
    "M8 control_order": """
        id text 60
        number digits 11
        stage= code 20
        act choice
        at_stake=0 money
        outlet code 20
        made_on date
        any_time=False flag
        run= text 60
        subscription_id text 60
        occasion= text 40
        state=active choice
    """,
    "M8 try": """
        number= digits 11
        document_number= text 30
    """,
    "M9 paper_layout": """
        id= text 40
        kind text 20
        language=both choice
        layout multiline 8000
        valid_from=None date
        valid_to=None date
    """,
    "M9 try": """
        kind text 20
        layout= multiline 8000
        number= text 40
        width= code 2
        language= text 5
    """,
    "M10 network_element": """
        code code 20
        name_zh text 60
        name_en= text 60
        dialect text 20
        gateway text 200
        state=active choice
    """,
    "M10 command_template": """
        dialect text 20
        act text 40
        lines multiline
    """,
    "M10 answer_code": """
        dialect text 20
        code text 20
        meaning choice
        text_zh= text 120
        text_en= text 120
    """,
    "M10 try": """
        dialect text 20
        act text 40
        values= text 200
        known=None flag
    """,
    "M19 parameter": """
        name text 40
        business= code 8
        value digits 0..999999999999999
    """,
    "M19 process": """
        business code 8
        number code 20
        steps multiline
        draft_minutes=120 digits 1..10080
        network_minutes=60 digits 1..10080
        limits=[] multiline
        approvals=[] multiline
        copies=[] multiline
    """,
    "M19 try": """
        business= code 8
        days=30 digits 1..366
    """,
}
"""By subject and table (`try`: what is tried before it counts), a line each field: name, `=` its default (without: it
must be filled); kind; `least..most` where it has bounds (money in fen); how many characters it takes at most."""
