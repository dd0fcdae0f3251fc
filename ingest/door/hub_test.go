package door_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/door"
)

func refusal(index int, code claimwatch.Code) claimwatch.Refusal {
	return claimwatch.Refusal{Index: index, Code: code}
}

func TestHubAddsUpInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chunks := rapid.IntRange(1, 6).Draw(t, "chunks")
		upload := claimwatch.Upload{ReceiptID: "r", InstitutionID: "H1", Chunks: chunks}
		hub := door.NewHub()
		hub.Open(claimwatch.Receipt{
			ReceiptID: "r", InstitutionID: "H1", Accepted: 3 * chunks, Refused: []claimwatch.Refusal{refusal(7, "missing")},
		}, chunks)
		arrivals := rapid.Permutation(seq(chunks)).Draw(t, "order")
		arrivals = append(arrivals[:1:1], arrivals...) // one comes twice
		for i, chunk := range arrivals {
			different := min(i, max(1, i-1))
			if _, settled, _ := hub.Find("r"); closed(settled) != (different == chunks) {
				t.Fatalf("settled %v before arrival %d of %v", closed(settled), i, arrivals)
			}
			part := claimwatch.ReceiptPart{Upload: upload, Accepted: 1, Duplicate: 1, Refused: []claimwatch.Refusal{refusal(chunk, "conflict")}}
			part.Upload.Chunk = chunk
			hub.Settled(part)
		}
		got, settled, ok := hub.Find("r")
		if !ok || !closed(settled) {
			t.Fatal("not settled by all parts")
		}
		want := claimwatch.Receipt{ReceiptID: "r", InstitutionID: "H1", Settled: true, Accepted: chunks, Duplicate: chunks}
		for i := range chunks {
			want.Refused = append(want.Refused, refusal(i, "conflict"))
		}
		want.Refused = append(want.Refused, refusal(7, "missing"))
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("receipt (-got, +want):\n%s", diff)
		}
	})
}

func seq(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestHubIgnoresWhatIsNotItsOwn(t *testing.T) {
	hub := door.NewHub()
	hub.Open(claimwatch.Receipt{ReceiptID: "r", InstitutionID: "H1"}, 1)
	for _, u := range []claimwatch.Upload{
		{ReceiptID: "other", InstitutionID: "H1", Chunks: 1},
		{ReceiptID: "r", InstitutionID: "H2", Chunks: 1},
		{ReceiptID: "r", InstitutionID: "H1", Chunk: 1, Chunks: 2},
	} {
		hub.Settled(claimwatch.ReceiptPart{Upload: u, Accepted: 1})
	}
	if r, settled, ok := hub.Find("r"); !ok || r.Settled || closed(settled) {
		t.Errorf("receipt %+v was settled by a part of another upload", r)
	}
	hub.Drop("r")
	if _, _, ok := hub.Find("r"); ok {
		t.Error("a dropped upload is still there")
	}
	hub.Settled(claimwatch.ReceiptPart{Upload: claimwatch.Upload{ReceiptID: "r", InstitutionID: "H1", Chunks: 1}})
}

func TestHubIsBounded(t *testing.T) {
	hub := door.NewHub()
	refused := make([]claimwatch.Refusal, 90_000)
	for i := range 5 {
		hub.Open(claimwatch.Receipt{ReceiptID: fmt.Sprint("many", i), Refused: refused}, 0)
	}
	if _, _, ok := hub.Find("many2"); ok {
		t.Error("450,000 refusals are remembered")
	}
	if r, settled, ok := hub.Find("many4"); !ok || !r.Settled || !closed(settled) {
		t.Error("the last receipt is forgotten")
	}
	for i := range 30_000 {
		hub.Open(claimwatch.Receipt{ReceiptID: fmt.Sprint("few", i)}, 1)
	}
	if _, _, ok := hub.Find("few0"); ok {
		t.Error("30,000 receipts are remembered")
	}
	if _, _, ok := hub.Find("few29999"); !ok {
		t.Error("the last receipt is forgotten")
	}
}
