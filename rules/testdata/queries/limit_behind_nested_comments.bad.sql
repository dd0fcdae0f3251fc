-- want: a comment begins with --
SELECT stay /* /* */ ' */ FROM fees LIMIT 1 + 1 --'
