-- want: getSetting: a rule sees its slice
SELECT stay, toString(getSetting('readonly')) AS record_id FROM fees
