package localdb

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// processAttributes put the child into its own process group, so that an interrupt from the terminal reaches only the
// program, and have the kernel send the given signal to the child when the program dies.
func processAttributes(a *account, atOurDeath syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: atOurDeath, Credential: a.credential()}
}

// commandLine is what a process was started with; empty for none and for a dead one that nobody has waited for. The
// file is readable for everybody, unlike the process's working directory.
func commandLine(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(string(text), "\x00", " ")
}
