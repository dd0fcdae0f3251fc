-- want: no SEMI
SELECT f.stay AS stay, g.record_id AS record_id FROM fees AS f SEMI LEFT JOIN fees AS g ON f.stay = g.stay
