-- want: returns patient, which is no column
SELECT stay, person_id AS patient FROM fees
