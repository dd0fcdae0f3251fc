package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

const fee = `{"kind":"fee","record_id":"F1","institution_id":"H1","person_id":"P1","stay_id":"S1","occurred_at":"2026-01-02T03:04:05+08:00",` +
	`"item_code":"A1","item_name":"床位费","category":"bed","quantity":"1.5","unit_price":"35.00","amount":"-52.50","days_supply":7,` +
	`"from":"2026-01-01T16:00:00Z","reverses":"F0"}`

func TestRow(t *testing.T) {
	kind, row, err := rowOf([]byte(fee), place{2, 40, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil || kind != claimwatch.Fee {
		t.Fatalf("rowOf() = %s, error:\n%+v", kind, err)
	}
	for name, want := range map[string]any{
		"person_id": "P1", "revision": 1, "cancelled": false, "occurred_at": "2026-01-02 03:04:05.000", "received_at": "2026-01-02 08:00:00.000",
		"log_partition": 2, "log_offset": int64(40), "quantity": int64(15_000), "unit_price": int64(35_000_000), "amount": int64(-5250),
		"days_supply": float64(7), "from": "2026-01-02 00:00:00.000", "reverses": "F0",
	} {
		if diff := cmp.Diff(row[name], want); diff != "" {
			t.Errorf("%s (-got, +want):\n%s", name, diff)
		}
	}
	if _, there := row["until"]; there {
		t.Error("an absent field has a cell, want the column's default")
	}
}

func TestRowRefused(t *testing.T) {
	for name, line := range map[string]string{
		"no JSON": `{"kind":`, "unknown kind": strings.Replace(fee, `"fee"`, `"fees"`, 1), "no person": strings.Replace(fee, "person_id", "person", 1),
		"no amount": strings.Replace(fee, `"amount"`, `"amounts"`, 1), "amount": strings.Replace(fee, "-52.50", "x", 1),
		"time": strings.Replace(fee, "2026-01-02T", "2026-13-02T", 1),
	} {
		if _, _, err := rowOf([]byte(line), place{}); err == nil {
			t.Errorf("%s: rowOf() took it", name)
		}
	}
}
