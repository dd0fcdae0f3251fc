package body_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"claimwatch/ingest/body"
)

// deadlines is a ResponseWriter whose connection notes its read deadlines.
type deadlines struct {
	http.ResponseWriter
	set []time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.set = append(d.set, at)
	return nil
}

// sender gives so many bytes after each pause, then io.EOF.
type sender struct {
	pause time.Duration
	bytes int
	times int
}

func (s *sender) Read(p []byte) (int, error) {
	if s.times == 0 {
		return 0, io.EOF
	}
	s.times--
	time.Sleep(s.pause)
	return min(s.bytes, len(p)), nil
}

// drain reads with more room than any part of a sender.
func drain(r io.Reader) error {
	buf := make([]byte, 128<<10)
	for {
		if _, err := r.Read(buf); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestPace(t *testing.T) {
	pace := body.Pace{Stall: 60 * time.Second, Window: 60 * time.Second, Bytes: 60 << 10}
	cases := map[string]struct {
		from sender
		slow bool
	}{
		"quick":                   {sender{time.Millisecond, 64 << 10, 100}, false},
		"small and done":          {sender{20 * time.Second, 10, 2}, false},
		"just above 1 KiB/s":      {sender{10 * time.Second, 11 << 10, 60}, false},
		"just below 1 KiB/s":      {sender{10 * time.Second, 9 << 10, 60}, true},
		"a byte a second":         {sender{time.Second, 1, 120}, true},
		"large parts with pauses": {sender{50 * time.Second, 64 << 10, 20}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &deadlines{ResponseWriter: httptest.NewRecorder()}
				err := drain(body.NewPaced(w, &c.from, pace, time.Now))
				if errors.Is(err, body.ErrSlow) != c.slow {
					t.Errorf("error %v, want slow %v", err, c.slow)
				}
				if err == nil && !w.set[len(w.set)-1].IsZero() {
					t.Error("the deadline stays when the body is read")
				}
			})
		})
	}
}

func TestPaceDeadlines(t *testing.T) {
	pace := body.Pace{Stall: 60 * time.Second, Window: 60 * time.Second, Bytes: 60 << 10}
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		w := &deadlines{ResponseWriter: httptest.NewRecorder()}
		paced := body.NewPaced(w, &sender{10 * time.Second, 30 << 10, 4}, pace, time.Now)
		if err := drain(paced); err != nil {
			t.Fatal(err)
		}
		// 30 KiB at 10 s are too few to begin a new window, 60 KiB at 20 s are enough.
		want := []time.Duration{60, 60, 80, 80, 100}
		for i, seconds := range want {
			if got := w.set[i].Sub(begin); got != seconds*time.Second {
				t.Errorf("deadline %d is after %s, want %ds", i, got, seconds)
			}
		}
	})
}

// TestStalledConnection cuts a real connection whose sender says nothing.
func TestStalledConnection(t *testing.T) {
	result := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pace := body.Pace{Stall: 50 * time.Millisecond, Window: time.Minute, Bytes: 1}
		_, err := io.Copy(io.Discard, body.NewPaced(w, r.Body, pace, time.Now))
		result <- err
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-result:
		if !errors.Is(err, body.ErrSlow) {
			t.Errorf("error %v, want ErrSlow", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the sender is not cut off")
	}
}
