-- Functions that rules share. A span is a tuple [from, until) of milliseconds;
-- the spans of a stay are sorted and do not touch (slice.Merge makes them so).

-- round(quantity x price, 2) in fen, half away from zero, exact (rules.md 1.15).
CREATE OR REPLACE FUNCTION cw_product AS (quantity, price) ->
    toInt64(intDiv(toInt128(quantity) * toInt128(price)
        + if((quantity < 0) != (price < 0), toInt128(-50000000), toInt128(50000000)), toInt128(100000000)));

-- What a line gives to an excess of which later lines gave `before` already.
CREATE OR REPLACE FUNCTION cw_taken AS (excess, before, quantity) ->
    greatest(toInt64(0), least(toInt64(quantity), toInt64(excess) - toInt64(before)));

-- The amount of the part `taken` of a line, at most its net amount.
CREATE OR REPLACE FUNCTION cw_part AS (taken, price, amount) -> least(cw_product(taken, price), amount);

-- The same of a part in 1/100,000,000.
CREATE OR REPLACE FUNCTION cw_fine_part AS (taken, price, amount) ->
    least(toInt64(intDiv(toInt128(taken) * toInt128(price) + toInt128(500000000000), toInt128(1000000000000))), amount);

-- The amount of `part` of a whole, both in the same unit: round(amount x part /
-- whole, 2), half away from zero, exact, at most the net amount.
CREATE OR REPLACE FUNCTION cw_share AS (amount, part, whole) ->
    toInt64(least(toInt256(amount), intDiv(2 * toInt256(amount) * toInt256(part) + toInt256(whole), 2 * toInt256(whole))));

-- What a line gives to an excess in exact fractions of days or hours: cw_taken
-- without the limits of 64 bits.
CREATE OR REPLACE FUNCTION cw_taken_exact AS (excess, before, part) ->
    greatest(toInt256(0), least(toInt256(part), toInt256(excess) - toInt256(before)));

-- The difference of price of a line above a cap, not below 0, at most its net amount.
CREATE OR REPLACE FUNCTION cw_over AS (price, cap, quantity, amount) ->
    least(greatest(cw_product(quantity, price - cap), toInt64(0)), amount);

-- The same above the given part of a cap: cap / parts.
CREATE OR REPLACE FUNCTION cw_over_part AS (price, cap, parts, quantity, amount) ->
    least(toInt64(intDiv(greatest(toInt256(price) * parts - toInt256(cap), toInt256(0)) * toInt256(quantity) * 2
        + toInt256(parts) * 100000000, toInt256(parts) * 200000000)), amount);

-- The local day of an instant, and the first instant of a local day.
CREATE OR REPLACE FUNCTION cw_day_of AS (at) ->
    toInt32(toDate32(fromUnixTimestamp64Milli(toInt64(at), 'Asia/Shanghai')));
CREATE OR REPLACE FUNCTION cw_midnight AS (day) ->
    toUnixTimestamp64Milli(toDateTime64(CAST(toInt32(day) AS Date32), 3, 'Asia/Shanghai'));

-- Whether an instant lies in one of the spans.
CREATE OR REPLACE FUNCTION cw_inside AS (spans, at) -> arrayExists(x -> x.1 <= at AND at < x.2, spans);

-- How long [from, until) is when the spans are taken out.
CREATE OR REPLACE FUNCTION cw_length AS (spans, start, stop) ->
    stop - start - arraySum(x -> greatest(toInt64(0), least(x.2, stop) - greatest(x.1, start)), spans);

-- The first instant at which [start, instant) is `length` long when the spans are taken out.
CREATE OR REPLACE FUNCTION cw_reach AS (spans, start, length) ->
    arrayFold((acc, x) -> if(x.1 < acc AND x.2 > start, acc + x.2 - greatest(x.1, start), acc),
        spans, toInt64(start + length));

-- The gaps between consecutive points, the first from start, the last to stop.
CREATE OR REPLACE FUNCTION cw_gaps AS (start, points, stop) ->
    arrayZip(arrayConcat([start], points), arrayConcat(points, [stop]));

-- Texts of subjects and evidence (rules.md 1.16).
CREATE OR REPLACE FUNCTION cw_day_text AS (day) -> toString(CAST(toInt32(day) AS Date32));
CREATE OR REPLACE FUNCTION cw_instant_text AS (at) ->
    replaceOne(toString(fromUnixTimestamp64Milli(toInt64(at), 'Asia/Shanghai')), ' ', 'T');
CREATE OR REPLACE FUNCTION cw_yuan_text AS (fen) -> toString(reinterpret(toInt128(fen), 'Decimal128(2)'));
CREATE OR REPLACE FUNCTION cw_number_text AS (number) -> toString(reinterpret(toInt128(number), 'Decimal128(4)'));
CREATE OR REPLACE FUNCTION cw_price_text AS (price) -> toString(reinterpret(toInt128(price), 'Decimal128(6)'));
