package store_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// feeLines makes fee lines as a hospital sends them, of 500 persons.
func feeLines(n int, offset int64) []claimwatch.Stored {
	random := rand.New(rand.NewPCG(1, uint64(offset)))
	records := make([]*claimwatch.Record, n)
	for i := range records {
		r := record(claimwatch.Fee, fmt.Sprintf("H%d", offset%40), fmt.Sprintf("P%08d", random.IntN(500)),
			fmt.Sprintf("FEE-%d-%08d", offset, i), clock("2026-01-02T00:00")+claimwatch.Instant(i*1000))
		for name, text := range map[string]string{
			"item_code": fmt.Sprintf("A%06d", random.IntN(3000)), "item_name": "静脉输液(门诊)", "category": "treatment", "order_id": fmt.Sprintf("O-%d", i/3),
			"physician_id": fmt.Sprintf("D%d", random.IntN(50)), "department": "骨科", "prescription_id": "", "usage": "normal", "reverses": "", "consent_id": "", "serial_no": "",
		} {
			r.Values[claimwatch.Fee.Slot(name)] = claimwatch.Value{Text: text, Set: text != ""}
		}
		for _, name := range []string{"days_supply", "self_pay", "from", "until"} {
			r.Values[claimwatch.Fee.Slot(name)] = claimwatch.Value{}
		}
		records[i] = r
	}
	return stored(0, offset, records...)
}

// perProcessorSecond reports rows per second of processor time.
func perProcessorSecond(b *testing.B, rows int, run func(i int)) {
	b.Helper()
	before := processorTime(b)
	i := 0
	for b.Loop() {
		run(i)
		i++
	}
	spent := processorTime(b) - before
	b.ReportMetric(float64(rows*i)/spent.Seconds(), "rows/cpu-s")
	b.ReportMetric(float64(rows*i)/b.Elapsed().Seconds(), "rows/s")
}

const batchRows = 10_000

// BenchmarkInsertRecords is the sink's insert: event clock, facts, identities.
func BenchmarkInsertRecords(b *testing.B) {
	db := open(b)
	var batches [][]claimwatch.Stored
	for i := range 16 {
		batches = append(batches, feeLines(batchRows, int64(i)))
	}
	perProcessorSecond(b, batchRows, func(i int) { must(b, db.InsertRecords(b.Context(), batches[i%len(batches)])) })
}

// BenchmarkInsertFactsOnly is the part of it that JSONEachRow is compared with.
func BenchmarkInsertFactsOnly(b *testing.B) {
	db := open(b)
	batch := feeLines(batchRows, 1)
	perProcessorSecond(b, batchRows, func(int) { must(b, db.InsertFacts(b.Context(), claimwatch.Fee, batch)) })
}

// BenchmarkInsertJSONEachRow is the same rows into the same table as a naive
// sink writes them: encoding/json and the engine's own parser.
func BenchmarkInsertJSONEachRow(b *testing.B) {
	db := open(b)
	batch := feeLines(batchRows, 1)
	perProcessorSecond(b, batchRows, func(int) {
		var text strings.Builder
		text.WriteString("INSERT INTO fees FORMAT JSONEachRow ")
		encoder := json.NewEncoder(&text)
		for i := range batch {
			must(b, encoder.Encode(jsonRow(&batch[i])))
		}
		must(b, db.Exec(b.Context(), text.String()))
	})
}

func jsonRow(s *claimwatch.Stored) map[string]any {
	r := s.Record
	row := map[string]any{
		"person_key": store.PersonKey(r.PersonID), "person_id": r.PersonID, "institution_id": r.InstitutionID, "stay_id": r.StayID,
		"record_id": r.RecordID, "revision": r.Revision, "cancelled": r.Cancelled, "occurred_at": r.OccurredAt.Subject(),
		"received_at": s.ReceivedAt.Subject(), "content_sha256": hex.EncodeToString(s.Hash[:16]),
		"log_partition": s.Position.Partition, "log_offset": s.Position.Offset, "log_index": s.Position.Index,
	}
	for slot, spec := range r.Kind.Fields() {
		if v := r.Values[slot]; v.Set {
			row[spec.Name] = v.Num
			if v.Text != "" {
				row[spec.Name] = v.Text
			}
		}
	}
	return row
}

// BenchmarkLookupIdentities looks 10,000 keys up among two million rows.
func BenchmarkLookupIdentities(b *testing.B) {
	db := open(b)
	must(b, db.Exec(b.Context(), `INSERT INTO identities (identity_key, revision, kind, institution_id, person_id, stay_id, log_offset)
		SELECT toFixedString(substring(SHA256(concat('H1|fee|r', toString(number))), 1, 16), 16), 1, 6, 'H1', concat('P', toString(number % 50000)), 's', number
		FROM numbers(2000000)`))
	for name, first := range map[string]int{"present": 500_000, "absent": 5_000_000} {
		b.Run(name, func(b *testing.B) {
			ids := make([]claimwatch.Identity, 10_000)
			for i := range ids {
				ids[i] = claimwatch.Identity{InstitutionID: "H1", Kind: claimwatch.Fee, RecordID: fmt.Sprintf("r%d", first+i*37)}
			}
			perProcessorSecond(b, len(ids), func(int) {
				known := got(db.LookupIdentities(b.Context(), ids))(b)
				if (len(known) > 0) != (name == "present") {
					b.Fatalf("known: %d", len(known))
				}
			})
		})
	}
	b.Run("each key", func(b *testing.B) {
		perProcessorSecond(b, 2_000_000, func(int) {
			n := 0
			must(b, db.EachIdentityKey(b.Context(), []int{0}, func([16]byte) { n++ }))
			if n != 2_000_000 {
				b.Fatalf("keys: %d", n)
			}
		})
	})
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			_ = got(db.CountStored(b.Context()))(b)
		}
	})
}

// BenchmarkFindings reads pages of 100,000 findings in 34,000 scopes.
func BenchmarkFindings(b *testing.B) {
	db := open(b)
	province(b, db, 36_400)
	for name, query := range map[string]store.FindingQuery{
		"first page":  {Limit: 100},
		"by amount":   {Limit: 100, Sort: store.ByAmount},
		"institution": {Limit: 100, InstitutionID: "H3", Rule: "ADM-008"},
		"person":      {Limit: 100, PersonID: "p00777"},
		"retracted":   {Limit: 100, Retracted: store.OnlyRetracted},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if items, _, err := db.Findings(b.Context(), query); err != nil || len(items) == 0 {
					b.Fatalf("%d findings, %v", len(items), err)
				}
			}
		})
	}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			if _, _, ok, err := db.Finding(b.Context(), claimwatch.FindingID("FEE-001", "00777.0")); err != nil || !ok {
				b.Fatalf("%v %v", ok, err)
			}
		}
	})
	b.Run("due", func(b *testing.B) {
		for b.Loop() {
			_ = got(db.DueScopes(b.Context(), clock("2026-01-02T00:00"), nil))(b)
		}
	})
}

// BenchmarkSaveEvaluations writes a batch of a thousand scopes whose findings stay.
func BenchmarkSaveEvaluations(b *testing.B) {
	db := open(b)
	province(b, db, 20_000)
	evaluations := make([]claimwatch.Evaluation, 1000)
	save := func(i int) {
		for j := range evaluations {
			person := fmt.Sprintf("p%05d", j*17)
			evaluations[j] = claimwatch.Evaluation{Scope: claimwatch.PersonScope(person), Offset: int64(10 + i), Findings: []claimwatch.Finding{finding("FEE-001", person, person, 100)}}
		}
		_ = got(db.SaveEvaluations(b.Context(), evaluations, claimwatch.Instant(3000+i)))(b)
	}
	save(0) // opens and retracts; from then on nothing changes
	perProcessorSecond(b, len(evaluations), func(i int) { save(i + 1) })
}
