-- LIMIT, now(), $ and ANY in a comment: “not seen”
SELECT stay, 'LIMIT 5 -- ANY $ 超' AS record_id, '/* FINAL' AS kind FROM fees
