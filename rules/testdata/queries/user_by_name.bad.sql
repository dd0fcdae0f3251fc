-- want: session_user calls a function without brackets
SELECT stay, toString(session_user) AS record_id FROM fees
