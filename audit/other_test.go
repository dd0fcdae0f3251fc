package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
)

type loaded struct {
	Table                    string
	Rows, Changed, Unchanged int
	Version                  uint64
	Warnings                 []claimwatch.Fault
}

func TestReferenceOverHTTP(t *testing.T) {
	d := newDesk(t)
	header := "pair_id,item_code,included_code,scope,absolute,valid_from,source\n"
	first := good[loaded](d, d.call(admin, "PUT", "/v1/reference/item_pairs", header+"X,A,B,day,1,2026-01-01,s\nY,A,C,day,0,2026-01-01,s\n"))
	if first.Rows != 2 || first.Changed != 2 || first.Version != 1 || len(first.Warnings) != 4 {
		t.Errorf("first load = %+v", first)
	}
	second := good[loaded](d, d.call(admin, "PUT", "/v1/reference/item_pairs", header+"X,A,B,day,true,2026-01-01,s\nY,A,C,stay,0,2026-01-01,s\n"))
	if second.Changed != 1 || second.Unchanged != 1 || second.Version != 2 {
		t.Errorf("second load = %+v", second)
	}
	p := d.refused(d.call(admin, "PUT", "/v1/reference/item_pairs", header+"X,A,A,day,1,2026-01-01,s\nZ,A,B,year,1,2026-01-01,s\n"), 422, claimwatch.CodeInvalid)
	if len(p.Faults) != 2 || p.Faults[0].Line != 2 || p.Faults[1].Line != 3 {
		t.Errorf("faults = %+v", p.Faults)
	}
	if seq, _ := d.j.Head(); seq != 2 {
		t.Errorf("a faulty file made an entry: %d", seq)
	}
	d.refused(d.call(admin, "PUT", "/v1/reference/nothing", header), 404, claimwatch.CodeNotFound)
	d.refused(d.call(admin, "PUT", "/v1/reference/item_pairs", header, "Content-Type", "text/csv; charset=gbk"), 415, claimwatch.CodeUnsupportedMediaType)
	ndjson := d.call(admin, "PUT", "/v1/reference/calendar", `{"day":"2026-03-03","working":false,"source":"gov"}`, "Content-Type", "application/x-ndjson")
	if got := good[loaded](d, ndjson); got.Changed != 1 {
		t.Errorf("NDJSON load = %+v", got)
	}
	rows := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/calendar", nil))
	if diff := cmp.Diff(rows.Items[0].Row, map[string]string{"day": "2026-03-03", "working": "false", "source": "gov"}); diff != "" || rows.Items[0].By != admin.KeyID {
		t.Errorf("row (-got, +want):\n%s", diff)
	}
	loads := good[page[historyItem]](d, d.call(officer, "GET", "/v1/reference/item_pairs/history", nil))
	if len(loads.Items) != 2 || loads.Items[0].Version != 2 || *loads.Items[0].Changed != 1 || loads.Items[0].By != admin.KeyID {
		t.Errorf("loads = %+v", loads.Items)
	}
	versions := good[page[historyItem]](d, d.call(officer, "GET", "/v1/reference/item_pairs/history?key=Y", nil))
	if len(versions.Items) != 2 || versions.Items[0].Row["scope"] != "day" || versions.Items[1].Row["scope"] != "stay" {
		t.Errorf("versions = %+v", versions.Items)
	}
	d.refused(d.call(officer, "GET", "/v1/reference/item_pairs/history?key=Y|Z", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/reference/items/history?key=A", nil), 400, claimwatch.CodeBadQuery)
}

func TestLoadedCalendarMovesTheDueDay(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0)) // Monday 2026-03-02
	rows := "day,working,source\n"
	for _, day := range strings.Fields("03 04 05 06 07 08 09 10 11") {
		rows += "2026-03-" + day + "," + map[bool]string{true: "0", false: "1"}[strings.Contains("03 07 08", day)] + ",gov\n"
	}
	good[loaded](d, d.call(admin, "PUT", "/v1/reference/calendar", rows))
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+held.ID, nil)); got.DueOn.String() != "2026-03-10" || got.DueProvisional {
		t.Errorf("due %s, provisional %t; want 2026-03-10, false", got.DueOn, got.DueProvisional)
	}
}

func TestKeysOverHTTP(t *testing.T) {
	d := newDesk(t)
	type made struct {
		KeyID string `json:"key_id"`
		Key   string `json:"key"`
	}
	r := d.call(admin, "POST", "/v1/keys", map[string]any{"institution_id": "H7"})
	if r.Code != http.StatusCreated {
		t.Errorf("status %d, want 201", r.Code)
	}
	k := good[made](d, r)
	caller, ok := d.j.Authenticate(k.Key)
	if !ok || caller.InstitutionID != "H7" || caller.KeyID != k.KeyID || !strings.HasPrefix(k.Key, "cw_") {
		t.Errorf("Authenticate(%+v) = %+v, %t", k, caller, ok)
	}
	own := good[made](d, d.call(admin, "POST", "/v1/keys", map[string]any{"roles": []string{"officer", "clerk"}, "key_sha256": key.Hash("cw_mine")}))
	if own.Key != "" {
		t.Error("the answer holds a key that the server never saw")
	}
	if caller, ok := d.j.Authenticate("cw_mine"); !ok || !caller.Has(claimwatch.RoleClerk) {
		t.Errorf("Authenticate() = %+v, %t", caller, ok)
	}
	for _, entry := range d.log.Messages() {
		if strings.Contains(string(entry.Value), k.Key) {
			t.Error("the log holds a key")
		}
	}
	d.refused(d.call(admin, "POST", "/v1/keys", map[string]any{}), 422, claimwatch.CodeInvalid)
	d.refused(d.call(admin, "POST", "/v1/keys", map[string]any{"roles": []string{"root"}}), 422, claimwatch.CodeInvalid)
	if r := d.call(admin, "DELETE", "/v1/keys/"+k.KeyID, nil); r.Code != http.StatusNoContent {
		t.Errorf("revoke: status %d: %s", r.Code, r.Body)
	}
	if _, ok := d.j.Authenticate(k.Key); ok {
		t.Error("the revoked key still works")
	}
	d.refused(d.call(admin, "DELETE", "/v1/keys/"+k.KeyID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(admin, "DELETE", "/v1/keys/"+admin.KeyID, nil), 422, claimwatch.CodeInvalid)
}

func TestJournalOverHTTP(t *testing.T) {
	d := newDesk(t)
	for _, subject := range strings.Fields("a b c d e") {
		good[FindingDetail](d, d.decide(officer, d.facts.put(sample(subject, false)), "notify", 0))
	}
	type answer struct {
		page[entryView]
		Head struct {
			Seq    uint64
			SHA256 string
		}
	}
	prev, cursor, count := strings.Repeat("0", 64), "", 0
	for {
		got := good[answer](d, d.call(watcher, "GET", "/v1/journal?limit=2&cursor="+cursor, nil))
		for _, item := range got.Items {
			count++
			sum := sha256.Sum256([]byte(item.Entry))
			if item.Prev != prev || item.SHA256 != hex.EncodeToString(sum[:]) || item.Actor != officer.KeyID {
				t.Errorf("entry %d does not verify: %+v", item.Seq, item)
			}
			prev = item.SHA256
		}
		if cursor = got.Next; cursor == "" {
			if got.Head.SHA256 != prev || got.Head.Seq != 5 {
				t.Errorf("head = %+v, want entry 5 %s", got.Head, prev)
			}
			break
		}
	}
	if count != 5 {
		t.Errorf("%d entries, want 5", count)
	}
	d.refused(d.call(watcher, "GET", "/v1/journal?cursor=x", nil), 400, claimwatch.CodeBadQuery)
}

func TestRejectionsAsCSV(t *testing.T) {
	d := newDesk(t)
	path := "/v1/rejections?institution_id=H1&month=2026-02"
	for _, c := range []struct{ path, accept, want string }{
		{path, "", "application/json"},
		{path, "text/csv", "text/csv; charset=utf-8"},
		{path + "&format=csv", "application/json", "text/csv; charset=utf-8"},
		{path + "&format=json", "text/csv", "application/json"},
		{path, "application/json, text/csv", "application/json"},
		{path, "*/*", "application/json"},
	} {
		r := d.call(officer, "GET", c.path, nil, "Accept", c.accept)
		if got := r.Header().Get("Content-Type"); got != c.want || r.Code != 200 {
			t.Errorf("%s with Accept %q: %d %s, want %s", c.path, c.accept, r.Code, got, c.want)
		}
	}
}

func TestFactsVanishUnderANotice(t *testing.T) {
	d := newDesk(t)
	old := sample("H1|P1|S1", false)
	held := d.facts.put(old)
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	heir := sample("H1|P1|S1b", false)
	other := sample("H1|P1|S1c", false)
	other.Rule, other.ID = "FEE-002", claimwatch.FindingID("FEE-002", other.Subject)
	d.facts.put(heir)
	d.facts.put(other)
	d.facts.retract(old.ID)
	d.clock("2026-03-05T10:00:00+08:00")
	for range 3 { // repeats have no effect
		if err := d.audit.Evaluated(t.Context(), []string{old.ID}, []claimwatch.Finding{heir, other}); err != nil {
			t.Fatalf("Evaluated() error:\n%+v", err)
		}
		if err := d.audit.Sweep(t.Context()); err != nil {
			t.Fatalf("Sweep() error:\n%+v", err)
		}
	}
	gone := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+old.ID, nil))
	if gone.State != claimwatch.StateRetracted || gone.Revision != 2 || gone.Journal[1].Action != "tell_retracted" {
		t.Errorf("the retracted finding: %+v", gone)
	}
	got := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+heir.ID, nil))
	if got.State != claimwatch.StateNotified || *got.NotifiedAt != *gone.NotifiedAt || got.DueOn.String() != "2026-03-09" || got.Revision != 1 {
		t.Errorf("the heir: %+v", got.FindingView)
	}
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+other.ID, nil)); got.State != claimwatch.StateOpen {
		t.Errorf("a finding of another rule inherited: %s", got.State)
	}
	d.facts.put(old) // it returns and shows its old state
	if back := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+old.ID, nil)); back.State != claimwatch.StateNotified || back.DueOn.String() != "2026-03-09" {
		t.Errorf("after its return: %+v", back.FindingView)
	}
	if seq, _ := d.j.Head(); seq != 3 {
		t.Errorf("%d entries, want notice, telling and inheritance", seq)
	}
}

// A notice that was given in the moment in which the facts vanished is found by
// the sweep alone.
func TestSweepCatchesTheRace(t *testing.T) {
	d := newDesk(t)
	old := sample("H1|P1|S1", false)
	good[FindingDetail](d, d.decide(officer, d.facts.put(old), "notify", 0))
	d.facts.retract(old.ID)
	heir := sample("H1|P1|S1b", false)
	d.facts.put(heir)
	for range 2 {
		if err := d.audit.Sweep(t.Context()); err != nil {
			t.Fatalf("Sweep() error:\n%+v", err)
		}
	}
	if got := d.j.Standing(heir.ID, d.at); got.State != claimwatch.StateNotified {
		t.Errorf("the heir is %s, want notified", got.State)
	}
	if got := d.j.Standing(old.ID, d.at); !got.Told {
		t.Error("nobody was told")
	}
	if seq, _ := d.j.Head(); seq != 3 {
		t.Errorf("%d entries, want 3", seq)
	}
}

// What is restarted from the log says the same, entry by entry.
func TestRebuildFromTheLog(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", true))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	good[FindingDetail](d, d.explain(another, held.ID))
	good[FindingDetail](d, d.decide(officer, held, "reject", 3))
	again := newDesk(t)
	again.facts = d.facts
	for _, m := range d.log.Messages() {
		if err := again.log.Write(t.Context(), m); err != nil {
			t.Fatalf("Write() error:\n%+v", err)
		}
	}
	if _, err := again.j.Do(t.Context(), mustCommand(t)); err != nil { // once it is answered, all before is folded
		t.Fatalf("Do() error:\n%+v", err)
	}
	if diff := cmp.Diff(again.j.Rejections("H2", "2026-02"), d.j.Rejections("H2", "2026-02")); diff != "" {
		t.Errorf("list (-got, +want):\n%s", diff)
	}
	if a, b := again.j.Standing(held.ID, d.at), d.j.Standing(held.ID, d.at); a.State != b.State || a.Revision != b.Revision {
		t.Errorf("standing %s %d, want %s %d", a.State, a.Revision, b.State, b.Revision)
	}
}

func mustCommand(t *testing.T) journal.Command {
	t.Helper()
	c, err := journal.NewCommand(journal.Command{ID: "c_last", Type: journal.TypeKeyAdd}, key.Key{SHA256: key.Hash("x"), InstitutionID: "H1"}, nil)
	if err != nil {
		t.Fatalf("NewCommand() error:\n%+v", err)
	}
	return c
}
