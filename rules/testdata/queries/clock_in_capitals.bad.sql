-- want: NOW|cannot run
SELECT stay, toInt64(NOW()) AS at FROM fees
