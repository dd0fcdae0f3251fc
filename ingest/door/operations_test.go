package door_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/ingest/door"
)

// get asks an operation of the door as a caller.
func get(t testing.TB, f *fixture, caller claimwatch.Caller, path string, into any) int {
	t.Helper()
	mux := http.NewServeMux()
	f.Register(humago.New(mux, huma.DefaultConfig("test", "1")))
	w := httptest.NewRecorder()
	as(caller, mux).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("answer is not JSON: %v\n%s", err, w.Body)
		}
	}
	return w.Code
}

var officer = claimwatch.Caller{Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}

// The operations return *claimwatch.Error; package api gives them their status.
// Here, without it, every error is a 500, and code says which it was.
func codeOf(t testing.TB, d *door.Door, caller claimwatch.Caller, id string) claimwatch.Code {
	t.Helper()
	_, err := d.ReceiptFor(claimwatch.WithCaller(t.Context(), caller), id, 0)
	return claimwatch.CodeOf(err)
}

func TestReceiptIsGivenToItsOwnerAndOfficers(t *testing.T) {
	f := open(t, nil)
	a := post(t, f, "", nil, strings.NewReader(fee("a")+"\n"+bad))
	for name, caller := range map[string]claimwatch.Caller{"owner": hospital("H1"), "officer": officer} {
		var got claimwatch.Receipt
		if status := get(t, f, caller, "/v1/receipts/"+a.receipt.ReceiptID, &got); status != http.StatusOK {
			t.Errorf("%s: answer %d", name, status)
		}
		if diff := cmp.Diff(got, a.receipt); diff != "" {
			t.Errorf("%s: receipt (-got, +want):\n%s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		caller claimwatch.Caller
		id     string
		want   claimwatch.Code
	}{
		"another hospital": {hospital("H2"), a.receipt.ReceiptID, claimwatch.CodeNotFound},
		"a clerk":          {claimwatch.Caller{Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}}, a.receipt.ReceiptID, claimwatch.CodeForbidden},
		"no such receipt":  {officer, "r_0", claimwatch.CodeNotFound},
	} {
		if got := codeOf(t, f.Door, c.caller, c.id); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestReceiptOfARefusedUpload(t *testing.T) {
	f := open(t, nil)
	a := post(t, f, "", nil, strings.NewReader(bad))
	var got claimwatch.Receipt
	if status := get(t, f, hospital("H1"), "/v1/receipts/"+a.problem.ReceiptID, &got); status != http.StatusOK {
		t.Fatalf("answer %d", status)
	}
	if !got.Settled || got.Accepted != 0 || len(got.Refused) != 1 {
		t.Errorf("receipt %+v", got)
	}
}

func TestReceiptWaitsForTheSink(t *testing.T) {
	f := open(t, nil)
	f.log.settle = nil
	a := post(t, f, "?wait=0", nil, strings.NewReader(fee("a")))
	answered := make(chan claimwatch.Receipt)
	go func() {
		var got claimwatch.Receipt
		get(t, f, hospital("H1"), "/v1/receipts/"+a.receipt.ReceiptID+"?wait=30", &got)
		answered <- got
	}()
	select {
	case got := <-answered:
		t.Errorf("answered before it was settled: %+v", got)
	case <-time.After(20 * time.Millisecond):
	}
	f.Settled(claimwatch.ReceiptPart{
		Upload: claimwatch.Upload{ReceiptID: a.receipt.ReceiptID, InstitutionID: "H1", Chunks: 1}, Duplicate: 1,
	})
	if got := <-answered; !got.Settled || got.Accepted != 0 || got.Duplicate != 1 {
		t.Errorf("receipt %+v, want one duplicate", got)
	}
}

// TestUnknownReceiptWhileBehind has a receipt of a process that died before the
// sink had passed its upload.
func TestUnknownReceiptWhileBehind(t *testing.T) {
	behind := true
	f := open(t, func(cfg *door.Config) { cfg.Behind = func() bool { return behind } })
	a := post(t, f, "", nil, strings.NewReader(fee("a")))
	other := open(t, func(cfg *door.Config) { cfg.Behind = func() bool { return behind } })
	for _, c := range []struct {
		behind bool
		id     string
		want   claimwatch.Code
	}{
		{true, a.receipt.ReceiptID, claimwatch.CodeUnavailable},
		{false, a.receipt.ReceiptID, claimwatch.CodeNotFound},
		{true, "r_nonsense", claimwatch.CodeNotFound},
		{true, strings.Replace(a.receipt.ReceiptID, "r_", "q_", 1), claimwatch.CodeNotFound},
	} {
		behind = c.behind
		if got := codeOf(t, other.Door, officer, c.id); got != c.want {
			t.Errorf("receipt %s, behind %v: %s, want %s", c.id, c.behind, got, c.want)
		}
	}
}

func TestReceiptWhenTheStoreIsDown(t *testing.T) {
	f := open(t, func(cfg *door.Config) {
		cfg.Receipt = func(context.Context, string) (claimwatch.Receipt, bool, error) {
			return claimwatch.Receipt{}, false, errors.New("down")
		}
	})
	if got := codeOf(t, f.Door, officer, "r_0"); got != claimwatch.CodeUnavailable {
		t.Errorf("%s, want unavailable", got)
	}
}

type page struct {
	Items []map[string]any `json:"items"`
	Next  string           `json:"next"`
}

func TestQuarantineList(t *testing.T) {
	var asked []door.QuarantineQuery
	at := claimwatch.InstantOf(time.Date(2026, 3, 1, 9, 0, 0, 0, claimwatch.Shanghai))
	f := open(t, func(cfg *door.Config) {
		cfg.Quarantine = func(_ context.Context, q door.QuarantineQuery) ([]claimwatch.Quarantined, string, error) {
			asked = append(asked, q)
			return []claimwatch.Quarantined{
				{
					ID: "q1", InstitutionID: "H1", ReceivedAt: at, ReceiptID: "r_1", Raw: []byte("{文}"),
					Refusal: claimwatch.Refusal{Index: 2, RecordID: "x", Code: "missing", Field: "kind", Message: "m"},
				},
				{ID: "q2", InstitutionID: "H1", ReceivedAt: at, Raw: []byte{0xb0, 0xa2}, Refusal: claimwatch.Refusal{Code: "not_utf8", Message: "n"}},
			}, "next", nil
		}
	})
	var got page
	if status := get(t, f, officer, "/v1/quarantine?institution_id=H1&code=missing&receipt_id=r_1&limit=2&cursor=c", &got); status != http.StatusOK {
		t.Fatalf("answer %d", status)
	}
	want := page{Next: "next", Items: []map[string]any{
		{
			"quarantine_id": "q1", "institution_id": "H1", "received_at": "2026-03-01T09:00:00.000+08:00", "receipt_id": "r_1",
			"index": 2.0, "record_id": "x", "code": "missing", "field": "kind", "message": "m", "raw": "{文}",
		},
		{
			"quarantine_id": "q2", "institution_id": "H1", "received_at": "2026-03-01T09:00:00.000+08:00", "receipt_id": "",
			"index": 0.0, "code": "not_utf8", "message": "n", "raw_base64": "sKI=",
		},
	}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("page (-got, +want):\n%s", diff)
	}
	get(t, f, hospital("H1"), "/v1/quarantine", &got)
	var empty page
	get(t, f, hospital("H2"), "/v1/quarantine?institution_id=H1", &empty)
	if len(empty.Items) != 0 {
		t.Errorf("a hospital sees %d items of another", len(empty.Items))
	}
	wantAsked := []door.QuarantineQuery{
		{InstitutionID: "H1", Code: "missing", ReceiptID: "r_1", Cursor: "c", Limit: 2},
		{InstitutionID: "H1", Limit: 100},
	}
	if diff := cmp.Diff(asked, wantAsked); diff != "" {
		t.Errorf("questions to the store (-got, +want):\n%s", diff)
	}
}
