"""What is typed into rows of forms of management, into what is done with stock and into files, as it is agreed: written
by hand, as `fields`."""

PARTS = {
    "m03_2.conditions.ConditionForm": """
        fact text 20
        comparison text 2
        value text 60
        months=0 digits 0..24
    """,
    "m05.goods.DisputeForm": """
        imei digits 15
        outcome text
        reason text 80
    """,
    "m05.number_acts.BlockForm": """
        numbers digits 11
    """,
    "m05.number_leases.LeaseForm": """
        outlet code 20
        numbers= digits 11
        grade= code 20
        pieces=1000 digits 1..10000
        days=None digits 1..3650
    """,
    "m05.number_leases.OfLeaseForm": """
        lease text 60
    """,
    "m05.number_acts.ReleaseForm": """
        numbers= digits 11
    """,
    "m05.number_acts.WithdrawForm": """
        numbers digits 11
        reason text 60
    """,
    "m05.recharge_cards.AcceptForm": """
        order text 40
        pieces digits 8
        missing= text 2000
        reason= text 80
    """,
    "m05.recharge_cards.CardFileForm": """
        serial digits 17
        pin_cipher text 64
    """,
    "m05.sim_batches.SimFileForm": """
        iccid digits 20
        imsi digits 15
        ki text 32
        puk= digits 8
    """,
    "m08.forms.ConditionForm": """
        when text 10
        value= text 12
        stage= code 20
    """,
    "m08.hall.LendForm": """
        number digits 11
        credit_limit money
        valid_to date
        reason text 60
    """,
    "m08.hall.TakeBackForm": """
        id text 60
        reason text 60
    """,
    "m08.hall.VouchForm": """
        number digits 11
        reason text 60
    """,
    "m09.numbers.AskBackForm": """
        number code 30
        reason text 80
    """,
    "m09.numbers.DeliveryForm": """
        kind text 20
        code code 20
        first digits 1..99999999 8
        last digits 1..99999999 8
        supplier text 60
        paper text 40
        pieces=0 digits 0..10000000
    """,
    "m09.numbers.HandOutForm": """
        outlet code 20
        kind text 20
        code= code 20
        pieces digits 1..10000000
        reason text 80
    """,
    "m10.elements.StepForm": """
        command text 400
        when= text 80
        undo=() text 400
    """,
    "m19.processes.CopiesForm": """
        kind text 20
        sheets digits 1..9
    """,
    "m19.processes.LimitForm": """
        act text 40
        minutes digits 1..43200
    """,
    "m19.processes.StepForm": """
        step text 40
    """,
    "m19.processes.WordForm": """
        role= text 20
        over=0 money 0..
    """,
}
