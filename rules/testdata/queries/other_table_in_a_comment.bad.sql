-- want: reads orders, which reads.tables
-- WITH orders AS (SELECT 1)
SELECT stay FROM fees WHERE stay IN (SELECT stay FROM orders)
