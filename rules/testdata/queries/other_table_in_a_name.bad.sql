-- want: a part of the query has the name of the table orders
SELECT stay FROM fees WHERE stay IN (WITH orders AS (SELECT 1 AS stay) SELECT stay FROM orders) AND stay IN (SELECT stay FROM orders)
