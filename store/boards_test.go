package store_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// supervised fills the store with everything that boards show: a province of findings
// of which some were told and some decided, institutions under agreement, what they were
// last heard of, rejected lines and a closed month.
func supervised(t *testing.T, db *store.DB) {
	t.Helper()
	province(t, db, 40)
	var houses, agreements []store.ReferenceRow
	for _, id := range []string{"H0", "H1", "H2", "H3"} {
		houses = append(houses, refRow("institutions", 2, map[string]string{"institution_id": id, "name": "院 " + id, "kind": "medical", "city": "太原"}))
		agreements = append(agreements, refRow("agreements", 1, map[string]string{"institution_id": id, "kind": "medical", "agreement_id": "A" + id, "status": "active"}))
	}
	agreements[3] = refRow("agreements", 1, map[string]string{"institution_id": "H3", "kind": "medical", "agreement_id": "AH3", "status": "terminated"})
	must(t, db.SaveReference(t.Context(), store.ReferenceLoad{Table: "institutions", Seq: 1, Rows: houses}))
	must(t, db.SaveReference(t.Context(), store.ReferenceLoad{Table: "agreements", Seq: 2, Rows: agreements}))
	must(t, db.InsertRecords(t.Context(), stored(0, 1, fee("f1", 12345))))
	told, gone := claimwatch.FindingID("FEE-001", "00001.0"), claimwatch.FindingID("FEE-001", "00002.0")
	must(t, db.SaveReviews(t.Context(), []store.ReviewRow{
		{Seq: 1, FindingID: told, InstitutionID: "H1", State: claimwatch.StateNotified, Body: []byte("{}")},
		{Seq: 2, FindingID: gone, InstitutionID: "H2", State: claimwatch.StateNotified, Body: []byte("{}")},
		{Seq: 3, FindingID: gone, InstitutionID: "H2", State: claimwatch.StateReleased, Body: []byte("{}")},
	}))
	line := store.RejectedRow{Seq: 4, InstitutionID: "H1", Month: "2026-01", FindingID: told, Kind: claimwatch.Fee, RecordID: "f1", Amount: 12345, Body: []byte(`{"rule":"FEE-001"}`)}
	given := line
	given.Seq, given.RecordID, given.Void = 5, "f2", true
	must(t, db.SaveRejected(t.Context(), []store.RejectedRow{line, given}))
	lines := store.SettlementLine{Proposal: 6, InstitutionID: "H1", Kind: claimwatch.Fee, RecordID: "f1", Month: "2026-01", SettledParts: store.SettledParts{Claimed: 20000, Rejected: 12345, Approved: 7655}}
	open := lines
	open.Proposal = 8
	must(t, db.SaveSettlementLines(t.Context(), []store.SettlementLine{lines, open}))
	must(t, db.SaveSettlement(t.Context(), store.SettlementRow{InstitutionID: "H1", Month: "2026-01", Seq: 7, Proposal: 6, Body: []byte("{}")}))
	missed := claimwatch.Evaluation{Scope: claimwatch.PersonScope("p-missed"), Offset: 1, NotEvaluated: []claimwatch.NotEvaluated{
		{Rule: "IDN-001", InstitutionID: "H1", PersonID: "p-missed", StayID: "s1", Reason: "face_required is false"},
		{Rule: "IDN-001", InstitutionID: "H1", PersonID: "p-missed", StayID: "s2", Reason: "face_required is false"},
	}}
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{missed}, 1000))(t)
}

// The views of boards say what is current, once, in fen.
func TestBoardViews(t *testing.T) {
	db := open(t)
	supervised(t, db)
	standing, fen := 0, claimwatch.Fen(0)
	must(t, db.FindingPlaces(t.Context(), store.FindingQuery{}, func(p store.FindingPlace) error {
		standing, fen = standing+1, fen+p.Amount
		return nil
	}))
	for query, want := range map[string]string{
		"SELECT toString((count(), sum(fen))) FROM board_findings": "(" + figure(standing) + "," + figure(int(fen)) + ")",
		"SELECT toString(groupArray((state, n))) FROM (SELECT state, count() AS n FROM board_findings WHERE institution_id IN ('H1', 'H2') GROUP BY state ORDER BY state)": "[('notified',1),('open',20),('released',1)]",
		"SELECT toString(groupArray((institution_id, agreed, heard_at IS NULL))) FROM (SELECT * FROM board_institutions ORDER BY institution_id)":                          "[('H0',true,1),('H1',true,0),('H2',true,1),('H3',false,1)]",
		"SELECT toString(groupArray((institution_id, name, city, month, rule, lines, fen))) FROM board_rejected":                                                           "[('H1','院 H1','太原','2026-01','FEE-001',1,12345)]",
		"SELECT toString(groupArray((month, claimed, rejected, approved))) FROM board_settlements":                                                                         "[('2026-01',20000,12345,7655)]",
		"SELECT toString(groupArray((institution_id, rule, reason, stays))) FROM board_not_evaluated":                                                                      "[('H1','IDN-001','face_required is false',2)]",
	} {
		var said string
		if err := db.QueryRow(t.Context(), query).Scan(&said); err != nil {
			t.Errorf("%s:\n%+v", query, err)
			continue
		}
		same(t, query, said, want)
	}
}

// Every query of the board for ClickHouse answers rows, with the macros of the data
// source written out as it does.
func TestTheInstitutionsBoard(t *testing.T) {
	db := open(t)
	supervised(t, db)
	raw, err := os.ReadFile("../deploy/grafana/institutions.json")
	must(t, err)
	var board struct {
		Panels []struct {
			Type, Title string
			Targets     []struct{ RawSQL string }
		}
		Templating struct {
			List []struct {
				Type  string
				Query json.RawMessage
			}
		}
	}
	must(t, json.Unmarshal(raw, &board))
	queries := map[string]string{}
	for _, v := range board.Templating.List {
		if v.Type == "query" {
			var query string
			must(t, json.Unmarshal(v.Query, &query))
			queries["variable "+query] = query
		}
	}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			queries[p.Title] = target.RawSQL
		}
	}
	if len(queries) < 15 {
		t.Fatalf("only %d queries", len(queries))
	}
	expand := strings.NewReplacer(
		"${city:singlequote}", "'太原'", "${institution:singlequote}", "'H0','H1','H2','H3'",
		"$__timeFilter(opened_at)", "opened_at >= toDateTime(0) AND opened_at <= toDateTime(4000000000)",
	)
	for title, query := range queries {
		query = expand.Replace(query)
		if strings.Contains(query, "$") {
			t.Errorf("%s: not written out: %s", title, query)
		}
		if n := number(t, db, "SELECT count() FROM ("+query+")"); n == 0 {
			t.Errorf("%s answers nothing: %s", title, query)
		}
	}
}

func figure(n int) string {
	raw, _ := json.Marshal(n)
	return string(raw)
}
