package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// ErrInUse is what Start answers when another process has the directory open.
var ErrInUse = errors.New("log directory is in use")

// lockDir takes the lock of a directory. The kernel gives it back when the
// process ends, however it ends, so that a kill leaves nothing to clean up.
func lockDir(dir string) (*os.File, error) {
	path := filepath.Join(dir, "LOCK")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock of log directory: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path) //nolint:errcheck // only to say more
		closeErr := f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errors.Join(fmt.Errorf(
				"%w: %s is open in process %s; stop that process or use another directory",
				ErrInUse, dir, strings.TrimSpace(string(holder))), closeErr)
		}
		return nil, errors.Join(fmt.Errorf("lock log directory: %w", err), closeErr)
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(fmt.Errorf("write lock of log directory: %w", err), f.Close())
	}
	if _, err := fmt.Fprintf(f, "%d\n", os.Getpid()); err != nil {
		return nil, errors.Join(fmt.Errorf("write lock of log directory: %w", err), f.Close())
	}
	return f, nil
}

// lockShared refuses a directory that a process has open for writing, and keeps one
// from opening it. It writes nothing.
func lockShared(dir string) (*os.File, error) {
	path := filepath.Join(dir, "LOCK")
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open lock of log directory: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path) //nolint:errcheck // only to say more
		return nil, errors.Join(fmt.Errorf("%w: %s is open in process %s; stop that process first",
			ErrInUse, dir, strings.TrimSpace(string(holder))), f.Close())
	}
	return f, nil
}
