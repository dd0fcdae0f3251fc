-- want: reads orders, which reads.tables
SELECT stay, 'orders AS (SELECT' AS record_id FROM fees WHERE stay IN (SELECT stay FROM orders)
