-- want: _table tells how rows are stored
SELECT stay, _table AS record_id FROM fees
