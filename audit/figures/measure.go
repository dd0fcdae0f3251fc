package figures

import (
	"encoding/json"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shopspring/decimal"

	"claimwatch"
)

// Number is a figure in ten-thousandths, a number with four decimals in JSON: what
// is compared must be the same on every machine, so there are no floats.
type Number int64

// MarshalJSON writes 12.5000.
func (n Number) MarshalJSON() ([]byte, error) {
	return []byte(decimal.New(int64(n), -4).StringFixed(4)), nil
}

// UnmarshalJSON reads a number.
func (n *Number) UnmarshalJSON(text []byte) error {
	var d decimal.Decimal
	if err := json.Unmarshal(text, &d); err != nil {
		return err
	}
	*n = Number(d.Shift(4).IntPart())
	return nil
}

// Schema says so in OpenAPI.
func (Number) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// over divides, to the nearest ten-thousandth, away from zero at halves; nil for nothing
// to divide by.
func over(part, whole int64) *Number {
	if whole == 0 {
		return nil
	}
	n := Number(decimal.New(part, 0).Shift(4).DivRound(decimal.New(whole, 0), 0).IntPart())
	return &n
}

// Measure is a figure of an institution beside those of its peers.
type Measure struct {
	Name string `json:"name" enum:"mean_stay_cost,mean_stay_days,drug_share,findings_per_100_stays,rejected_share,late_share"`
	Unit string `json:"unit" enum:"yuan,days,share,count"`
	// Value is nil when there is nothing to divide by.
	Value       *Number `json:"value"`
	Peers       int     `json:"peers" doc:"other institutions of the same kind and level that have a value"`
	EnoughPeers bool    `json:"enough_peers" doc:"at least five: fewer say little and could be told apart"`
	P25         *Number `json:"p25"`
	Median      *Number `json:"median"`
	P75         *Number `json:"p75"`
	Percentile  *Number `json:"percentile" doc:"share of peers with a smaller value; equal ones count half"`
	Outlier     string  `json:"outlier" enum:"high,low," doc:"beyond the quartiles by more than one and a half times their distance (Tukey)"`
}

// fewestPeers is below what nothing is compared.
const fewestPeers = 5

// measureOf says how a measure is made of the sums of a year.
type measureOf struct {
	name, unit string
	of         func(*InstitutionMonth) *Number
}

var measures = []measureOf{
	{"mean_stay_cost", "yuan", func(m *InstitutionMonth) *Number { return over(yuan(m.stayCost), 100*int64(m.discharged)) }},
	{"mean_stay_days", "days", func(m *InstitutionMonth) *Number { return over(int64(m.stayDays), int64(m.discharged)) }},
	{"drug_share", "share", func(m *InstitutionMonth) *Number { return over(yuan(m.stayDrugs), yuan(m.stayCost)) }},
	{"findings_per_100_stays", "count", func(m *InstitutionMonth) *Number { return over(100*int64(m.Findings), int64(m.Stays)) }},
	{"rejected_share", "share", func(m *InstitutionMonth) *Number { return over(yuan(m.Rejected), yuan(m.Charged)) }},
	{"late_share", "share", func(m *InstitutionMonth) *Number { return over(int64(m.Late), int64(m.timed)) }},
}

// yuan gives the fen to a division.
func yuan(f claimwatch.Fen) int64 { return int64(f) }

// measure compares the year of an institution with those of its peers.
func (of *measureOf) measure(own *InstitutionMonth, peers []InstitutionMonth) Measure {
	m := Measure{Name: of.name, Unit: of.unit, Value: of.of(own)}
	var values []Number
	for i := range peers {
		if v := of.of(&peers[i]); v != nil {
			values = append(values, *v)
		}
	}
	slices.Sort(values)
	m.Peers, m.EnoughPeers = len(values), len(values) >= fewestPeers
	if !m.EnoughPeers {
		return m
	}
	p25, median, p75 := quantile(values, 1), quantile(values, 2), quantile(values, 3)
	m.P25, m.Median, m.P75 = &p25, &median, &p75
	if m.Value == nil {
		return m
	}
	below := int64(0)
	for _, v := range values {
		switch {
		case v < *m.Value:
			below += 2
		case v == *m.Value:
			below++
		}
	}
	m.Percentile = over(below, 2*int64(len(values)))
	switch reach := (p75 - p25) * 3 / 2; {
	case *m.Value > p75+reach:
		m.Outlier = "high"
	case *m.Value < p25-reach:
		m.Outlier = "low"
	}
	return m
}

// quantile gives a quarter of sorted values, between two neighbors by their distance
// (type 7 of Hyndman and Fan, that of spreadsheets).
func quantile(sorted []Number, quarters int64) Number {
	at := quarters * int64(len(sorted)-1)
	i, rest := at/4, Number(at%4)
	if rest == 0 {
		return sorted[i]
	}
	return sorted[i] + (sorted[i+1]-sorted[i])*rest/4
}

// Median of whole numbers, in units of so many.
func Median(values []int64, unit int64) Number {
	sorted := make([]Number, len(values))
	for i, v := range values {
		sorted[i] = share(v, unit)
	}
	slices.Sort(sorted)
	return quantile(sorted, 2)
}

// String writes one decimal, as people read it: 12.5.
func (n Number) String() string { return decimal.New(int64(n), -4).StringFixed(1) }
