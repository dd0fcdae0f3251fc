package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"claimwatch"
)

// TestDemo lets a small province that an earlier start has begun stream in to the
// present: the seed is the earlier one's, hospitals get keys, findings show.
func TestDemo(t *testing.T) {
	data, address := filepath.Join(t.TempDir(), "data"), loopback(t)
	must(t, os.Mkdir(data, 0o700))
	earlier := &demo{command: demoCommand{nodeFlags: nodeFlags{Data: data}, Seed: 3, Days: 7}}
	must(t, earlier.recall())
	s := begin(t, "demo", "--data", data, "--listen", address, "--speed", "1000000", "--days", "9", "--seed", "4")
	// Without work the people of the province would be no test of it.
	worked := regexp.MustCompile(`told hospitals of [1-9]\d* findings, [1-9]\d* were answered, [1-9]\d* rejected`)
	t.Cleanup(s.cancel)
	eventually(t, "the province has reached the present", func() bool {
		if len(s.exited) > 0 {
			t.Fatalf("the demo has ended: %s", s.errs.String())
		}
		return strings.Contains(s.out.String(), "the province has reached the present")
	})
	says(t, "the screen", s.out.String(), "a simulated province, 8 days of history, 1e+06 simulated hours a second",
		"http://"+address+"/docs", "bin/claimwatch findings --data "+data, "reference tables loaded, ", "Ctrl-C ends it.")
	client, err := clientFlags{Server: "http://" + address, Data: data}.client()
	must(t, err)
	var status statusView
	eventually(t, "the server is idle", func() bool {
		must(t, client.get(t.Context(), "/v1/status", nil, &status))
		return status.Idle
	})
	state := readDemo(t, data)
	if status.Records.Stored == 0 || status.Clock != "event" || state.Sent == 0 || len(state.Keys) == 0 || state.Seed != 3 || state.Days != 8 {
		t.Errorf("status %+v, state %+v", status, state)
	}
	hospital := *client
	for _, hospital.key = range state.Keys {
		must(t, hospital.get(t.Context(), "/v1/status", nil, &status))
	}
	if !worked.MatchString(s.out.String()) {
		t.Errorf("nobody has worked: %s", s.out.String())
	}
	says(t, "the screen", s.out.String(), "sign in    password "+state.Password+" as any of")
	for _, person := range demoPeople {
		visitor := &demo{state: state, admin: client}
		signedIn, err := visitor.signIn(t.Context(), person.login)
		must(t, err)
		var who struct{ Name string }
		must(t, signedIn.get(t.Context(), "/v1/session", nil, &who))
		same(t, person.login, who.Name, person.name)
	}
	same(t, "exit code", s.stop(t), exitDone)
	if said := s.errs.String(); strings.Contains(said, `"level":"info"`) || strings.Contains(said, `"level":"error"`) {
		t.Errorf("the log talks into the view: %s", said)
	}
}

func readDemo(t *testing.T, data string) demoState {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "demo.json"))
	must(t, err)
	var state demoState
	must(t, json.Unmarshal(text, &state))
	return state
}

func TestDemoState(t *testing.T) {
	data := t.TempDir()
	d := &demo{command: demoCommand{nodeFlags: nodeFlags{Data: data}, Seed: 7, Days: 10}}
	must(t, d.recall())
	begun := d.state
	if begun.Seed != 7 || begun.Days != 11 || begun.Until.Day()-begun.From != 10 || begun.Keys == nil {
		t.Errorf("a new province: %+v", begun)
	}
	d.state.Sent, d.state.Keys = 4, map[string]string{"H001": "cw_x"}
	must(t, d.remember())
	second := &demo{command: demoCommand{nodeFlags: nodeFlags{Data: data}, Seed: 8, Days: 99}}
	must(t, second.recall())
	begun.Sent, begun.Keys = 4, map[string]string{"H001": "cw_x"}
	same(t, "a second start goes on with the first one's province", second.state, begun)
	info, err := os.Stat(d.stateFile())
	must(t, err)
	same(t, "who reads the keys in it", info.Mode().Perm(), os.FileMode(0o600))

	must(t, os.WriteFile(d.stateFile(), []byte("{"), 0o600))
	if err := second.recall(); err == nil || !strings.Contains(err.Error(), d.stateFile()) {
		t.Errorf("recall() of a broken file: error %v, want its name", err)
	}
	lost := &demo{command: demoCommand{nodeFlags: nodeFlags{Data: filepath.Join(data, "nowhere")}}}
	if err := lost.recall(); err == nil || !strings.HasPrefix(err.Error(), "write demo state: ") {
		t.Errorf("recall() without a directory: error %v", err)
	}
	if claimwatch.Day(0) == begun.From {
		t.Error("the province begins in 1970")
	}
}

func TestDemoAsksForAPace(t *testing.T) {
	for flag, value := range map[string]string{"--speed": "0", "--days": "0", "--seed": "-1"} {
		code, out, errs := execute0(t, "demo", "--data", t.TempDir(), "--listen", "127.0.0.1:0", flag+"="+value)
		if code != exitUsage || out != "" || !strings.Contains(errs, flag) {
			t.Errorf("%s %s: exit %d, stdout %q, stderr %q", flag, value, code, out, errs)
		}
	}
}
