-- want: no ANY
SELECT f.stay AS stay FROM fees AS f ANY INNER JOIN fees AS g ON f.stay = g.stay
