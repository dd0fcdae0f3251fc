-- want: parameters are {name}|cannot be read
SELECT stay FROM fees WHERE stay = {stay:UInt32}
