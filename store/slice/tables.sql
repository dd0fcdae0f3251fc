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
-- row nothing is required and nothing is limited. agreed: an agreement that is
-- not terminated covers the day; suspended: the one that fits the class of the
-- stay is; rehab_agreed: an active one for rehabilitation covers it.
CREATE TABLE {slice}.fees (
    line UInt32, stay UInt32, inpatient Bool, institution_id String, person_id String, record_id String,
    at Int64, day Int32, item_code String, category String, quantity Int64, unit_price Int64, amount Int64,
    order_id String, prescription_id String, physician_id String, day_unit Bool,
    copies UInt32, kept String, agreed Bool, suspended Bool, rehab_agreed Bool,
    item_found Bool, cap Nullable(Int64), max_per_day Nullable(Int64), max_per_stay Nullable(Int64),
    in_scope Bool, rehab Bool, non_injury Bool, hour_unit Bool, order_required Bool, report_required Bool,
    nursing_level Nullable(Int32)
) ENGINE = Memory;

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
