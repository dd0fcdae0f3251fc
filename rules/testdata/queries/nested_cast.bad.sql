-- want: CAST to 'Array(Nullable(Float64))'
SELECT stay, CAST([amount], 'Array(Nullable(Float64))') AS about FROM fees
