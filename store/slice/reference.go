package slice

import (
	"math"

	"claimwatch"
)

// Forever is the day of an end that is not given.
const Forever = claimwatch.Day(math.MaxInt32)

// Validity is the days [Since, Until).
type Validity struct{ Since, Until claimwatch.Day }

// On says whether a day is within the validity.
func (v Validity) On(day claimwatch.Day) bool { return v.Since <= day && day < v.Until }

// Institution is the current row of an institution.
type Institution struct {
	Kind, City   string
	Level        int32
	Beds         *int32
	FaceRequired bool
	Capabilities []string
}

// Agreement is a row of an institution's agreements; with Holdover it covers
// every day from Since on.
type Agreement struct {
	Validity
	Kind, Status string
	Holdover     bool
}

// Covers says whether the row covers a day (rules.md, section 2).
func (a *Agreement) Covers(day claimwatch.Day) bool {
	return a.On(day) || a.Holdover && a.Since <= day
}

// Person is the current row of a person; Died is Forever for the living.
type Person struct {
	Sex, InsuredCity string
	Born, Died       claimwatch.Day
}

// InjuryCase is the current row of an injury case. Days that are not given are
// Forever.
type InjuryCase struct {
	PersonID                    string
	RecognisedOn, StopWorkUntil claimwatch.Day
	Prefixes                    []string
	Trauma                      bool
}

// Item is a current row of an item: what it is and its limits on the days of
// its validity. Prices are in 1/1,000,000 yuan, quantities in 1/10,000.
type Item struct {
	Validity
	Region                                                    string // empty: everywhere without a row of its own
	Category, Unit                                            string
	InScope, Rehab, HourUnit                                  bool
	OrderRequired, ReportRequired, NonInjury                  bool
	Cap1, Cap2, Cap3                                          *int64 // by level of the institution
	MaxPerDay, MaxPerStay                                     *int64
	Sex, Visit, ATC                                           string
	AgeMin, AgeMax, MinLevel, MaxDaysSupply, DischargeMaxDays *int32
	LifeYears, NursingLevel                                   *int32
	IndicationPrefixes                                        []string
}

// ItemLimit is a course or interval of an item: Max is in 1/10,000.
type ItemLimit struct {
	Validity
	ID, ItemCode, Kind string
	Days               int32
	Max                *int64
}

// ItemPair says that one item includes, halves or needs another. Factor is in
// 1/10,000.
type ItemPair struct {
	Validity
	ID, ItemCode, IncludedCode, Scope string
	Absolute                          bool
	Factor                            *int64
}

// ItemPackage is a price in fen for several items together.
type ItemPackage struct {
	Validity
	Code       string
	Components []string
	Price      int64
}

// Swap is a dear item that is charged in the place of a cheap one.
type Swap struct{ High, Low string }

// Referral is a person's way from one institution to another.
type Referral struct {
	From, To   string
	ApprovedOn claimwatch.Day
}

// Appraisal approves a device for a person.
type Appraisal struct {
	ItemCode   string
	ApprovedOn claimwatch.Day
}

// BaselineKey is what lengths of stay are compared within.
type BaselineKey struct {
	Group string
	Level int32
	Month string // YYYY-MM of the discharge
}

// Baseline are lengths of stay in 1/10,000 day.
type Baseline struct {
	N                int32
	P95, Median, MAD int64
}

// Reference is what a slice needs of reference tables: rows by what they are
// looked up with, void ones left out. A table that was never loaded has none.
type Reference struct {
	Institutions map[string]Institution
	Agreements   map[string][]Agreement // by institution
	Persons      map[string]Person
	Cases        map[string]InjuryCase
	Items        map[string][]Item // by code, of a region the latest first
	Nursing      map[string]bool   // codes of items with a nursing level
	Limits       map[string][]ItemLimit
	Pairs        map[string][]ItemPair // by included code
	Packages     []ItemPackage
	Swaps        map[string][]Swap      // by dear item
	Suspended    map[string][]Validity  // by physician
	Referrals    map[string][]Referral  // by person
	Appraisals   map[string][]Appraisal // by person
	Baselines    map[BaselineKey]Baseline
	Calendar     map[claimwatch.Day]bool              // whether a day is a working day
	Whitelist    map[string][]claimwatch.WhitelistRow // by rule, in order of the ids
	Loaded       map[string]bool                      // tables that were ever loaded
}

// has says whether all the tables were ever loaded. While one was not, the rules
// that read it say nothing, and whatever they would be asked about is left out.
func (r *Reference) has(tables ...string) bool {
	for _, table := range tables {
		if !r.Loaded[table] {
			return false
		}
	}
	return true
}

// item finds the row that is valid on a day: the city's own before the general
// one (rules.md 1.9); nil when there is none.
func (r *Reference) item(code, city string, day claimwatch.Day) *Item {
	for _, region := range regions(city) {
		for i := range r.Items[code] {
			row := &r.Items[code][i]
			if row.Region != region || row.Since > day {
				continue
			}
			if day < row.Until {
				return row
			}
			break // of a region the latest that began is the only one that can be valid
		}
	}
	return nil
}

func regions(city string) []string {
	if city == "" {
		return []string{""}
	}
	return []string{city, ""}
}

// capOf is the cap of a level of institution; nil for none.
func (i *Item) capOf(level *int32) *int64 {
	if level == nil {
		return nil
	}
	switch *level {
	case 1:
		return i.Cap1
	case 2:
		return i.Cap2
	case 3:
		return i.Cap3
	default:
		return nil
	}
}
