package nhsa

import (
	"strings"
	"testing"
)

// pairsBook is an edition of a list of pairs, written A1+B1.
func pairsBook(t *testing.T, name, day string, pairs ...string) *Book {
	t.Helper()
	rows := sheet{pairsHeader}
	for _, pair := range pairs {
		main, part, _ := strings.Cut(pair, "+")
		rows = append(rows, []any{len(rows), "单日", "", main, "", part, ""})
	}
	return book(t, name, day, rows)
}

// standingPairs lists what stands as A1+B1 from until.
func standingPairs(s *Standing) map[string]bool {
	all := map[string]bool{}
	for _, r := range s.rows["item_pairs"] {
		all[strings.TrimSpace(r.cells["item_code"]+"+"+r.cells["included_code"]+" "+r.cells["valid_from"]+" "+r.cells["valid_until"])] = true
	}
	return all
}

// A new edition ends what it does not name any more on the day from which it is
// valid, keeps what it names again, and adds what is new.
func TestNewEdition(t *testing.T) {
	standing := NewStanding()
	loads, _ := planned(t, pairsBook(t, "【第七批】a.xlsx", "2026-01-14", "A1+B1", "A2+B2"), standing, Options{})
	standing = after(standing, loads)
	newer := pairsBook(t, "【第七批】b.xlsx", "2027-03-01", "A2+B2", "A3+B3")
	loads, report := planned(t, newer, standing, Options{})
	standing = after(standing, loads)
	same(t, "rows to load", len(loads[0].Rows), 2)
	same(t, "counts", *report.Tables["item_pairs"], Counts{New: 1, Ended: 1, Unchanged: 1})
	want := map[string]bool{"A1+B1 2026-01-14 2027-03-01": true, "A2+B2 2026-01-14": true, "A3+B3 2027-03-01": true}
	same(t, "after the new edition", standingPairs(standing), want)

	for name, b := range map[string]*Book{"the new edition again": newer, "the old edition": pairsBook(t, "【第七批】a.xlsx", "2026-01-14", "A1+B1", "A2+B2")} {
		loads, report = planned(t, b, after(standing, nil), Options{})
		same(t, name+": loads", len(loads), 0)
		if left := report.Sheets[0].LeftOut; name == "the old edition" && (len(left) != 1 || left[0].Why != "a newer edition is loaded, of 2027-03-01") {
			t.Errorf("the old edition left out %+v", left)
		}
	}
	// Another batch is another list: it ends nothing.
	loads, report = planned(t, pairsBook(t, "【第九批】c.xlsx", "2028-01-01", "A4+B4"), after(standing, nil), Options{})
	same(t, "another batch", []int{len(loads[0].Rows), report.Tables["item_pairs"].Ended}, []int{1, 0})
}

// Both editions in one command come to the same, in whatever order they are named.
func TestEditionsTogether(t *testing.T) {
	older, newer := pairsBook(t, "【第七批】a.xlsx", "2026-01-14", "A1+B1", "A2+B2"), pairsBook(t, "【第七批】b.xlsx", "2027-03-01", "A2+B2")
	standing := NewStanding()
	loads, reports, err := Plan([]*Book{newer, older}, standing, Options{})
	must(t, err)
	same(t, "stands", standingPairs(after(NewStanding(), loads)), map[string]bool{"A1+B1 2026-01-14 2027-03-01": true, "A2+B2 2026-01-14": true})
	same(t, "reports in the order of the command", []string{reports[0].File, reports[1].File}, []string{"【第七批】b.xlsx", "【第七批】a.xlsx"})
}

// A correction of the same day replaces what it names and ends the rest after a day.
func TestCorrectedEdition(t *testing.T) {
	standing := NewStanding()
	first := book(t, "【第八批-4】a.xlsx", "2026-01-14", sheet{periodHeader, {1, "a", 1, 7, "", "A1"}, {2, "b", 1, 7, "", "B1"}})
	loads, _ := planned(t, first, standing, Options{})
	standing = after(standing, loads)
	second := book(t, "【第八批-4】b.xlsx", "2026-01-14", sheet{periodHeader, {1, "a", 1, 14, "", "A1"}})
	loads, report := planned(t, second, standing, Options{})
	same(t, "counts", *report.Tables["item_limits"], Counts{Changed: 1, Ended: 1})
	for _, cells := range loads[0].Rows {
		if cells["item_code"] == "A1" && (cells["days"] != "14" || cells["valid_from"] != "2026-01-14" || cells["valid_until"] != "") ||
			cells["item_code"] == "B1" && cells["valid_until"] != "2026-01-15" {
			t.Errorf("row %v", cells)
		}
	}
	loads, _ = planned(t, second, after(standing, loads), Options{})
	same(t, "again", len(loads), 0)

	later := book(t, "【第八批-4】c.xlsx", "2026-02-01", sheet{periodHeader, {1, "a", 1, 21, "", "A1"}})
	standing = after(standing, loads)
	loads, report = planned(t, later, standing, Options{})
	same(t, "what says something else from a later day", *report.Tables["item_limits"], Counts{New: 1, Ended: 1})
	same(t, "rows", len(loads[0].Rows), 2)
}

// What people here have withdrawn or rewritten stays, and is told.
func TestLocalDecisionsStay(t *testing.T) {
	b := pairsBook(t, "【第七批】a.xlsx", "2026-01-14", "A1+B1", "A2+B2", "A3+B3")
	loads, _ := planned(t, b, NewStanding(), Options{})
	standing := NewStanding()
	for i, cells := range loads[0].Rows {
		switch cells["item_code"] {
		case "A1":
			standing.Add("item_pairs", map[string]string{"pair_id": cells["pair_id"]}, true)
		case "A2":
			cells["absolute"], cells["source"] = "true", "provincial notice 12 of 2026"
			standing.Add("item_pairs", cells, false)
		default:
			standing.Add("item_pairs", loads[0].Rows[i], false)
		}
	}
	loads, report := planned(t, b, standing, Options{})
	same(t, "loads", len(loads), 0)
	same(t, "left out", report.Sheets[0].LeftOut, []Reason{
		{Why: whyWithdrawn, Count: 1, Rows: []int{2}}, {Why: whyByHand, Count: 1, Rows: []int{3}},
	})
	if len(report.Differences) != 1 || report.Differences[0].Column != "absolute" || report.Differences[0].Here != "true" {
		t.Errorf("differences %+v", report.Differences)
	}
	// A newer edition that does not name the rewritten row leaves it too.
	loads, _ = planned(t, pairsBook(t, "【第七批】b.xlsx", "2027-01-01", "A3+B3"), standing, Options{})
	same(t, "loads of a newer edition", len(loads), 0)
}

// The factor that no sheet tells comes from the command; without it the pairs
// stand with a reservation, and a later import can add it.
func TestFactor(t *testing.T) {
	rows := sheet{directHeader, {"a", "A1", typeOperations, "g"}, {"b", "B1", typeOperations, "g"}, {"c", "C1", typeOperations, "g"}, {"c", "C1", typeOperations, "h"}, {"b", "B1", typeOperations, "h"}}
	b := book(t, "x.xlsx", "2026-01-14", rows)
	standing := NewStanding()
	loads, report := planned(t, b, standing, Options{})
	same(t, "pairs in both directions, each once", len(loads[0].Rows), 6)
	same(t, "imported", report.Sheets[0].Imported, 5)
	same(t, "reserved", report.Sheets[0].Reserved, []Reason{{Why: noteFactor, Count: 3, Rows: []int{2, 3, 4}}})
	standing = after(standing, loads)
	loads, report = planned(t, b, standing, Options{Factor: "0.5"})
	same(t, "with a factor", *report.Tables["item_pairs"], Counts{Changed: 6})
	same(t, "reserved with a factor", len(report.Sheets[0].Reserved), 0)
	for _, cells := range loads[0].Rows {
		cells["factor"] = "0.5000" // another spelling of the same
	}
	for _, o := range []Options{{Factor: "0.5"}, {}} { // a factor that is not named again stays
		again, _ := planned(t, b, after(standing, loads), o)
		same(t, "again", len(again), 0)
	}
}

// Without a day nothing can be loaded; a day that is given goes before the file's.
func TestValidFrom(t *testing.T) {
	b := pairsBook(t, "x.xlsx", "2026-01-14", "A1+B1")
	day := b.Saved
	b.Saved = 0
	if _, _, err := Plan([]*Book{b}, NewStanding(), Options{}); err == nil || !strings.Contains(err.Error(), "from which day") {
		t.Errorf("Plan() error:\n%+v", err)
	}
	loads, report := planned(t, b, NewStanding(), Options{From: day - 13})
	same(t, "from", []string{loads[0].Rows[0]["valid_from"], report.ValidFrom.String()}, []string{"2026-01-01", "2026-01-01"})
	again, _ := planned(t, pairsBook(t, "x.xlsx", "2026-01-14", "A1+B1"), after(NewStanding(), loads), Options{})
	same(t, "the same file without the day", len(again), 0)
}
