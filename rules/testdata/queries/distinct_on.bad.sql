-- want: no DISTINCT ON
SELECT DISTINCT
  ON (stay) stay, record_id FROM fees
