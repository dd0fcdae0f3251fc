-- want: no ASOF
SELECT f.stay AS stay FROM fees AS f ASOF JOIN fees AS g ON f.stay = g.stay AND f.at < g.at
