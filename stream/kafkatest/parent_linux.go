package kafkatest

import (
	"os/exec"
	"syscall"
)

// dieWithParent lets the kernel end the broker when the test binary is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
