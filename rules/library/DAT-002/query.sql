-- A stay without its front page, fees without an admission, or a claim that says
-- otherwise than the fees of its month: somebody did not upload all there is.
SELECT if(as_of >= known_by, 'hit', '') AS result, stay, 'involved' AS role, record.kind AS kind, institution_id,
    record.record_id AS record_id, record.at AS at, toJSONString(map('lacks', arrayStringConcat(lacking, '; '))) AS evidence,
    known_by AS due_at
FROM (
    SELECT stay, institution_id, as_of, records, if(lacks = 'claimed', 0, since + {hours}) AS known_by,
        if(lacks = 'claimed', concat('claim of ', month, ': ', cw_yuan_text(declared), ' in ', toString(declared_lines), ' lines, uploaded ',
            cw_yuan_text(charged), ' in ', toString(charged_lines)), lacks) AS what,
        arraySort(groupArray(what) OVER (PARTITION BY stay, as_of >= known_by)) AS lacking
    FROM incomplete
)
ARRAY JOIN records AS record
