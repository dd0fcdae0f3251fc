package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"claimwatch"
)

// notify tells hospitals of everything that asks for money or an explanation.
func (y *year) notify(t *testing.T) {
	t.Helper()
	var list []finding
	for _, severity := range []string{"violation", "suspicion"} {
		list = append(list, y.officer.findings(t, "state=open&suppressed=false&severity="+severity)...)
	}
	y.counted["told"] += y.decide(t, y.officer, "notify", "", list)
}

// explain lets every second hospital answer; the others let the term lapse.
func (y *year) explain(t *testing.T) {
	t.Helper()
	for id, hospital := range y.hospitals {
		for _, f := range hospital.findings(t, "state=notified") {
			if strings.HasPrefix(f.FindingID, "f_0") || f.FindingID[2] >= '8' {
				continue // silence
			}
			hospital.post(t, "/v1/findings/"+f.FindingID+"/statements", map[string]any{"text": "我院说明:按医嘱收费 " + id}, &struct{}{})
			y.counted["statements"]++
		}
	}
}

// decideAll rejects what was explained badly or not at all, and releases the rest.
func (y *year) decideAll(t *testing.T) {
	t.Helper()
	explained, lapsed := y.officer.findings(t, "state=explained"), y.officer.findings(t, "state=lapsed")
	y.counted["lapsed"] += len(lapsed)
	var reject, release []finding
	for _, f := range explained {
		if f.FindingID[3]%3 == 0 {
			release = append(release, f)
		} else {
			reject = append(reject, f)
		}
	}
	y.counted["released"] += y.decide(t, y.officer, "release", "说明成立", release)
	y.counted["rejected"] += y.decide(t, y.officer, "reject", "说明不成立,依据条款不予支付", append(reject, lapsed...))
	// What grew after its notice cannot be rejected: hospitals are told of the rest.
	y.counted["told of more"] += y.decide(t, y.officer, "notify", "", append(y.officer.findings(t, "state=explained"), y.officer.findings(t, "state=lapsed")...))
}

// straddles wants a stay that began before the suspension and lasted into it, of
// which the one part is settled and the other is not.
func (y *year) straddles(t *testing.T) {
	t.Helper()
	var feb struct {
		Claims []struct {
			StayID     string `json:"stay_id"`
			Approved   string `json:"approved"`
			NotPayable string `json:"not_payable"`
		} `json:"claims"`
	}
	y.do(t, http.MethodGet, "/v1/settlements?institution_id="+y.suspended+"&month=2023-02", "", nil).into(t, &feb)
	for _, stay := range feb.Claims {
		if fen(t, stay.Approved) > 0 && fen(t, stay.NotPayable) > 0 {
			t.Logf("stay %s straddles the suspension: approved %s, not payable %s", stay.StayID, stay.Approved, stay.NotPayable)
			return
		}
	}
	t.Errorf("no stay straddles the first day of the suspension: %+v", feb.Claims)
}

// appeal lets hospitals appeal against every fourth rejection.
func (y *year) appeal(t *testing.T) {
	t.Helper()
	for _, hospital := range y.hospitals {
		for _, f := range hospital.findings(t, "state=rejected") {
			if f.FindingID[4]%4 != 0 {
				continue
			}
			hospital.post(t, "/v1/findings/"+f.FindingID+"/appeals", map[string]any{"text": "请复核"}, &struct{}{})
			y.counted["appeals"]++
		}
	}
}

// hear lets a second officer decide about appeals: who has rejected may not.
func (y *year) hear(t *testing.T) {
	t.Helper()
	for _, f := range y.officer.findings(t, "state=appealed") {
		action := "uphold"
		if f.FindingID[5]%2 == 0 {
			action = "overturn"
		}
		body := fmt.Sprintf(`{"action":%q,"reason":"复核","expected_revision":%d,"facts_sha256":%q}`, action, f.Revision, f.FactsSHA256)
		path := "/v1/findings/" + f.FindingID + "/decisions"
		if a := y.officer.do(t, http.MethodPost, path, "application/json", []byte(body)); a.status != http.StatusForbidden {
			t.Errorf("who rejected decides about the appeal: answer %d %s", a.status, a.body)
		}
		if a := y.second.do(t, http.MethodPost, path, "application/json", []byte(body)); a.status != http.StatusOK {
			t.Errorf("%s: answer %d %s", action, a.status, a.body)
		}
		y.counted[action]++
	}
}

// settle closes a month of an institution by two people and pays it.
func (y *year) settle(t *testing.T, institution, month string) {
	t.Helper()
	path := "/v1/settlements/" + institution + "/" + month
	for _, step := range []struct {
		who  *client
		want int
	}{{y.clerk, http.StatusAccepted}, {y.clerk, http.StatusForbidden}, {y.director, http.StatusOK}} {
		if a := step.who.do(t, http.MethodPost, path+"/close", "application/json", []byte(`{}`)); a.status != step.want {
			t.Fatalf("close %s of %s: answer %d %s, want %d", month, institution, a.status, a.body, step.want)
		}
	}
	y.counted["settlements"]++
	got := y.settlement(t, institution, month)
	if got.State != "closed" || fen(t, got.Claimed) != fen(t, got.Rejected)+fen(t, got.NotPayable)+fen(t, got.OnHold)+fen(t, got.Approved) {
		t.Errorf("settlement of %s for %s does not add up: %+v", institution, month, got)
	}
	if fen(t, got.Retained)+fen(t, got.Payable) != fen(t, got.Approved) {
		t.Errorf("settlement of %s for %s: 10 %% and 90 %% are not what was approved: %+v", institution, month, got)
	}
	var list struct {
		Sealed bool   `json:"sealed"`
		Total  string `json:"total"`
	}
	y.do(t, http.MethodGet, "/v1/rejections?institution_id="+url.QueryEscape(institution)+"&month="+month, "", nil).into(t, &list)
	if !list.Sealed || list.Total != got.Rejected {
		t.Errorf("rejected-fee list of %s for %s: sealed %t, %s; the settlement has %s", institution, month, list.Sealed, list.Total, got.Rejected)
	}
	y.pay(t, path)
}

type settlement struct {
	State      string `json:"state"`
	Claimed    string `json:"claimed"`
	Rejected   string `json:"rejected"`
	NotPayable string `json:"not_payable"`
	OnHold     string `json:"on_hold"`
	Approved   string `json:"approved"`
	Retained   string `json:"retained"`
	Payable    string `json:"payable"`
}

func (y *year) settlement(t *testing.T, institution, month string) (s settlement) {
	t.Helper()
	y.do(t, http.MethodGet, "/v1/settlements?institution_id="+url.QueryEscape(institution)+"&month="+month, "", nil).into(t, &s)
	return s
}

// pay pays what is open of a settled month or year by two people.
func (y *year) pay(t *testing.T, path string) {
	t.Helper()
	var owed struct {
		Open string `json:"open"`
	}
	y.do(t, http.MethodGet, path+"/payments", "", nil).into(t, &owed)
	if fen(t, owed.Open) == 0 {
		return // a month below zero is set off
	}
	for _, who := range []*client{y.clerk, y.director} {
		if a := who.do(t, http.MethodPost, path+"/payments", "application/json", []byte(`{}`)); a.status/100 != 2 {
			t.Fatalf("%s: answer %d %s", path, a.status, a.body)
		}
	}
	y.counted["payments"]++
}

// suspend suspends an agreement for three months by two people; the institution is
// told in writing and answers.
func (y *year) suspend(t *testing.T) {
	t.Helper()
	y.officer.post(t, "/v1/sanctions", map[string]any{
		"institution_id": y.suspended, "measure": "agreement_suspended", "grounds": []string{"38.1"}, "months": 3, "reason": "对基金安全可能造成重大风险",
	}, &y.sanction)
	y.sanctioned(t, y.officer, "propose", nil)
	if a := y.step(t, y.officer, "confirm", nil); a.status != http.StatusForbidden {
		t.Errorf("who proposed a suspension confirms it: answer %d %s", a.status, a.body)
	}
	y.sanctioned(t, y.director, "confirm", map[string]string{"notice": "自通知之日起中止服务协议三个月"}) // and is told with it
	y.sanctioned(t, y.hospitals[y.suspended], "answer", map[string]string{"answer": "接受,正在整改"})
	y.counted["suspensions"]++
}

// resume lets the institution ask for its agreement back and two people accept it.
func (y *year) resume(t *testing.T) {
	t.Helper()
	y.sanctioned(t, y.hospitals[y.suspended], "apply_resumption", nil)
	asked := y.sanction.History[len(y.sanction.History)-1].At.Day()
	y.sanctioned(t, y.officer, "accept_resumption", map[string]string{"inspected_on": asked.String(), "acceptance": "验收通过"})
	y.sanctioned(t, y.director, "confirm", nil)
	if y.sanction.State != "lifted" {
		t.Errorf("after resumption the sanction is %s, want lifted", y.sanction.State)
	}
	y.counted["resumptions"]++
}

func (y *year) step(t *testing.T, who *client, action string, fields map[string]string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"action": action, "reason": "查实", "expected_revision": y.sanction.Revision, "fields": fields})
	if err != nil {
		t.Fatal(err)
	}
	return who.do(t, http.MethodPost, "/v1/sanctions/"+y.sanction.ID+"/decisions", "application/json", body)
}

func (y *year) sanctioned(t *testing.T, who *client, action string, fields map[string]string) {
	t.Helper()
	y.step(t, who, action, fields).into(t, &y.sanction)
}

// yearEnd enters the scores of the assessment, closes the year of every institution
// and pays the bond back.
func (y *year) yearEnd(t *testing.T, institutions []string) {
	t.Helper()
	scores, csv := []string{"95", "90", "89.9", "70", "60", "59.99"}, "institution_id,year,score,satisfaction\n"
	for i, id := range institutions {
		csv += fmt.Sprintf("%s,2023,%s,90\n", id, scores[i%len(scores)])
	}
	y.load(t, "assessments", csv)
	for i, id := range institutions {
		path := "/v1/year-ends/" + id + "/2023"
		for _, who := range []*client{y.clerk, y.director} {
			if a := who.do(t, http.MethodPost, path+"/close", "application/json", []byte(`{}`)); a.status/100 != 2 {
				t.Fatalf("close the year of %s: answer %d %s", id, a.status, a.body)
			}
		}
		var end struct {
			State, Bond, Returned, Forfeited string
			Percent                          int64
		}
		y.do(t, http.MethodGet, "/v1/year-ends?year=2023&institution_id="+id, "", nil).into(t, &end)
		want := []int64{100, 100, 90, 80, 70, 0}[i%len(scores)]
		bond, returned := fen(t, end.Bond), fen(t, end.Returned)
		if end.State != "closed" || end.Percent != want || returned+fen(t, end.Forfeited) != bond || returned != (bond*want+50)/100 {
			t.Errorf("year end of %s with %s points: %+v, want %d %%", id, scores[i%len(scores)], end, want)
		}
		y.pay(t, path)
		y.counted["year ends"]++
	}
}

// balance holds the sum of all settlements against what was charged and against
// the postings.
func (y *year) balance(t *testing.T, institutions []string) {
	t.Helper()
	var all [5]int64
	for _, id := range institutions {
		posted := map[string]int64{}
		for cursor := ""; ; {
			var page struct {
				Items []struct{ Account, Amount string }
				Next  string
			}
			y.do(t, http.MethodGet, "/v1/postings?limit=1000&institution_id="+id+cursor, "", nil).into(t, &page)
			for _, p := range page.Items {
				posted[p.Account] += fen(t, p.Amount)
			}
			if page.Next == "" {
				break
			}
			cursor = "&cursor=" + queryEscape(page.Next)
		}
		var sum int64
		for _, amount := range posted {
			sum += amount
		}
		if sum != 0 {
			t.Errorf("postings of %s add up to %d fen, want 0", id, sum)
		}
		var balances struct {
			Items []struct{ Account, Amount string }
		}
		y.do(t, http.MethodGet, "/v1/balances?institution_id="+id, "", nil).into(t, &balances)
		for _, b := range balances.Items {
			if fen(t, b.Amount) != posted[b.Account] {
				t.Errorf("balance of %s of %s is %s, its postings add up to %d fen", b.Account, id, b.Amount, posted[b.Account])
			}
		}
		for _, month := range y.months {
			s := y.settlement(t, id, month)
			for i, amount := range []string{s.Claimed, s.Approved, s.Rejected, s.OnHold, s.NotPayable} {
				all[i] += fen(t, amount)
			}
		}
	}
	t.Logf("claimed %d.%02d = approved %d.%02d + rejected %d.%02d + on hold %d.%02d + not payable %d.%02d yuan", all[0]/100, all[0]%100,
		all[1]/100, all[1]%100, all[2]/100, all[2]%100, all[3]/100, all[3]%100, all[4]/100, all[4]%100)
	if all[0] != all[1]+all[2]+all[3]+all[4] || all[0] == 0 || all[2] == 0 || all[4] == 0 {
		t.Errorf("the year does not add up, or shows nothing: %v", all)
	}
}

// fen reads yuan with two decimals.
func fen(t testing.TB, yuan string) int64 {
	t.Helper()
	var amount claimwatch.Fen
	if err := amount.UnmarshalText([]byte(yuan)); err != nil {
		t.Fatalf("read amount %q: %v", yuan, err)
	}
	return int64(amount)
}
