package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// TestALogHearsOncePerMinute: a log holds whole lines, none in the first minute
// and none twice in one.
func TestALogHearsOncePerMinute(t *testing.T) {
	var log strings.Builder
	now := time.Unix(0, 0)
	b := newBar(terminal{err: &log}, 1000, func() time.Time { return now })
	for step := range 150 { // 2.5 minutes in seconds
		now = time.Unix(int64(step+1), 0)
		b.reached(int64(step))
	}
	b.say("the server is busy")
	b.finish()
	same(t, "log", log.String(), "uploading: 59 of 1000 bytes\nuploading: 119 of 1000 bytes\nthe server is busy\n")
}

// TestAPersonSeesABar: on a character device it is redrawn in place.
func TestAPersonSeesABar(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	must(t, err)
	defer device.Close()
	if _, live := newBar(terminal{err: device}, 10, time.Now).(liveBar); !live {
		t.Error("a terminal gets lines")
	}
	// What counts is where the bar goes, not where the summary goes.
	if _, live := newBar(terminal{out: device, err: &strings.Builder{}}, 10, time.Now).(liveBar); live {
		t.Error("a bar is drawn into a log because stdout is a terminal")
	}
	empty := newBar(terminal{err: device}, 0, time.Now)
	empty.reached(0)
	empty.say("nothing to send")
	empty.finish()
}

func TestInteractive(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	must(t, err)
	defer device.Close()
	file, err := os.Create(t.TempDir() + "/out")
	must(t, err)
	defer file.Close()
	read, write, err := os.Pipe()
	must(t, err)
	defer read.Close()
	defer write.Close()
	closed, err := os.Create(t.TempDir() + "/closed")
	must(t, err)
	_ = closed.Close()
	got := map[string]bool{
		"device": terminal{out: device}.interactive(), "file": terminal{out: file}.interactive(), "pipe": terminal{out: write}.interactive(),
		"memory": terminal{out: &strings.Builder{}}.interactive(), "closed": terminal{out: closed}.interactive(), "none": terminal{}.interactive(),
	}
	same(t, "interactive", got, map[string]bool{"device": true, "file": false, "pipe": false, "memory": false, "closed": false, "none": false})
}

// TestAnUploadSaysWhyItWaits: a busy server is asked again, and whoever watches
// hears why nothing moves.
func TestAnUploadSaysWhyItWaits(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	d := &scriptedDoor{seen: map[string]int{}, busy: 1}
	server := httptest.NewServer(d)
	defer server.Close()
	code, out, errs := execute0(t, "upload", "--server", server.URL, "--key", "k", records(t, 3))
	if code != exitDone || !strings.HasPrefix(out, "3 rows: 3 accepted") {
		t.Errorf("exit %d, %q", code, out)
	}
	says(t, "stderr", errs, "claimwatch: unavailable (503): later; trying again in ", "ten minutes at most\n")
}

// TestCtrlCEndsAnUpload: while it waits for a busy server, at once, with the way on.
func TestCtrlCEndsAnUpload(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte(`{"status":429,"code":"slow_down","detail":"this key asks too often"}`))
	}))
	defer busy.Close()
	s := begin(t, "upload", "--server", busy.URL, "--key", "k", records(t, 3))
	eventually(t, "the upload waits", func() bool { return strings.Contains(s.errs.String(), "slow_down") })
	same(t, "exit code", s.stop(t), exitFailed)
	says(t, "stderr", s.errs.String(), "context canceled (0 rows are done; the same command goes on there)")
}
