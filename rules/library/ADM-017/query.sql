-- Many persons came together and left together. One stay after the other opens a
-- window, in order; the stays of those found are used up.
SELECT [institution_id, together[1].2, together[1].6] AS about, 'involved' AS role, 'admission' AS kind, institution_id,
    member.5 AS record_id, member.4 AS at, toJSONString(map('persons', toString(length(together)))) AS evidence
FROM (
    SELECT institution_id, arrayJoin(arrayFold((found, opener) -> arrayMap(unused ->
            -- A person counts with the first of the stays, discharged or not.
            arrayMap(firsts -> arrayMap(members -> if(empty(members), found, (
                    arrayConcat(found.1, arrayMap(s -> s.1, arrayFilter(s -> has(arrayMap(m -> m.2, members), s.2), unused))),
                    arrayConcat(found.2, [members]))),
                [arrayFirst(left -> length(left) >= {persons} AND left[1].1 = opener.1, arrayMap(f -> arrayFilter(
                    m -> m.3 >= f.3 AND m.3 <= f.3 + {discharged_hours}, firsts), arraySort(f -> f.3, firsts)))])[1],
            [arrayFilter((s, n) -> n = 1 AND s.3 > 0, unused, arrayEnumerateUniq(arrayMap(s -> s.2, unused)))])[1],
        [arrayFilter(s -> NOT has(found.1, s.1), opener.2)])[1],
        openers, (CAST([], 'Array(UInt32)'), arrayFilter(x -> false, [openers[1].2]))).2) AS together
    FROM (
        SELECT institution_id, arraySort(groupArray((stay, arrayFilter(s -> s.1 >= stay, came)))) AS openers
        FROM (
            SELECT institution_id, stay, discharged_at, arraySort(groupArray(
                (stay, person_id, ifNull(discharged_at, 0), admitted_at, admission_id, stay_id)) OVER (PARTITION BY institution_id
                ORDER BY admitted_at RANGE BETWEEN CURRENT ROW AND {admitted_hours} FOLLOWING)) AS came
            FROM patients
        )
        WHERE length(arrayDistinct(arrayMap(s -> s.2, arrayFilter(s -> s.3 > 0 AND abs(s.3 - discharged_at) <= {discharged_hours},
            came)))) >= {persons}
        GROUP BY institution_id
    )
)
ARRAY JOIN together AS member
