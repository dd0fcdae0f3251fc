-- want: IN a name could be a table
SELECT stay FROM fees WHERE record_id IN system.users
