-- The tables of a slice, made once when it is opened; {slice} is its database.
-- Instants are milliseconds since 1970 (claimwatch.Instant), days are local
-- days of Asia/Shanghai since 1970 (claimwatch.Day), money is in fen,
-- quantities and shares in 1/10,000, unit prices in 1/1,000,000 yuan.

-- Whom the slice holds.
CREATE TABLE {slice}.scopes (person_key UInt64, person_id String) ENGINE = Memory;

-- as_of of the load: one row. Records after it do not exist yet (rules.md 1.2).
CREATE TABLE {slice}.clock (as_of Int64) ENGINE = Memory;

-- The present of each institution of the touched persons (rules.md 1.2).
CREATE TABLE {slice}.presents (institution_id String, present Int64) ENGINE = Memory;

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

-- Net fee lines, self-pay ones and those of amount 0 too (rules.md 1.7 to 1.10).
-- line is the place in the order of records: a greater number is a later line.
CREATE TABLE {slice}.lines (
    line UInt32, stay UInt32, institution_id String, person_id String, stay_id String, record_id String,
    at Int64, day Int32, item_code String, category String, quantity Int64, unit_price Int64, amount Int64,
    order_id String, prescription_id String, physician_id String, self_pay Bool, day_unit Bool,
    item_found Bool, cap Nullable(Int64), max_per_day Nullable(Int64)
) ENGINE = Memory;

-- Orders of known stays, each with the interval in which it is active (rules.md 1.12).
CREATE TABLE {slice}.orders (
    stay UInt32, institution_id String, record_id String, at Int64, until Int64, open_ended Bool,
    class String, item_code String, times_per_day Nullable(Int64), nursing_level Nullable(Int32), physician_id String
) ENGINE = Memory;

-- Substantive events of inpatient and rehab stays within the stay (rules.md 1.10).
CREATE TABLE {slice}.events (stay UInt32, at Int64, day Int32) ENGINE = Memory;

-- One row a stay with everything that rules ask of it.
CREATE TABLE {slice}.stays (
    stay UInt32, institution_id String, person_id String, stay_id String, admission_id String,
    class String, inpatient Bool, route String, department String, ward String, bed String, physician_id String,
    injury_case_id String, series_id String, diagnosis_group String, diagnoses Array(String), primary_diagnosis String,
    admitted_at Int64, admitted_on Int32, discharge_id String, discharged_at Nullable(Int64), discharged_on Nullable(Int32),
    disposition String, last_department String, present Int64, ended_at Int64, ended_on Int32, stay_days Int32,
    leaves Array(Tuple(Int64, Int64)), events Array(Int64),
    institution_found Bool, face_required Bool, level Nullable(Int32)
) ENGINE = Memory;
