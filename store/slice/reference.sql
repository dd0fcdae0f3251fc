-- Reference rows that a load needs, in their current version: the greatest
-- (seq, line) of a key, unless it is void.

INSERT INTO {slice}.institutions
SELECT void, institution_id, city, level, face_required FROM {main}.ref_institutions
WHERE institution_id IN (SELECT institution_id FROM {slice}.presents)
ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id;

INSERT INTO {slice}.items
SELECT void, item_code, region, toInt32(valid_from), ifNull(toInt32(valid_until), toInt32(2147483647)),
    category, unit, price_cap_1, price_cap_2, price_cap_3, max_per_day
FROM {main}.ref_items
WHERE item_code IN (SELECT item_code FROM {slice}.known_fees)
ORDER BY seq DESC, line DESC LIMIT 1 BY item_code, region, valid_from;
