-- The stay began when the paid time off work for the injury was over.
SELECT stay, institution_id, toJSONString(map('stop_work_until', cw_day_text(assumeNotNull(stop_work_until)))) AS evidence
FROM late_injuries
WHERE inpatient AND ifNull(admitted_on > stop_work_until, false)
