package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/rejection"
)

// large is a finding of H1 above the limit of one person.
func large(subject string) claimwatch.Finding {
	f := sample(subject, false)
	for i := range f.Lines {
		if f.Lines[i].Role == claimwatch.Violating {
			f.Lines[i].RecordID, f.Lines[i].Amount = "big-"+subject, 5_000_001
		}
	}
	f.Amount = 5_000_001
	return f
}

func (d *desk) act(caller claimwatch.Caller, held claimwatch.Held, action string, revision int, more ...any) FindingDetail {
	d.t.Helper()
	body := map[string]any{"action": action, "reason": "because", "expected_revision": revision, "facts_sha256": held.Facts}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	return good[FindingDetail](d, d.call(caller, "POST", "/v1/findings/"+held.ID+"/decisions", body))
}

func (d *desk) list(institution, month string) rejection.RejectedList {
	d.t.Helper()
	return good[rejection.RejectedList](d, d.call(officer, "GET", "/v1/rejections?institution_id="+institution+"&month="+month, nil))
}

// A rejection above the limit takes effect when a second person confirms it; the
// hospital sees the outcome and none of the steps to it.
func TestSecondPersonOverHTTP(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(large("H1|P1|S1"))
	d.act(officer, held, "notify", 0)
	good[FindingDetail](d, d.explain(hospital, held.ID))
	proposed := d.act(officer, held, "reject", 2)
	if proposed.State != claimwatch.StateExplained || proposed.Proposed == nil || proposed.Proposed.Amount != 5_000_001 || proposed.Revision != 3 {
		t.Errorf("after the first person: %+v", proposed.FindingView)
	}
	if total := d.list("H1", "2026-02").Total; total != 0 {
		t.Errorf("a proposal took %s", total)
	}
	digest := func() string { return good[map[string]string](d, d.call(officer, "GET", "/v1/digest", nil))["digest"] }
	before := digest()
	r := d.call(hospital, "GET", "/v1/findings/"+held.ID, nil)
	if got := good[FindingDetail](d, r); got.Proposed != nil || len(got.Journal) != 2 || strings.Contains(r.Body.String(), "proposed") {
		t.Errorf("the hospital sees the proposal: %s", r.Body)
	}
	d.refused(d.decide(officer, held, "confirm", 3), 403, claimwatch.CodeForbidden)
	d.act(reviewer, held, "decline", 3)
	if after := digest(); after != before {
		t.Error("a proposal that was declined is in the digest")
	}
	d.act(officer, held, "reject", 4)
	if got := d.act(reviewer, held, "confirm", 5); got.State != claimwatch.StateRejected || got.Proposed != nil {
		t.Errorf("after the second person: %+v", got.FindingView)
	}
	if after := digest(); after == before {
		t.Error("the confirmed rejection is not in the digest")
	}
	list := d.list("H1", "2026-02")
	if list.Total != 5_000_001 || list.Items[0].DecidedBy != officer.KeyID+";"+reviewer.KeyID || list.Items[0].Statement != "the patient needed it" {
		t.Errorf("list %+v", list)
	}
	for _, caller := range []claimwatch.Caller{admin, watcher, clerk} {
		d.refused(d.decide(caller, held, "reopen", 6), 403, claimwatch.CodeForbidden)
	}
	d.act(officer, held, "reopen", 6)
	if got := d.act(director, held, "confirm", 7); got.State != claimwatch.StateOpen {
		t.Errorf("after it was opened again: %s", got.State)
	}
	if list := d.list("H1", "2026-02"); list.Total != 0 || len(list.Items) != 0 {
		t.Errorf("opened again, the list still holds %s", list.Total)
	}
	// New facts make a proposal void.
	d.act(officer, held, "notify", 8)
	good[FindingDetail](d, d.explain(hospital, held.ID))
	d.act(officer, held, "reject", 10)
	f := large("H1|P1|S1")
	f.Amount, f.Lines[0].Amount = f.Amount-1, f.Lines[0].Amount-1
	changed := d.facts.put(f)
	if got := good[FindingDetail](d, d.call(reviewer, "GET", "/v1/findings/"+held.ID, nil)); got.Proposed != nil {
		t.Errorf("about other facts it is proposed: %+v", got.Proposed)
	}
	d.refused(d.decide(reviewer, changed, "confirm", 11), 409, claimwatch.CodeChanged)
}

// The limit is that of the city: of a finding that concerns several the lowest.
func TestLimitOfTheCity(t *testing.T) {
	d := newDesk(t)
	good[loaded](d, d.call(admin, "PUT", "/v1/reference/institutions", "institution_id,name,kind,level,city,face_required\nH2,n,medical,3,Taiyuan,false\n"))
	good[loaded](d, d.call(admin, "PUT", "/v1/reference/policies", "policy,city,from,value,reason\nsecond_person_from,Taiyuan,2026-01-01,100.00,small\n"))
	for subject, shared := range map[string]bool{"alone": false, "shared": true} {
		f := sample(subject, shared)
		held := d.facts.put(f)
		d.act(officer, held, "notify", 0)
		good[FindingDetail](d, d.explain(hospital, held.ID))
		revision := 2
		if shared {
			good[FindingDetail](d, d.explain(another, held.ID))
			revision++
		}
		want := map[bool]claimwatch.State{false: claimwatch.StateRejected, true: claimwatch.StateExplained}[shared]
		if got := d.act(officer, held, "reject", revision); got.State != want {
			t.Errorf("%s: %s, want %s", subject, got.State, want)
		}
	}
}

// An overturned rejection gives back the exact fen, and what another finding asked
// for of the same line and did not get goes to it.
func TestAppealOverHTTP(t *testing.T) {
	d := newDesk(t)
	one, two := d.facts.put(sample("one", false)), d.facts.put(sample("two", false)) // the same line of 256.00
	for _, held := range []claimwatch.Held{one, two} {
		d.act(officer, held, "notify", 0)
		good[FindingDetail](d, d.explain(hospital, held.ID))
		d.act(officer, held, "reject", 2)
	}
	if list := d.list("H1", "2026-02"); len(list.Items) != 1 || list.Items[0].FindingID != one.ID || list.Total != 25600 {
		t.Errorf("one yuan once: %+v", list)
	}
	path := "/v1/findings/" + one.ID + "/appeals"
	d.refused(d.call(officer, "POST", path, map[string]any{"text": "x"}), 403, claimwatch.CodeForbidden)
	d.refused(d.call(another, "POST", path, map[string]any{"text": "x"}), 404, claimwatch.CodeNotFound)
	d.refused(d.call(hospital, "POST", path, map[string]any{}), 422, claimwatch.CodeInvalid)
	d.refused(d.call(hospital, "POST", path, map[string]any{"action": "overturn"}), 403, claimwatch.CodeForbidden)
	if got := good[FindingDetail](d, d.call(hospital, "POST", path, map[string]any{"text": "it was another patient"})); got.State != claimwatch.StateAppealed {
		t.Errorf("after the appeal: %s", got.State)
	}
	d.refused(d.call(reviewer, "POST", path, map[string]any{"action": "overturn", "reason": "r", "facts_sha256": one.Facts}), 422, claimwatch.CodeInvalid)
	judge := map[string]any{"action": "overturn", "reason": "they are right", "expected_revision": 4, "facts_sha256": one.Facts}
	d.refused(d.call(officer, "POST", path, judge), 403, claimwatch.CodeForbidden)
	if got := good[FindingDetail](d, d.call(reviewer, "POST", path, judge)); got.State != claimwatch.StateOverturned {
		t.Errorf("after the decision: %s", got.State)
	}
	if list := d.list("H1", "2026-02"); len(list.Items) != 1 || list.Items[0].FindingID != two.ID || list.Total != 25600 {
		t.Errorf("what the other asked for did not flow to it: %+v", list)
	}
	seen := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+one.ID, nil))
	var actions []string
	for _, e := range seen.Journal {
		actions = append(actions, string(e.Action))
	}
	if diff := cmp.Diff(actions, []string{"notify", "explain", "reject", "appeal", "overturn"}); diff != "" {
		t.Errorf("the hospital reads (-got, +want):\n%s", diff)
	}
}

// A claim keeps others off until it lapses by the clock; hospitals see nothing of it.
func TestClaimOverHTTP(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	d.act(officer, held, "notify", 0)
	if got := d.act(officer, held, "claim", 1); got.Claim == nil || got.Claim.Until.String() != "2026-03-03T10:00:00.000+08:00" {
		t.Errorf("claimed: %+v", got.Claim)
	}
	p := d.refused(d.decide(reviewer, held, "extend", 2), 409, claimwatch.CodeIllegalTransition)
	if !strings.Contains(p.Detail, "until 2026-03-03T10:00:00.000+08:00") {
		t.Errorf("the refusal does not say until when: %s", p.Detail)
	}
	r := d.call(hospital, "GET", "/v1/findings/"+held.ID, nil)
	if strings.Contains(r.Body.String(), "claim\"") || len(good[FindingDetail](d, r).Journal) != 1 {
		t.Errorf("the hospital sees who works on it: %s", r.Body)
	}
	d.clock("2026-03-03T10:00:00+08:00")
	if got := d.act(reviewer, held, "extend", 2); got.Claim != nil {
		t.Errorf("the claim is shown after it lapsed: %+v", got.Claim)
	}
}

// A statement's files: kept by hash, only what they say they are, read by who sent
// them and by the agency, never shown.
func TestAttachments(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", true))
	d.act(officer, held, "notify", 0)
	pdf := []byte("%PDF-1.7 discharge letter")
	sum := sha256.Sum256(pdf)
	name := hex.EncodeToString(sum[:])
	put := func(caller claimwatch.Caller, query, mediaType string, data []byte) journal.File {
		t.Helper()
		return good[journal.File](d, d.call(caller, "PUT", "/v1/attachments"+query, data, "Content-Type", mediaType))
	}
	explain := map[string]any{"text": "see the letter", "attachments": []string{name}}
	path := "/v1/findings/" + held.ID + "/statements"
	if p := d.refused(d.call(hospital, "POST", path, explain), 422, claimwatch.CodeInvalid); p.Field != "attachments[0]" {
		t.Errorf("a file that nobody sent: %+v", p)
	}
	if got := put(another, "", "application/pdf", pdf); got != (journal.File{SHA256: name, MediaType: "application/pdf", Size: len(pdf)}) {
		t.Errorf("kept %+v", got)
	}
	d.refused(d.call(hospital, "POST", path, explain), 422, claimwatch.CodeInvalid)
	d.refused(d.call(hospital, "GET", "/v1/attachments/"+name, nil), 404, claimwatch.CodeNotFound)
	put(hospital, "?sha256="+name, "application/pdf", pdf)
	before, _ := d.j.Head()
	put(hospital, "", "application/pdf", pdf)
	if after, _ := d.j.Head(); after != before {
		t.Error("the same file again made an entry")
	}
	d.refused(d.call(hospital, "PUT", "/v1/attachments?sha256="+strings.Repeat("0", 64), pdf, "Content-Type", "application/pdf"), 422, claimwatch.CodeInvalid)
	d.refused(d.call(hospital, "PUT", "/v1/attachments", pdf, "Content-Type", "image/png"), 415, claimwatch.CodeUnsupportedMediaType)
	d.refused(d.call(hospital, "PUT", "/v1/attachments", []byte("<html>"), "Content-Type", "text/html"), 415, claimwatch.CodeUnsupportedMediaType)
	d.refused(d.call(watcher, "PUT", "/v1/attachments", pdf, "Content-Type", "application/pdf"), 403, claimwatch.CodeForbidden)
	got := good[FindingDetail](d, d.call(hospital, "POST", path, explain))
	if diff := cmp.Diff(got.Journal[1].Attachments, []string{name}); diff != "" {
		t.Errorf("the statement names (-got, +want):\n%s", diff)
	}
	for _, caller := range []claimwatch.Caller{hospital, another, officer, watcher} {
		r := d.call(caller, "GET", "/v1/attachments/"+name, nil)
		if r.Code != http.StatusOK || r.Body.String() != string(pdf) {
			t.Fatalf("%v: status %d: %s", caller.Roles, r.Code, r.Body)
		}
		for header, want := range map[string]string{
			"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
			"Content-Disposition": `attachment; filename="` + name[:16] + `.pdf"`,
		} {
			if got := r.Header().Get(header); got != want {
				t.Errorf("%s: %q, want %q", header, got, want)
			}
		}
	}
	d.refused(d.call(hospitalOf("H3"), "GET", "/v1/attachments/"+name, nil), 404, claimwatch.CodeNotFound)
	// Large files go in several messages and come back whole.
	big := []byte("%PDF-" + strings.Repeat("x", 3<<20))
	file := put(hospital, "", "application/pdf", big)
	if r := d.call(officer, "GET", "/v1/attachments/"+file.SHA256, nil); r.Body.String() != string(big) {
		t.Errorf("a file of %d bytes came back with %d", len(big), r.Body.Len())
	}
}

// One notice an institution and day, with every finding of which it was told, its own
// lines and nobody else's.
func TestNotices(t *testing.T) {
	d := newDesk(t)
	one, two, shared := d.facts.put(sample("one", false)), d.facts.put(sample("two", false)), d.facts.put(sample("shared", true))
	d.act(officer, one, "notify", 0)
	many := []any{}
	for _, held := range []claimwatch.Held{two, shared} {
		many = append(many, map[string]any{"finding_id": held.ID, "expected_revision": 0, "facts_sha256": held.Facts})
	}
	good[page[manyResult]](d, d.call(officer, "POST", "/v1/decisions", map[string]any{"action": "notify", "reason": "month", "findings": many}))
	own := good[page[NoticeView]](d, d.call(hospital, "GET", "/v1/notices", nil))
	if len(own.Items) != 1 || own.Items[0].Number != "2026-0001" || own.Items[0].Complete || len(own.Items[0].Items) != 3 || own.Items[0].Amount != 3*25600 {
		t.Fatalf("notices of H1: %+v", own)
	}
	sum := sha256.Sum256([]byte("H1|2026-03-02"))
	if want := "n_" + hex.EncodeToString(sum[:])[:32]; own.Items[0].ID != want {
		t.Errorf("notice_id %s, want %s", own.Items[0].ID, want)
	}
	r := d.call(another, "GET", "/v1/notices", nil)
	other := good[page[NoticeView]](d, r)
	if len(other.Items) != 1 || len(other.Items[0].Items) != 1 || other.Items[0].Amount != 1000 || strings.Contains(r.Body.String(), "H1") || strings.Contains(r.Body.String(), "S1") {
		t.Errorf("notices of H2: %s", r.Body)
	}
	item := own.Items[0].Items[0]
	if item.DueOn.String() != "2026-03-09" || item.Rule != "FEE-001" || len(item.Lines) != 1 || item.Basis[0].Article != "23" || item.Reason != "because" {
		t.Errorf("item %+v", item)
	}
	d.refused(d.call(another, "GET", "/v1/notices/"+own.Items[0].ID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(another, "GET", "/v1/notices?institution_id=H1", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "GET", "/v1/notices?from=today", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/notices/n_none", nil), 404, claimwatch.CodeNotFound)
	// An extension moves the deadline of the notice; another day is another notice.
	d.act(officer, one, "extend", 1)
	d.clock("2026-03-03T10:00:00+08:00")
	d.act(officer, d.facts.put(sample("three", false)), "notify", 0)
	if got := good[NoticeView](d, d.call(hospital, "GET", "/v1/notices/"+own.Items[0].ID, nil)); got.Items[0].DueOn.String() != "2026-03-16" || !got.Complete {
		t.Errorf("after the extension: due %s, complete %t", got.Items[0].DueOn, got.Complete)
	}
	var numbers []string
	for cursor := ""; ; {
		got := good[page[NoticeView]](d, d.call(officer, "GET", "/v1/notices?limit=1&cursor="+cursor, nil))
		for _, n := range got.Items {
			numbers = append(numbers, n.InstitutionID+" "+n.Number)
		}
		if cursor = got.Next; cursor == "" {
			break
		}
	}
	if diff := cmp.Diff(numbers, []string{"H1 2026-0001", "H2 2026-0001", "H1 2026-0002"}); diff != "" {
		t.Errorf("all notices (-got, +want):\n%s", diff)
	}
	for query, want := range map[string]int{"from=2026-03-03": 1, "until=2026-03-03": 2, "institution_id=H2": 1, "from=2026-03-04": 0} {
		if got := good[page[NoticeView]](d, d.call(officer, "GET", "/v1/notices?"+query, nil)); len(got.Items) != want {
			t.Errorf("%s: %d notices, want %d", query, len(got.Items), want)
		}
	}
}

// A refund after the rejection gives the difference back, once, however often the
// facts are looked at; what cannot be told from a store that is not whole waits.
func TestRefundAfterRejection(t *testing.T) {
	d := newDesk(t)
	f := sample("H1|P1|S1", false)
	held := d.facts.put(f)
	d.act(officer, held, "notify", 0)
	good[FindingDetail](d, d.explain(hospital, held.ID))
	d.act(officer, held, "reject", 2)
	refund := func(net claimwatch.Fen) {
		line := d.facts.lines["H1|F1"]
		line.Net, line.Found = net, net > 0
		d.facts.lines["H1|F1"] = line
	}
	refund(10000)
	whole := d.audit.deps.Settled
	d.audit.deps.Settled = nil
	look := func() {
		t.Helper()
		if err := d.audit.Evaluated(t.Context(), nil, []claimwatch.Finding{f}); err != nil {
			t.Fatalf("Evaluated() error:\n%+v", err)
		}
		for range 3 {
			if err := d.audit.Sweep(t.Context()); err != nil {
				t.Fatalf("Sweep() error:\n%+v", err)
			}
		}
	}
	for _, step := range []struct {
		net, want claimwatch.Fen
		settled   Settled
	}{{10000, 25600, nil}, {10000, 10000, whole}, {25600, 10000, whole}, {10000, 10000, whole}, {0, 0, whole}} {
		refund(step.net)
		d.audit.deps.Settled = step.settled
		look()
		if got := d.list("H1", "2026-02").Total; got != step.want {
			t.Errorf("worth %s: %s stands rejected, want %s", step.net, got, step.want)
		}
	}
	if seq, _ := d.j.Head(); seq != 5 {
		t.Errorf("%d entries, want notice, statement, rejection and two adjustments", seq)
	}
}

// Two officers decide the same finding at once, a thousand times: one wins, the other
// is told that it changed, and the journal has one entry.
func TestTwoOfficersAThousandTimes(t *testing.T) {
	d := newDesk(t)
	callers := []claimwatch.Caller{officer, reviewer}
	for round := range 1000 {
		held := d.facts.put(sample(fmt.Sprint("H1|P1|S", round), false))
		before, _ := d.j.Head()
		codes := make([]int, 2)
		begin := make(chan struct{})
		var group sync.WaitGroup
		for i, caller := range callers {
			body := map[string]any{"action": []string{"notify", "release"}[(round+i)%2], "reason": "r", "expected_revision": 0, "facts_sha256": held.Facts}
			group.Go(func() {
				<-begin
				r := d.call(caller, "POST", "/v1/findings/"+held.ID+"/decisions", body)
				codes[i] = r.Code
				var p problem
				if r.Code != http.StatusOK && (json.Unmarshal(r.Body.Bytes(), &p) != nil || p.Code != claimwatch.CodeChanged) {
					t.Errorf("round %d: the slower is told %s", round, r.Body)
				}
			})
		}
		close(begin)
		group.Wait()
		slices.Sort(codes)
		after, _ := d.j.Head()
		if codes[0] != http.StatusOK || codes[1] != http.StatusConflict || after != before+1 {
			t.Fatalf("round %d: %v, %d entries", round, codes, after-before)
		}
	}
}
