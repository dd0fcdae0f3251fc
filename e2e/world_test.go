package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/province"
)

// world is a simulated province as its hospitals send it.
type world struct {
	reference map[string][]map[string]string
	records   []claimwatch.Record // in the order of sending
	plants    []province.Plant
}

func newWorld(persons, days int) *world {
	p := province.New(province.Config{Seed: 11, Persons: persons, Days: days, ViolationRate: 0.8})
	w := &world{reference: p.Reference(), plants: p.Plants()}
	for _, r := range p.Records() {
		w.records = append(w.records, *r)
	}
	return w
}

// cut keeps the first n records.
func (w *world) cut(n int) *world {
	w.records = w.records[:min(n, len(w.records))]
	return w
}

// hospitalKey is the key of an institution: the same in every run, so that a
// test can go on after a restart.
func hospitalKey(institution string) (key, hash string) {
	key = "cw_test_key_of_" + institution
	sum := sha256.Sum256([]byte(key))
	return key, hex.EncodeToString(sum[:])
}

// prepare loads the reference tables and makes the hospitals' keys.
func (c *client) prepare(t testing.TB, w *world) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(w.reference)) {
		var body bytes.Buffer
		for _, row := range w.reference[table] {
			row = maps.Clone(row)
			maps.DeleteFunc(row, func(_, value string) bool { return value == "" })
			line, err := json.Marshal(row)
			if err != nil {
				t.Fatal(err)
			}
			body.Write(append(line, '\n'))
		}
		a := c.do(t, http.MethodPut, "/v1/reference/"+table, "application/x-ndjson", body.Bytes())
		if a.status != http.StatusOK {
			t.Fatalf("load %s: answer %d: %s", table, a.status, a.body)
		}
	}
	for _, row := range w.reference["institutions"] {
		_, hash := hospitalKey(row["institution_id"])
		body := fmt.Sprintf(`{"key_sha256":%q,"institution_id":%q}`, hash, row["institution_id"])
		if a := c.do(t, http.MethodPost, "/v1/keys", "application/json", []byte(body)); a.status/100 != 2 {
			t.Fatalf("make key: answer %d: %s", a.status, a.body)
		}
	}
}

// sent is what the receipts of an upload said in sum.
type sent struct {
	mu                           sync.Mutex
	accepted, duplicate, refused int
	unknown                      int // requests that ended without an answer and were sent again
}

func (s *sent) String() string {
	return fmt.Sprintf("receipts: %d accepted, %d duplicate, %d refused; %d sent again", s.accepted, s.duplicate, s.refused, s.unknown)
}

// deliver posts a batch until it has an answer, as a hospital would: a cut
// connection or a 5xx means unknown, and sending again is safe.
func (c *client) deliver(batch province.Batch, wait int, total *sent) error {
	key, _ := hospitalKey(batch.InstitutionID)
	var body []byte
	for i := range batch.Records {
		body = province.AppendLine(body, &batch.Records[i])
	}
	hospital := c.as(key)
	for range 4000 {
		a, err := hospital.try(http.MethodPost, fmt.Sprintf("/v1/records?wait=%d", wait), "application/x-ndjson", body)
		if err != nil || a.status >= http.StatusInternalServerError || a.status == http.StatusTooManyRequests || a.status == http.StatusUnauthorized {
			total.mu.Lock()
			total.unknown++
			total.mu.Unlock()
			time.Sleep(25 * time.Millisecond)
			continue
		}
		if a.status != http.StatusAccepted && a.status != http.StatusUnprocessableEntity {
			return fmt.Errorf("answer %d: %s", a.status, a.body)
		}
		var r receipt
		if err := json.Unmarshal(a.body, &r); err != nil {
			return fmt.Errorf("read receipt: %w", err)
		}
		total.mu.Lock()
		defer total.mu.Unlock()
		total.accepted += r.Accepted
		total.duplicate += r.Duplicate
		total.refused += len(r.Refused)
		return nil
	}
	return fmt.Errorf("no answer after 4,000 attempts")
}

// deliverAll sends batches, each institution's in their order, institutions
// beside each other.
func (c *client) deliverAll(t testing.TB, batches []province.Batch, wait int) *sent {
	t.Helper()
	byInstitution := map[string][]province.Batch{}
	for _, b := range batches {
		byInstitution[b.InstitutionID] = append(byInstitution[b.InstitutionID], b)
	}
	total := &sent{}
	var group sync.WaitGroup
	for _, queue := range byInstitution {
		group.Go(func() {
			for _, b := range queue {
				if err := c.deliver(b, wait, total); err != nil {
					t.Errorf("deliver: %v", err)
					return
				}
			}
		})
	}
	group.Wait()
	return total
}

// expected is what the store must hold after a log of records: how many
// distinct (institution, kind, record_id, revision), and how many were refused
// for their identity.
func expected(records []claimwatch.Record) (stored, refused int) {
	type key struct {
		claimwatch.Identity
		revision int32
	}
	type owner struct{ person, stay string }
	content := map[key][32]byte{}
	owners := map[claimwatch.Identity]owner{}
	for i := range records {
		r := &records[i]
		k, hash := key{r.Identity(), r.Revision}, r.ContentHash()
		if known, ok := content[k]; ok {
			if known != hash {
				refused++
			}
			continue
		}
		if o, ok := owners[r.Identity()]; ok && o != (owner{r.PersonID, r.StayID}) {
			refused++
			continue
		}
		owners[r.Identity()] = owner{r.PersonID, r.StayID}
		content[k] = hash
	}
	return len(content), refused
}
