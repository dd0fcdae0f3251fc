-- want: arrayReduce is not among the functions
SELECT stay, toInt64(arrayReduce('avg', arraySort(groupArray(amount)))) AS amount FROM fees GROUP BY stay
