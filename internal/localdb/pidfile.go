package localdb

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pidFile is what a running server writes about itself into postmaster.pid.
type pidFile struct {
	pid     int
	sockets string // line 5
	status  string // line 8: starting, ready, stopping
}

// pidFile reads postmaster.pid; false when there is none or it is still being written.
func (p place) pidFile() (pidFile, bool) {
	text, err := os.ReadFile(filepath.Join(p.data(), "postmaster.pid"))
	if err != nil {
		return pidFile{}, false
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 0 {
		return pidFile{}, false
	}
	f := pidFile{pid: pid}
	if len(lines) >= 8 {
		f.sockets = strings.TrimSpace(lines[4])
		f.status = strings.TrimSpace(lines[7])
	}
	return f, true
}

// alive tells whether the process is the server of this cluster: after a crash its number may be another program's,
// and a dead server may stay in the process table for a while.
func (f pidFile) alive(data string) bool {
	return strings.Contains(commandLine(f.pid), data)
}

// answers tells whether the server takes connections.
func (f pidFile) answers(data string) bool {
	if f.status != "ready" || !f.alive(data) {
		return false
	}
	conn, err := net.DialTimeout("unix", socketFile(f.sockets), time.Second)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// stop ends a server that is not our child and waits for its end.
func (f pidFile) stop(ctx context.Context, data string) error {
	if err := syscall.Kill(f.pid, syscall.SIGINT); err != nil && err != syscall.ESRCH {
		return fmt.Errorf("stopping the PostgreSQL with process number %d: %w", f.pid, err)
	}
	for f.alive(data) {
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return fmt.Errorf("waiting for the PostgreSQL with process number %d to end: %w", f.pid, err)
		}
	}
	return nil
}
