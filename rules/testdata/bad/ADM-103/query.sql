-- No such grammar.
SELECT stay
FORM stays
