-- The stay began when the paid time off work for the injury was over.
SELECT if(case_found, 'hit', 'not_evaluated') AS result, stay, institution_id,
    toJSONString(map('stop_work_until', if(stop_work_until IS NULL, '', cw_day_text(assumeNotNull(stop_work_until))))) AS evidence,
    'injury case row missing' AS reason
FROM injuries
WHERE inpatient AND (NOT case_found OR ifNull(admitted_on > stop_work_until, false))
