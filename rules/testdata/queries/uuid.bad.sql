-- want: generateUUIDv4: a rule gives the same
SELECT stay, toString(generateUUIDv4()) AS record_id FROM fees
