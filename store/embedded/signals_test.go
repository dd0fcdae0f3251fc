package embedded

import (
	"errors"
	"runtime"
	"sync"
	"testing"
)

// What the library did to the signals would show here as the death of the test
// binary: a nil pointer is turned into a panic by Go's own SIGSEGV handler.
func TestNilPointerIsStillAPanic(t *testing.T) {
	before := handlers()
	engine := openEngine(t, Config{})
	session, err := engine.Session()
	if err != nil {
		t.Fatalf("Session() error:\n%+v", err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 50 {
				must(t, engine.RoundTripper(), "SELECT sum(number) FROM numbers(1000)", nil)
				if err := dereferenceNil(); err == nil {
					t.Error("no panic from a nil pointer")
				}
			}
		}()
	}
	group.Wait()
	if err := session.Close(); err != nil {
		t.Errorf("Session.Close() error:\n%+v", err)
	}
	if after := handlers(); after != before {
		t.Errorf("signal handlers changed:\n%x\n%x", before, after)
	}
}

func TestKeepSignalsPutsHandlersBack(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // elsewhere there is nothing to put back, see signals_other.go
	}
	before := handlers()
	keepSignals(func() {
		spoilHandlers()
		if handlers() == before {
			t.Error("the test did not change a handler")
		}
	})
	if after := handlers(); after != before {
		t.Errorf("keepSignals() left:\n%x, want\n%x", after, before)
	}
}

func dereferenceNil() (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = errors.New("recovered")
		}
	}()
	var s *session
	_ = s.tag
	return nil
}
