package journal_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/key"
	"claimwatch/audit/reference"
	"claimwatch/audit/review"
)

var officer = journal.Actor{Key: "0123456789abcdef", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}

func finding(subject string) claimwatch.Finding {
	return claimwatch.Finding{
		ID: claimwatch.FindingID("FEE-001", subject), Rule: "FEE-001", RuleVersion: 1, Severity: claimwatch.Violation, InstitutionID: "H1",
		Subject: subject, Amount: 100,
		Lines: []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Violating, Amount: 100}},
	}
}

func notify(t testing.TB, id string, f claimwatch.Finding, revision int) journal.Command {
	t.Helper()
	c, err := journal.NewCommand(journal.Command{
		ID: id, Type: journal.TypeDecision, At: 1_772_400_000_000, Actor: officer, FindingID: f.ID, ExpectedRevision: &revision,
	}, journal.Decision{Action: claimwatch.ActionNotify, Finding: review.See(f)}, nil)
	if err != nil {
		t.Fatalf("NewCommand() error:\n%+v", err)
	}
	return c
}

func load(t testing.TB, id string, days int) journal.Command {
	t.Helper()
	table, _ := claimwatch.TableNamed("calendar")
	rows := make([]reference.Row, days)
	for i := range rows {
		rows[i] = reference.Row{Line: i + 2, Values: []claimwatch.Value{
			{Num: int64(20_000 + i), Set: true}, {Num: 1, Set: true}, {Text: "a source of some length that fills the message", Set: true},
		}}
	}
	data, err := reference.AppendRows([]byte{}, table, rows)
	if err != nil {
		t.Fatalf("AppendRows() error:\n%+v", err)
	}
	c, err := journal.NewCommand(journal.Command{ID: id, Type: journal.TypeReferenceLoad, Actor: officer},
		journal.ReferenceLoad{Table: "calendar", Columns: reference.ColumnNames(table), Rows: days}, data)
	if err != nil {
		t.Fatalf("NewCommand() error:\n%+v", err)
	}
	return c
}

func TestDo(t *testing.T) {
	log, rows := &journaltest.Log{Copies: 2}, &journaltest.Rows{}
	j := journaltest.Start(t, log, rows)
	f := finding("s")
	first, err := j.Do(t.Context(), notify(t, "c_1", f, 0))
	if err != nil {
		t.Fatalf("Do() error:\n%+v", err)
	}
	if first.Seq != 1 || first.Revision != 1 {
		t.Errorf("answer = %+v, want entry 1 and revision 1", first)
	}
	if head, _ := rows.Head(t.Context()); head != 1 {
		t.Errorf("views are at %d when Do returns, want 1", head)
	}
	again, err := j.Do(t.Context(), notify(t, "c_1", f, 0))
	if err != nil || again.Seq != 1 {
		t.Errorf("the same command again: %+v, %v", again, err)
	}
	if _, err := j.Do(t.Context(), notify(t, "c_2", f, 0)); claimwatch.CodeOf(err) != claimwatch.CodeChanged {
		t.Errorf("the slower officer: %v, want changed", err)
	}
	if seq, _ := j.Head(); seq != 1 || len(rows.Entries) != 1 {
		t.Errorf("head %d with %d entries, want one", seq, len(rows.Entries))
	}
}

func TestTwoOfficersAtOnceThroughTwoProcesses(t *testing.T) {
	log := &journaltest.Log{}
	rows := &journaltest.Rows{}
	one, two := journaltest.Start(t, log, rows), journaltest.Start(t, log, rows)
	for round := range 50 {
		f := finding(fmt.Sprint(round))
		errs := make([]error, 2)
		var group sync.WaitGroup
		for i, j := range []*journal.Journal{one, two} {
			command := notify(t, fmt.Sprintf("c_%d_%d", round, i), f, 0)
			group.Go(func() { _, errs[i] = j.Do(context.Background(), command) })
		}
		group.Wait()
		codes := []string{string(claimwatch.CodeOf(errs[0])), string(claimwatch.CodeOf(errs[1]))}
		slices.Sort(codes)
		if diff := cmp.Diff(codes, []string{"", "changed"}); diff != "" {
			t.Fatalf("round %d (-got, +want):\n%s", round, diff)
		}
	}
	bothAt(t, one, two, 50)
}

// bothAt waits until two processes have folded so many entries and holds their
// heads against each other.
func bothAt(t *testing.T, one, two *journal.Journal, want uint64) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		a, hashA := one.Head()
		b, hashB := two.Head()
		if a == want && b == want {
			if hashA != hashB {
				t.Errorf("the chains differ: %s and %s", hashA, hashB)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the processes are at %d and %d, want %d", a, b, want)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestOutcomeUnknown(t *testing.T) {
	cases := []struct {
		name string
		log  *journaltest.Log
	}{
		{"nothing written", &journaltest.Log{Lose: true}},
		{"written, answer lost", &journaltest.Log{Lose: true, LoseAnswer: true}},
	}
	for _, c := range cases {
		rows := &journaltest.Rows{}
		j := journaltest.Start(t, c.log, rows)
		f := finding("s")
		if _, err := j.Do(t.Context(), notify(t, "c_1", f, 0)); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
			t.Errorf("%s: %v, want unavailable", c.name, err)
		}
		c.log.Lose = false
		answer, err := j.Do(t.Context(), notify(t, "c_1", f, 0))
		if err != nil || answer.Seq != 1 || answer.Revision != 1 {
			t.Errorf("%s: sent again: %+v, %v; want entry 1 once", c.name, answer, err)
		}
	}
}

func TestLargeLoad(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{}
	j := journaltest.Start(t, log, rows)
	answer, err := j.Do(t.Context(), load(t, "c_1", 30_000))
	if err != nil {
		t.Fatalf("Do() error:\n%+v", err)
	}
	if n := len(log.Messages()); n < 3 {
		t.Errorf("%d messages, want several", n)
	}
	if answer.Load.Changed != 30_000 || len(rows.Touched) != 1 || len(rows.Touched[0].Changed) != 30_000 {
		t.Errorf("answer = %+v, touched %d", answer.Load, len(rows.Touched))
	}
	again, err := j.Do(t.Context(), load(t, "c_2", 30_000))
	if err != nil || again.Load.Unchanged != 30_000 || again.Load.Version != 2 {
		t.Errorf("the same rows again: %+v, %v", again.Load, err)
	}
	if diff := cmp.Diff(rows.Steps[:3], []string{"views", "touch", "entries"}); diff != "" {
		t.Errorf("order of steps (-got, +want):\n%s", diff)
	}
	empty, err := j.Do(t.Context(), load(t, "c_3", 0))
	if err != nil || empty.Load.Rows != 0 || empty.Load.Version != 3 {
		t.Errorf("a load without rows: %+v, %v", empty.Load, err)
	}
}

func TestViewsAreRetriedAndNotRepeatedAtStart(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{Fail: 4}
	j := journaltest.Start(t, log, rows)
	if _, err := j.Do(t.Context(), load(t, "c_1", 3)); err != nil {
		t.Fatalf("Do() error:\n%+v", err)
	}
	if _, settled := j.Position(); !settled {
		t.Error("the journal is not settled when Do returns")
	}
	steps := len(rows.Steps)
	again := journaltest.Start(t, log, rows)
	if seq, _ := again.Head(); seq != 1 {
		t.Errorf("a second process is at entry %d, want 1", seq)
	}
	if _, err := again.Do(t.Context(), load(t, "c_2", 3)); err != nil {
		t.Fatalf("Do() error:\n%+v", err)
	}
	if got := len(rows.Steps) - steps; got != 3 {
		t.Errorf("a start and one load took %d steps, want 3: %v", got, rows.Steps)
	}
}

func TestViewsOfADeadProcessAreTakenOver(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{}
	journaltest.Start(t, log, rows)
	messages, err := journal.Encode(load(t, "c_1", 3)) // written by a process that died before its views
	if err != nil {
		t.Fatalf("Encode() error:\n%+v", err)
	}
	if err := log.Write(t.Context(), messages...); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		if head, _ := rows.Head(t.Context()); head == 1 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody wrote the views")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestPoison(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{}
	good, err := journal.Encode(notify(t, "c_good", finding("s"), 0))
	if err != nil {
		t.Fatalf("Encode() error:\n%+v", err)
	}
	version := map[string]string{"v": "1"}
	poison := []claimwatch.Message{
		{},
		{Headers: version},
		{Value: []byte("{}\n"), Headers: version},
		{Value: good[0].Value, Headers: map[string]string{"v": "2"}},
		{Value: good[0].Value},
		{Value: []byte("\xff\n"), Headers: version},
		{Value: []byte(`{"command_id":"c","part":-1,"parts":1}` + "\n"), Headers: version},
		{Value: []byte(`{"command_id":"c","part":0,"parts":999999999,"command":{}}` + "\n"), Headers: version},
		{Value: []byte(`{"command_id":"c","part":0,"parts":1,"command":{"command_id":"d"}}` + "\n"), Headers: version},
		{Value: []byte(`{"command_id":"c","part":0,"parts":1,"command":{"command_id":"c","type":3}}` + "\n"), Headers: version},
		{Value: append(slices.Clone(good[0].Value), "more"...), Headers: version},
	}
	if err := log.Write(t.Context(), poison...); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	j := journaltest.Start(t, log, rows)
	if seq, _ := j.Head(); seq != 0 {
		t.Errorf("poison made %d entries", seq)
	}
	if _, err := j.Do(t.Context(), notify(t, "c_good", finding("s"), 0)); err != nil {
		t.Errorf("after poison: Do() error:\n%+v", err)
	}
	if next, _ := j.Position(); next != int64(len(poison)+1) {
		t.Errorf("Position() = %d, want %d", next, len(poison)+1)
	}
}

func TestEnsureAdmin(t *testing.T) {
	log, rows := &journaltest.Log{}, &journaltest.Rows{}
	j := journaltest.Start(t, log, rows)
	for range 2 {
		if err := j.EnsureAdmin(t.Context(), key.Hash("cw_admin"), 1); err != nil {
			t.Fatalf("EnsureAdmin() error:\n%+v", err)
		}
	}
	caller, ok := j.Authenticate("cw_admin")
	if !ok || !caller.Has(claimwatch.RoleAdministrator) || !caller.Has(claimwatch.RoleOfficer) {
		t.Errorf("Authenticate() = %+v, %t", caller, ok)
	}
	if seq, _ := j.Head(); seq != 1 {
		t.Errorf("%d entries, want one", seq)
	}
}

func TestWaitEndsWithTheCaller(t *testing.T) {
	cfg := journal.DefaultConfig()
	cfg.Timeout, cfg.Retry = 50*time.Millisecond, time.Millisecond
	rows := &journaltest.Rows{Fail: 1 << 30}
	j := journaltest.StartWith(t, cfg, &journaltest.Log{}, rows)
	if _, err := j.Do(t.Context(), load(t, "c_1", 1)); claimwatch.CodeOf(err) != claimwatch.CodeUnavailable {
		t.Errorf("Do() while the store is away: %v, want unavailable", err)
	}
}
