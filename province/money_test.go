package province

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// newest are the revisions that count, of conflicting ones the first.
func newest(p *Province) map[claimwatch.Identity]*claimwatch.Record {
	out := map[claimwatch.Identity]*claimwatch.Record{}
	for _, r := range p.Records() {
		if before := out[r.Identity()]; before == nil || r.Revision > before.Revision {
			out[r.Identity()] = r
		}
	}
	return out
}

// miscounted are the stays whose plants are about refunds and claims that do not
// fit, or nearly do not.
func miscounted(p *Province) map[string]bool {
	stays := map[string]bool{}
	for _, plant := range p.Plants() {
		if slices.Contains([]string{"FEE-028", "DAT-002", "DAT-004"}, plant.Rule) {
			stays[plant.StayID] = true
		}
	}
	return stays
}

// Every amount is its quantity times its price, rounded once; prices are whole
// fen; a refund goes the other way at the price of its line.
func TestAmountsAreQuantityTimesPrice(t *testing.T) {
	p := New(Config{Seed: 31, Persons: 60, Days: 80, ViolationRate: 0.4, NoiseRate: 0.3, Rounds: 1})
	fees, refunds, odd := 0, 0, miscounted(p)
	first := map[claimwatch.Identity]*claimwatch.Record{}
	for _, r := range p.Records() {
		if r.Kind == claimwatch.Fee && r.Field("reverses").Text == "" {
			first[r.Identity()] = r
		}
	}
	for _, r := range p.Records() {
		if r.Kind != claimwatch.Fee {
			continue
		}
		fees++
		quantity, price, amount := r.Field("quantity").Num, r.Field("unit_price").Num, r.Field("amount").Num
		if want := claimwatch.Product(quantity, price); claimwatch.Fen(amount) != want {
			t.Fatalf("%s charges %s, want %s", r.RecordID, claimwatch.Fen(amount), want)
		}
		of := r.Field("reverses").Text
		if price <= 0 || price%10_000 != 0 || quantity == 0 || (of != "") != (quantity < 0) || (of == "" && quantity%5_000 != 0) {
			t.Fatalf("%s charges %d units at %d and reverses %q", r.RecordID, quantity, price, of)
		}
		if of == "" || odd[r.StayID] {
			continue
		}
		refunds++
		line := first[claimwatch.Identity{InstitutionID: r.InstitutionID, Kind: r.Kind, RecordID: of}]
		if line == nil || line.StayID != r.StayID || line.PersonID != r.PersonID || line.Field("unit_price") != r.Field("unit_price") ||
			line.Field("item_code") != r.Field("item_code") || -quantity > line.Field("quantity").Num {
			t.Fatalf("refund %s does not fit its line: %+v", r.RecordID, line)
		}
	}
	if fees < 5000 || refunds < 20 {
		t.Errorf("only %d fees and %d refunds were checked", fees, refunds)
	}
}

// What is taken back of a line is never more than the line, and what the front
// page of a stay says is what its claims declare together and its lines come to.
func TestFrontPagesClaimsAndLinesAgreeToTheFen(t *testing.T) {
	p := New(Config{Seed: 32, Persons: 60, Days: 90, ViolationRate: 0.4, NoiseRate: 0.4, Rounds: 1})
	records, odd := newest(p), miscounted(p)
	type sums struct{ Page, Claimed, Charged claimwatch.Fen }
	stays, net := map[string]*sums{}, map[string]claimwatch.Fen{}
	paged := map[string]bool{}
	for _, r := range records {
		one := stays[r.StayID]
		if one == nil {
			one = &sums{}
			stays[r.StayID] = one
		}
		switch {
		case r.Kind == claimwatch.FrontPage:
			one.Page, paged[r.StayID] = claimwatch.Fen(r.Field("total_amount").Num), true
		case r.Kind == claimwatch.Claim:
			one.Claimed += claimwatch.Fen(r.Field("declared_amount").Num)
			paged[r.StayID+" claimed"] = true
		case r.Kind == claimwatch.Fee && !r.Cancelled:
			if !r.Field("self_pay").Set {
				one.Charged += claimwatch.Fen(r.Field("amount").Num)
			}
			line := r.RecordID
			if of := r.Field("reverses").Text; of != "" {
				line = of
			}
			if odd[r.StayID] {
				continue
			}
			net[r.InstitutionID+line] += claimwatch.Fen(r.Field("amount").Num)
		}
	}
	for line, left := range net {
		if left < 0 {
			t.Errorf("%s of the line %s is taken back too much", -left, line)
		}
	}
	compared := 0
	for id, got := range stays {
		if odd[id] || !paged[id] || !paged[id+" claimed"] {
			continue // not over at the end of the stream
		}
		compared++
		if diff := cmp.Diff(*got, sums{got.Charged, got.Charged, got.Charged}); diff != "" {
			t.Errorf("stay %s (-got, +want):\n%s", id, diff)
		}
	}
	if compared < 60 {
		t.Errorf("only %d stays were compared", compared)
	}
}

// No line of a clean province is above the cap of its hospital's level and city
// on its day, and none is of an item that has no row then.
func TestPricesAreWithinTheCapsOfTheReference(t *testing.T) {
	p := New(Config{Seed: 33, Persons: 60, Days: 60, ViolationRate: -1})
	reference := p.Reference()
	level, city := map[string]string{}, map[string]string{}
	for _, row := range reference["institutions"] {
		level[row["institution_id"]], city[row["institution_id"]] = row["level"], row["city"]
	}
	rows := map[string][]map[string]string{}
	for _, row := range reference["items"] {
		rows[row["item_code"]] = append(rows[row["item_code"]], row)
	}
	local := 0
	for _, r := range p.Records() {
		if r.Kind != claimwatch.Fee {
			continue
		}
		on, limit, found := r.OccurredAt.Day().String(), "", false
		for _, row := range rows[r.Field("item_code").Text] {
			if row["valid_from"] > on || (row["valid_until"] != "" && on >= row["valid_until"]) {
				continue
			}
			own := row["region"] == city[r.InstitutionID]
			if own {
				local++
			}
			if own || (row["region"] == "" && !found) {
				limit = row["price_cap_"+level[r.InstitutionID]]
			}
			found = true
		}
		if !found {
			t.Fatalf("%s of %s has no row", r.Field("item_code").Text, on)
		}
		most, fault := claimwatch.ParseDecimal(limit, 6, claimwatch.MaxPrice)
		if limit != "" && (fault != "" || r.Field("unit_price").Num > most) {
			t.Fatalf("%s at %s charges %d, its cap is %s (%s)", r.Field("item_code").Text, r.InstitutionID, r.Field("unit_price").Num, limit, fault)
		}
	}
	if local == 0 {
		t.Error("no line has a cap of its city")
	}
}
