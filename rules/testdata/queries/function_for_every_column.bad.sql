-- want: rules do without ColumnsTransformerList
SELECT * APPLY(toFloat64) FROM fees
