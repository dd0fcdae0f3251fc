-- The tables that rules see, made once when a slice is opened; {slice} is its
-- database. What goes into them is worked out by package slice.
-- Instants are milliseconds since 1970 (claimwatch.Instant), days are local
-- days of Asia/Shanghai since 1970 (claimwatch.Day), money is in fen,
-- quantities and shares in 1/10,000, unit prices in 1/1,000,000 yuan. A span is
-- a tuple [from, until) of instants.

-- Fee lines that are a charge to the fund, net of refunds (rules.md 1.7 to 1.10).
-- line is the place in the order of records of the person: a greater number is a
-- later line.
-- Of equal lines of a stay (FEE-001) there are `copies`, and `kept` is the
-- smallest record_id of them.
-- From item_found on, what the item's row of the service date says; without a
-- row nothing is required and nothing is limited.
CREATE TABLE {slice}.fees (
    line UInt32, stay UInt32, inpatient Bool, institution_id String, person_id String, record_id String,
    at Int64, day Int32, item_code String, category String, quantity Int64, unit_price Int64, amount Int64,
    order_id String, prescription_id String, physician_id String, day_unit Bool,
    copies UInt32, kept String,
    item_found Bool, cap Nullable(Int64), max_per_day Nullable(Int64), max_per_stay Nullable(Int64),
    in_scope Bool, hour_unit Bool, order_required Bool, report_required Bool,
    nursing_level Nullable(Int32)
) ENGINE = Memory;

-- The lines of `fees` that could be named, whatever the parameters: all lines of
-- the groups in which there is something to find, or of which nobody can tell
-- because a row of the item is missing. Equal lines of a stay; lines above the
-- cap; lines of items of which there are more than a day, or a stay, may have; and
-- lines by the day of stays that have fewer days.
CREATE TABLE {slice}.equal_fees AS {slice}.fees;
CREATE TABLE {slice}.dear_fees AS {slice}.fees;
CREATE TABLE {slice}.day_limited_fees AS {slice}.fees;
CREATE TABLE {slice}.stay_limited_fees AS {slice}.fees;
CREATE TABLE {slice}.over_days_fees AS {slice}.fees;

-- Orders of known stays, each with the interval in which it is active (rules.md
-- 1.12); an open-ended one ends with its stay.
CREATE TABLE {slice}.orders (
    stay UInt32, institution_id String, person_id String, record_id String, at Int64, until Int64, open_ended Bool,
    class String, item_code String, quantity Nullable(Int64), times_per_day Nullable(Int64), days Nullable(Int32),
    nursing_level Nullable(Int32), physician_id String
) ENGINE = Memory;

-- One row a stay with everything that rules ask of it. Arrays are sorted; subject
-- is institution|person|stay.
CREATE TABLE {slice}.stays (
    stay UInt32, subject String, institution_id String, person_id String, stay_id String, admission_id String,
    class String, inpatient Bool, route String, department String, ward String, bed String, physician_id String,
    injury_case_id String, series_id String, diagnosis_group String, diagnoses Array(String), primary_diagnosis String,
    admitted_at Int64, admitted_on Int32, discharge_id String, discharged_at Nullable(Int64), discharged_on Nullable(Int32),
    disposition String, last_department String, present Int64, ended_at Int64, ended_on Int32, stay_days Int32,
    -- leaves, clipped and merged (rules.md 1.14)
    leaves Array(Tuple(from Int64, until Int64)),
    -- leaves and the whole days touched by special nursing or an operation
    excused Array(Tuple(from Int64, until Int64)),
    -- an open-ended order of special nursing begins at the very end of the stay
    nursed_at_end Bool,
    -- instants of substantive events, the first order at or after the admission
    events Array(Int64), first_order Nullable(Int64),
    -- days of the stay not fully on leave, and those of them without an event
    days Array(Int32), idle_days Array(Int32),
    -- day-unit fees and identity checks of the stay, in the order of records
    day_fees Array(Tuple(at Int64, day Int32, record_id String, amount Int64)),
    checks Array(Tuple(at Int64, record_id String, method String, result String, score Nullable(Int64), liveness Nullable(Bool))),
    institution_found Bool, face_required Bool, level Nullable(Int32), city String,
    person_found Bool, sex String, insured_city String, died Nullable(Int32),
    -- of a known injury case: whose it is, and what it covers
    case_found Bool, case_person_id String, recognised_on Nullable(Int32), case_prefixes Array(String), trauma Bool,
    stop_work_until Nullable(Int32),
    -- an agreement that is not terminated covers the day of the admission; when
    -- referrals of the person to the institution were approved
    agreed Bool, referred_on Array(Int32)
) ENGINE = Memory;

-- Of the four tables that follow: stays (inpatient and rehab). open: without
-- discharge; restless: something lies at the very end of the open stay, and will be
-- before it as soon as the end moves on. Time that is taken out of gaps may reach
-- beyond the end: at resumes_at the gap there grows again. fees are by the day, in
-- the order of records.

-- Gaps of more than an hour between substantive events, the first from the
-- admission, the last to the end (ongoing when the stay is open), in which fees
-- lie; and open stays without. length leaves out the leaves, on which no fees count.
-- last_gap is the length of the gap at the end, gap of a fee that of its gap.
CREATE TABLE {slice}.uncared (
    stay UInt32, institution_id String, open Bool, ended_at Int64, restless Bool, last_gap Int64, resumes_at Int64,
    gaps Array(Tuple(from Int64, until Int64, length Int64, ongoing Bool)),
    fees Array(Tuple(at Int64, record_id String, amount Int64, gap Int64))
) ENGINE = Memory;

-- Stays that are over with days without a substantive event, idle_days of the
-- days that are not fully on leave; fees are of the idle ones.
CREATE TABLE {slice}.idle_stays (
    stay UInt32, institution_id String, days Int32, idle_days Int32,
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Stays without an order in the hour after the admission; fees are those before
-- the first order and the end.
CREATE TABLE {slice}.unattended (
    stay UInt32, institution_id String, open Bool, ended_at Int64, admitted_at Int64, first_order Nullable(Int64), present Int64,
    restless Bool, fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Stays at institutions that require face checks, when they are open or not seen
-- for more than an hour. proofs tell when somebody made sure of the person, if no
-- score above theirs is asked for; the admission and the end are the first and the
-- last, with a score above all. counted is the time from the admission to the proof
-- without what is excused: leaves and the whole days touched by special nursing or
-- an operation. There no fees count either.
CREATE TABLE {slice}.attested (
    stay UInt32, institution_id String, open Bool, ended_at Int64, restless Bool, resumes_at Int64,
    proofs Array(Tuple(at Int64, counted Int64, score Int64)),
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Stays at institutions that require face checks with one that may have failed,
-- whatever score up to 0.90 is asked for: such checks, and all lines of their local
-- days, in the order of records. A check failed when its score is below the one
-- asked for; that of one that failed anyway is -1.
CREATE TABLE {slice}.doubted (
    stay UInt32, institution_id String,
    checks Array(Tuple(at Int64, day Int32, record_id String, score Int64)),
    fees Array(Tuple(at Int64, day Int32, record_id String, amount Int64))
) ENGINE = Memory;

-- Consecutive stays of one person, class and institution that look like one
-- stay in two, whatever the time between them: what ADM-001, 002 and 003 share.
-- named are the first one's admission and discharge and the second's admission;
-- fees the second's registration, consultation, exam and lab lines, `again`
-- when the first was charged the item too.
CREATE TABLE {slice}.readmissions (
    stay UInt32, institution_id String, admitted_at Int64, discharged_at Int64, days_between Int32, time_between Int64,
    other_department Bool, same_physician Bool, same_bed Bool,
    named Array(Tuple(kind String, record_id String, at Int64)),
    fees Array(Tuple(at Int64, record_id String, category String, item_code String, amount Int64, again Bool))
) ENGINE = Memory;

-- Devices fitted, of stays or of none (then stay is the number of a place beside
-- them). before_… is the fitting of the item and body part before it that cost
-- something, renewable_on the first day on which the item may be fitted again, cap
-- that of level 1; same_photo are the others with the photograph, anywhere.
CREATE TABLE {slice}.fittings (
    stay UInt32, institution_id String, person_id String, record_id String, at Int64, day Int32, item_code String,
    body_part String, amount Int64, photo_sha256 String, laser_mark String, item_found Bool, cap Nullable(Int64),
    before_institution String, before_id String, before_at Int64, renewable_on Nullable(Int32), appraised Bool,
    same_photo Array(Tuple(institution_id String, record_id String, at Int64))
) ENGINE = Memory;

-- Records that refunds of an institution name wrongly. stay is that of the first
-- refund, of first_at; cause says what is wrong: missing, other_stay or too_much;
-- named are the refunds and the record, when there is one.
CREATE TABLE {slice}.refunds (
    stay UInt32, institution_id String, refunded_id String, first_at Int64, as_of Int64, cause String,
    named Array(Tuple(kind String, record_id String, at Int64))
) ENGINE = Memory;

-- Institutions that are asked about: their beds, how far their clock has come (0
-- for not at all), when they were last heard of, and how many of their stays
-- (inpatient and rehab) have no discharge.
CREATE TABLE {slice}.houses (
    institution_id String, institution_found Bool, beds Nullable(Int32), as_of Int64, present Int64, last_received Nullable(Int64), open_stays UInt32
) ENGINE = Memory;

-- The stays (inpatient and rehab) of those institutions, all of them, numbered in
-- the order of stays of each.
CREATE TABLE {slice}.patients (
    stay UInt32, institution_id String, person_id String, stay_id String, admission_id String,
    admitted_at Int64, discharged_at Nullable(Int64), ended_at Int64
) ENGINE = Memory;

-- Times in which two persons had one bed of such an institution: second came into
-- it at from, or is the later in the order of stays of two who came at once. An
-- open stay ends where nothing more is known of it. subjects are those of the two
-- stays, sorted; named the admissions or transfers that brought them there.
CREATE TABLE {slice}.shared_beds (
    first UInt32, second UInt32, subjects Array(String), institution_id String, ward String, bed String, from Int64, until Int64,
    named Array(Tuple(kind String, record_id String, at Int64))
) ENGINE = Memory;

-- The day-unit lines of category bed of stays that shared one.
CREATE TABLE {slice}.bed_fees (stay UInt32, record_id String, at Int64, day Int32, amount Int64) ENGINE = Memory;

-- What follows are candidates: the few rows that some rules concern, whatever
-- their parameters. While there are none the rules are not run. Where a rule
-- reads a reference table that was never loaded, its candidates are left out.
-- fees are the charges to the fund of a stay, in the order of records.

-- Fee lines of days on which the agreements of the institution leave something
-- to say: none that is not terminated covers the day (agreed), the one that fits
-- the class of the stay is suspended, or no active one for rehabilitation covers
-- it and the item is for rehabilitation or has no row. continued: the stay began
-- on a day that was covered.
CREATE TABLE {slice}.unagreed (
    stay UInt32, institution_id String, record_id String, at Int64, amount Int64, route String, continued Bool,
    agreed Bool, suspended Bool, rehab_agreed Bool, item_found Bool, rehab Bool
) ENGINE = Memory;

-- Fee lines and orders by physicians on days on which they were suspended.
CREATE TABLE {slice}.suspended_work (
    stay UInt32, institution_id String, physician_id String, kind String, record_id String, at Int64, amount Int64
) ENGINE = Memory;

-- Stays, emergencies left out, of persons insured in another city than that of
-- the institution. referred_on are the days on which referrals of the person to
-- the institution were approved.
CREATE TABLE {slice}.out_of_area (
    stay UInt32, institution_id String, city String, insured_city String,
    admitted_on Int32, referred_on Array(Int32),
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Stays about whose injury case there is something to say. recognised: it is
-- known, of the person, and was recognised up to the day of as_of. related: a
-- diagnosis of the stay begins with one of its prefixes.
CREATE TABLE {slice}.injuries (
    stay UInt32, institution_id String, inpatient Bool, admitted_at Int64, admitted_on Int32, as_of Int64,
    injury_case_id String, case_found Bool, recognised Bool, recognised_on Nullable(Int32),
    prefixes Array(String), related Bool, diagnoses Array(String), stop_work_until Nullable(Int32),
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Of these the stays of a known case to which no diagnosis is related, those
-- without a recognised case, and the inpatient ones after the time off work.
CREATE TABLE {slice}.unrelated_injuries AS {slice}.injuries;
CREATE TABLE {slice}.pending_injuries AS {slice}.injuries;
CREATE TABLE {slice}.late_injuries AS {slice}.injuries;

-- Fee lines in stays after a trauma of items for other illnesses, or of items
-- without a row.
CREATE TABLE {slice}.illness_fees (
    stay UInt32, institution_id String, item_code String, record_id String, at Int64, amount Int64, item_found Bool
) ENGINE = Memory;

-- Two face checks that recognised one person at two institutions within four
-- hours, in the order of records; day is that of the earlier one.
CREATE TABLE {slice}.sightings (
    person_id String, smaller_institution String, greater_institution String, day Int32, apart Int64,
    first_score Nullable(Int64), second_score Nullable(Int64),
    checks Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64))
) ENGINE = Memory;

-- Inpatient stays that began as emergencies, but for those that were seen to on
-- the first working day. terms are the ends of the first, second … 15th working
-- day after the day of the admission, as far as the calendar has no hole;
-- matched is the first check with result match.
CREATE TABLE {slice}.emergencies (
    stay UInt32, institution_id String, as_of Int64, terms Array(Int64), matched Nullable(Int64),
    checks Array(Tuple(at Int64, record_id String))
) ENGINE = Memory;

-- Stays that began or were charged on days after the person died; fees are those
-- of such days.
CREATE TABLE {slice}.deaths (
    stay UInt32, institution_id String, died Int32,
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Inpatient stays that are over, beside the baseline of their diagnosis group,
-- the institution's level and the month of the discharge; n is NULL without one.
-- p95, median and mad are in 1/10,000 day.
CREATE TABLE {slice}.lengths (
    stay UInt32, institution_id String, stay_days Int32, diagnosis_group String,
    n Nullable(Int32), p95 Int64, median Int64, mad Int64
) ENGINE = Memory;

-- Lines with days of supply that the person takes home: of a visit, or given at
-- the discharge. supply is what refunds leave of the days (rules.md 1.7), exactly,
-- in 1/per day; per is the same for all lines of a person.
-- prescription is that of the line, or its record_id when it names none
-- (prescribed says which). emergency: the line's usage or the stay's route is.
-- max_days: what the item's row of the service date allows, at the discharge or
-- else; NULL without a row or a limit.
CREATE TABLE {slice}.supplies (
    line UInt32, stay UInt32, institution_id String, person_id String, record_id String, at Int64, day Int32,
    item_code String, drug Bool, physician_id String, prescription String, prescribed Bool,
    outpatient Bool, discharge Bool, emergency Bool, max_days Nullable(Int32),
    supply Int256, per Int256, amount Int64
) ENGINE = Memory;

-- The lines of `supplies` that could be named, whatever the parameters: of a
-- person and drug of which one begins while another lasts; and of several
-- prescriptions of a physician for a person, item and day of visits, together for
-- more days than the item allows, or than one when it says nothing.
CREATE TABLE {slice}.refills AS {slice}.supplies;
CREATE TABLE {slice}.split_supplies AS {slice}.supplies;

-- The lines of prescriptions that hand out more days than that: of visits, and
-- for the time after a stay. supplied are the days of the prescription, later those
-- of its lines after this one, all in 1/per day. max_days is the largest limit of
-- its items, 0 without one; unlimited: it has lines without one of the item,
-- ordinary ones, or in an emergency.
CREATE TABLE {slice}.oversupplies (
    stay UInt32, institution_id String, record_id String, at Int64, amount Int64, item_code String, prescription String,
    max_days Int32, unlimited Bool, unlimited_emergency Bool, supply Int256, later Int256, supplied Int256, per Int256
) ENGINE = Memory;
CREATE TABLE {slice}.discharge_oversupplies AS {slice}.oversupplies;

-- Lines whose item's row of the service date restricts it to a sex, an age, a
-- level of institution, a kind of visit or to indications that the person or the
-- stay does not meet; and those of which a row is missing. An empty text and NULL
-- restrict nothing.
-- age is the person's in full years; indicated: a diagnosis of the stay starts
-- with one of the item's prefixes.
CREATE TABLE {slice}.restricted (
    stay UInt32, inpatient Bool, institution_id String, record_id String, at Int64, item_code String, amount Int64,
    item_found Bool, sex String, age_min Nullable(Int32), age_max Nullable(Int32), min_level Nullable(Int32), visit String,
    for_indications Bool, indicated Bool,
    person_found Bool, person_sex String, age Nullable(Int32), level Nullable(Int32)
) ENGINE = Memory;

-- Lines of items out of scope, those that persons pay themselves too (the
-- exception to rules.md 1.8), and charges to the fund without a row of the item.
CREATE TABLE {slice}.uncovered (
    stay UInt32, emergency Bool, institution_id String, record_id String, at Int64, item_code String, amount Int64,
    item_found Bool, self_pay Bool, consented Bool
) ENGINE = Memory;

-- Lines above what item_limits allow, and those that were counted with them, by
-- the month of the finding. Rows are independent and nothing in them depends on
-- a parameter, so they are worked out in exact fractions before: is_over for
-- those in excess, amount for the largest excess of the line, limits the rows
-- that it exceeds. Lines of rehabilitation also have the limit of a day (REH-002);
-- one without a row of the item is here with month empty.
CREATE TABLE {slice}.over_courses (
    stay UInt32, institution_id String, person_id String, record_id String, at Int64, item_code String, month String,
    rehab Bool, is_over Bool, amount Int64, limits Array(String)
) ENGINE = Memory;

-- Pairs of drug orders of a person for different items of one class, the first
-- characters of the ATC code, and the time in which both are active. moved_by is
-- the institution with whose present an open stay prolongs that time, empty for
-- none. unknown_stay is the stay of an order whose item has no row, so that its
-- class cannot be told; 0 when it can.
CREATE TABLE {slice}.drug_pairs (
    orders Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64)),
    together_from Int64, together_until Int64, moved_by String, class String, unknown_stay UInt32
) ENGINE = Memory;

-- One row a series: CT or MR reports of a person of one body part with no
-- operation in between, in the order of records; a report alone is none. fees are
-- the lines that were charged for the report.
CREATE TABLE {slice}.imaging (
    person_id String, modality String, body_part String,
    reports Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64, day Int32,
        fees Array(Tuple(record_id String, at Int64, amount Int64))))
) ENGINE = Memory;

-- Lines of an item that another one includes, and of that other one, where both
-- are charged together as item_pairs forbids: what FEE-004 and EXM-003 share.
-- day is that of the included line, on which the pair is valid. exams: scope is
-- hour, and both lines are exams.
CREATE TABLE {slice}.inclusions (
    pair_id String, item_code String, included_code String, scope String, absolute Bool, exams Bool, day Int32, included Bool,
    stay UInt32, institution_id String, person_id String, record_id String, at Int64, amount Int64
) ENGINE = Memory;

-- All components of a package charged in one stay on one day on which it is
-- valid. quantity is the smallest net quantity among them.
CREATE TABLE {slice}.bundles (
    stay UInt32, institution_id String, package_code String, day Int32, price Int64, quantity Int64,
    lines Array(Tuple(record_id String, at Int64, amount Int64))
) ENGINE = Memory;

-- A lesser operation charged in one stay and on one day with the main one, by a
-- pair of scope secondary that is valid that day; of a pair in both directions
-- the one that applies. lines are the lesser one's; item_found and cap what its
-- item's row says.
CREATE TABLE {slice}.second_operations (
    stay UInt32, institution_id String, pair_id String, day Int32, item_found Bool, cap Nullable(Int64), factor Nullable(Int64),
    mains Array(Tuple(record_id String, at Int64)),
    lines Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64))
) ENGINE = Memory;

-- An item charged in a stay on a day on which pairs of scope add_on name it, and
-- its main items of that day. quantity is of the lines, main_quantity of mains.
CREATE TABLE {slice}.add_ons (
    stay UInt32, institution_id String, item_code String, day Int32, quantity Int64, main_quantity Int64,
    mains Array(Tuple(record_id String, at Int64)),
    lines Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64))
) ENGINE = Memory;

-- Hours that lines charge for local days, split at midnights in proportion to
-- time. Of a line's `whole` hours `part` are of the day; `total` are all of the
-- group, `before` those of its lines from which an excess is taken earlier. They
-- are exact: an hour has `hour` parts, the same for all of a group.
-- hours has the items charged by the hour, by person, item and day, of days with
-- 24 hours or more; and, without hours, one line without an item row of each stay.
CREATE TABLE {slice}.hours (
    stay UInt32, institution_id String, person_id String, item_code String, day Int32, record_id String, at Int64, amount Int64,
    item_found Bool, part Int256, whole Int256, total Int256, before Int256, hour Int256
) ENGINE = Memory;

-- care_hours has the nursing of inpatient stays by stay and day, where special
-- nursing and nursing of level 1 to 3 are both charged; an excess is taken from
-- the levels first. A unit that is not charged by the hour is 24 hours. Without
-- hours: one nursing line without an item row of each stay.
CREATE TABLE {slice}.care_hours (
    stay UInt32, institution_id String, person_id String, item_code String, day Int32, record_id String, at Int64, amount Int64,
    item_found Bool, part Int256, whole Int256, total Int256, before Int256, hour Int256
) ENGINE = Memory;

-- Nursing lines of inpatient stays whose item has a level, beside the nursing
-- order with a level that is active then, the last started of several: those with
-- more care than ordered, without an order, or without an item row. level_cap is
-- the smallest cap among items of the ordered level that are not charged by the
-- hour. woken_at: once the institution's present has come there, another order
-- may be active; 0 for never.
CREATE TABLE {slice}.nursing_lines (
    stay UInt32, institution_id String, record_id String, at Int64, day Int32, quantity Int64, unit_price Int64, amount Int64,
    item_found Bool, hour_unit Bool, level Nullable(Int32),
    order_id String, ordered_at Int64, ordered_level Nullable(Int32), level_cap Nullable(Int64), woken_at Int64
) ENGINE = Memory;

-- Lines of inpatient stays before the admission or after the discharge.
CREATE TABLE {slice}.outside_lines (
    stay UInt32, institution_id String, record_id String, at Int64, amount Int64, day_unit Bool,
    admitted_at Int64, discharged_at Nullable(Int64)
) ENGINE = Memory;

-- Time on leave of inpatient stays, clipped and merged (rules.md 1.14), with
-- day-unit fees on local days that it holds as a whole. leaves make up that time,
-- the first of them first.
CREATE TABLE {slice}.absences (
    stay UInt32, institution_id String, left_at Int64, back_at Int64,
    leaves Array(Tuple(record_id String, at Int64)), lines Array(Tuple(record_id String, at Int64, amount Int64))
) ENGINE = Memory;

-- Times that a person spent in two stays (inpatient and rehab) at once, an open
-- one up to where nothing more is known of it. subjects are those of the two,
-- sorted; later is the later in the order of stays, and institution_id its
-- institution; handed_over: it is a transfer which a referral foresees. fees are
-- its day-unit fees of local days that the overlap touches.
CREATE TABLE {slice}.overlaps (
    subjects Array(String), later UInt32, institution_id String, same_institution Bool, handed_over Bool, from Int64, until Int64,
    admissions Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64)),
    fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Outpatient visits of a person on a local day after the admission of a stay, not
-- inside a leave. within: the stay ended on a later day; else it is open, and this
-- comes true when the present of its institution reaches due_at. about are the ids
-- of the visit, visited its institution, elsewhere: another one than the stay's;
-- referred: a referral to it was approved by that day. day_fees are the stay's
-- day-unit fees of the day, visit_fees the lines of the visit.
CREATE TABLE {slice}.visits (
    stay UInt32, visit UInt32, about Array(String), institution_id String, visited String, elsewhere Bool, referred Bool,
    within Bool, due_at Int64, admission_id String, admitted_at Int64, visit_admission_id String, visited_at Int64,
    day_fees Array(Tuple(at Int64, record_id String, amount Int64)),
    visit_fees Array(Tuple(at Int64, record_id String, amount Int64))
) ENGINE = Memory;

-- Stays (inpatient and rehab) of institutions that upload vitals: runs of days of
-- the stay on which none were taken, those fully on leave left out, from the first
-- midnight to the last; ongoing: it holds the last day so far of an open stay.
-- last_days are the days of the run that holds the last day, open stay or not.
CREATE TABLE {slice}.unmeasured (
    stay UInt32, institution_id String, open Bool, ended_on Int32,
    runs Array(Tuple(from Int64, until Int64, days Int32, ongoing Bool)), last_days Int32
) ENGINE = Memory;

-- Several lines of an exam, test or treatment without a limit by the day, of one
-- stay and local day, without those that are equal to one of them: more (charged)
-- than the orders active that day ask for (ordered, once where they do not say, and
-- once without any), or with an order that begins at the very end of an open stay:
-- it is active once the present of the institution reaches due_at.
CREATE TABLE {slice}.repetitions (
    stay UInt32, institution_id String, item_code String, day Int32, item_found Bool, charged Int64, ordered Int64,
    lines Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64)),
    orders Array(Tuple(record_id String, at Int64)), due_at Int64
) ENGINE = Memory;

-- Lines of items that need an order, or of which nothing is known, without the
-- order that they name and without one of their item that was active then.
CREATE TABLE {slice}.unordered (
    stay UInt32, institution_id String, item_code String, item_found Bool, record_id String, at Int64, amount Int64, present Int64
) ENGINE = Memory;

-- Orders on which more of their item is billed than quantity x times_per_day x
-- days; lines are in the order of records.
CREATE TABLE {slice}.overbilled (
    stay UInt32, institution_id String, order_id String, ordered_at Int64, quantity Int64, times_per_day Int64, days Int32,
    lines Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64))
) ENGINE = Memory;

-- Lines on an order of a local day after that on which the order was to end.
CREATE TABLE {slice}.stopped (
    stay UInt32, institution_id String, order_id String, ordered_at Int64, stopped_at Int64, record_id String, at Int64, amount Int64
) ENGINE = Memory;

-- Lines of items that need a report, or of which nothing is known, with the times
-- of the exam reports of the stay that bear the line's order or item: none of
-- these is within the hour after the line.
CREATE TABLE {slice}.unreported (
    stay UInt32, institution_id String, item_code String, item_found Bool, day Int32, record_id String, at Int64, amount Int64,
    present Int64, reports Array(Int64)
) ENGINE = Memory;

-- Lines of a dear item where a cheap one may stand in its place. instead: orders of
-- the cheap one were active that day, and none of the dear one; with an order that
-- begins at the very end of an open stay that may change once the present of the
-- institution reaches due_at. low_cap is the cap of the cheap item at the institution.
CREATE TABLE {slice}.swapped (
    stay UInt32, institution_id String, high_code String, low_code String, low_found Bool, low_cap Nullable(Int64), instead Bool,
    day Int32, record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64,
    orders Array(Tuple(record_id String, at Int64)), due_at Int64
) ENGINE = Memory;

-- What DAT rules see is of stay numbers, also of those without an admission, whose
-- numbers come after those of the stays.
-- Admissions and fees, refunds and self-pay lines too, of which the earliest
-- revision was first received more than an hour after the live one happened. Empty
-- with the event clock.
CREATE TABLE {slice}.late_uploads (
    stay UInt32, institution_id String, uploads Array(Tuple(kind String, record_id String, at Int64, received_at Int64))
) ENGINE = Memory;

-- What a stay number lacks: front_page, since the discharge of an inpatient;
-- admission, since the first of its fees; claimed, when the last claim for a month
-- differs from the fees of that month (declared and charged are in fen, refunds
-- are lines of their own month). records are what calls for it.
CREATE TABLE {slice}.incomplete (
    stay UInt32, institution_id String, lacks String, since Int64, as_of Int64, month String, declared Int64, declared_lines Int32,
    charged Int64, charged_lines Int32, records Array(Tuple(kind String, record_id String, at Int64))
) ENGINE = Memory;

-- Stays with fees of which a revision was received after the first claim for its
-- month: how many, by how much (fen) they differ from what stood until then, and
-- these fees and claims; and with records that were sent with two contents: how
-- many, and these. Empty with the event clock.
CREATE TABLE {slice}.changes (
    stay UInt32, institution_id String, revised Int32, contradicted Int32, amount Int64,
    records Array(Tuple(kind String, record_id String, at Int64))
) ENGINE = Memory;
