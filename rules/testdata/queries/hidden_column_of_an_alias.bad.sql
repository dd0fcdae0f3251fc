-- want: f._table tells how rows are stored
SELECT f.stay AS stay, f._table AS record_id FROM fees AS f
