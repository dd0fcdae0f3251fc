package kafkatest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// prepareEmbedded builds the embedded broker as a program of its own. The build
// cache makes this cheap from the second time on.
func prepareEmbedded(dir string, port int) (func() *exec.Cmd, error) {
	root, err := repository()
	if err != nil {
		return nil, err
	}
	bin := filepath.Join(dir, "broker")
	build := exec.Command("go", "build", "-o", bin, "./stream/kafkatest/broker")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the embedded broker: %w\n%s", err, out)
	}
	return func() *exec.Cmd {
		return exec.Command(bin, filepath.Join(dir, "log"), "127.0.0.1:"+strconv.Itoa(port))
	}, nil
}

// repository is the directory of go.mod above the directory of the test.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the repository: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("find the repository: no go.mod above the test")
		}
		dir = parent
	}
}
