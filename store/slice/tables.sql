-- The tables of a slice, made once when it is opened; {slice} is its database.
-- Instants are milliseconds since 1970 (claimwatch.Instant), days are local
-- days of Asia/Shanghai since 1970 (claimwatch.Day), money is in fen,
-- quantities and shares in 1/10,000, unit prices in 1/1,000,000 yuan. A span is
-- a tuple [from, until) of instants.

-- Every live record by its place and time; ahead of as_of too.
CREATE TABLE {slice}.places (
    institution_id String, person_id String, stay_id String, at Int64, moves Bool
) ENGINE = Memory;

-- The present of each institution of the touched persons (rules.md 1.2).
CREATE TABLE {slice}.presents (institution_id String, present Int64) ENGINE = Memory;

-- Newest rows of the institutions and of the items charged; void ones are none.
CREATE TABLE {slice}.institutions (void Bool, institution_id String, city String, level Int32, face_required Bool) ENGINE = Memory;
CREATE TABLE {slice}.items (
    void Bool, item_code String, region String, since Int32, until Int32, category String, unit String,
    cap_1 Nullable(Int64), cap_2 Nullable(Int64), cap_3 Nullable(Int64), max_per_day Nullable(Int64)
) ENGINE = Memory;

-- Stays as their own records tell them, numbered in the order of stays of each
-- person (rules.md 1.3, 1.6): a smaller number is an earlier stay.
CREATE TABLE {slice}.numbered (
    stay UInt32, institution_id String, person_id String, stay_id String, admission_id String,
    class String, route String, department String, ward String, bed String, physician_id String,
    diagnoses Array(String), injury_case_id String, referral_id String, series_id String,
    admitted_at Int64, admitted_on Int32,
    discharge_id String, discharged_at Nullable(Int64), disposition String, discharge_diagnoses Array(String),
    last_department String, present Int64, ended_at Int64, ended_on Int32, city String, level Nullable(Int32),
    institution_found Bool, face_required Bool
) ENGINE = Memory;

-- Fee lines net of refunds (rules.md 1.7 to 1.10): those that are a charge to the
-- fund, and those that were performed, self-pay and for nothing too.
-- line is the place in the order of records: a greater number is a later line.
-- Of equal lines of a stay (FEE-001) there are `copies`, and `kept` is the
-- smallest record_id of them.
CREATE TABLE {slice}.lines (
    line UInt32, stay UInt32, institution_id String, person_id String, stay_id String, record_id String,
    at Int64, day Int32, item_code String, category String, quantity Int64, unit_price Int64, amount Int64,
    order_id String, prescription_id String, physician_id String, performed Bool, charged Bool, day_unit Bool,
    item_found Bool, cap Nullable(Int64), max_per_day Nullable(Int64), copies UInt32, kept String
) ENGINE = Memory;

-- The lines that are a charge to the fund.
CREATE TABLE {slice}.fees AS {slice}.lines ENGINE = Memory;

-- Orders of known stays, each with the interval in which it is active (rules.md
-- 1.12); an open-ended one ends with its stay.
CREATE TABLE {slice}.orders (
    stay UInt32, institution_id String, record_id String, at Int64, until Int64, open_ended Bool,
    class String, item_code String, times_per_day Nullable(Int64), nursing_level Nullable(Int32), physician_id String
) ENGINE = Memory;

-- Substantive events of inpatient and rehab stays within the stay (rules.md 1.10).
CREATE TABLE {slice}.events (stay UInt32, at Int64) ENGINE = Memory;

-- One row a stay with everything that rules ask of it. Arrays are sorted.
CREATE TABLE {slice}.stays (
    stay UInt32, institution_id String, person_id String, stay_id String, admission_id String,
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
    institution_found Bool, face_required Bool, level Nullable(Int32)
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
