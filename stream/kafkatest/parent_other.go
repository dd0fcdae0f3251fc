//go:build !linux

package kafkatest

import "os/exec"

// dieWithParent has no counterpart here: a killed test leaves its broker behind.
func dieWithParent(*exec.Cmd) {}
