//go:build !linux

package localdb

import (
	"os/exec"
	"strconv"
	"syscall"
)

// processAttributes put the child into its own process group, so that an interrupt from the terminal reaches only the
// program. Here no signal can be bound to our death: the next start stops what was left behind.
func processAttributes(a *account, _ syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Credential: a.credential()}
}

// commandLine is what a process was started with; empty for none.
func commandLine(pid int) string {
	text, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return string(text)
}
