package e2e

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program is the built binary at work on a data folder of its own.
type program struct {
	t      *testing.T
	binary string
	data   string
	addr   string
	cmd    *exec.Cmd
	output *os.File
	ended  <-chan struct{}
}

// build compiles the program once for a test.
func build(t *testing.T) *program {
	t.Helper()
	dir := t.TempDir()
	p := &program{t: t, binary: filepath.Join(dir, "bangfu"), data: filepath.Join(dir, "data"), addr: freeAddress(t)}
	out, err := exec.Command("go", "build", "-o", p.binary, "bangfu/cmd/bangfu").CombinedOutput()
	if err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	// The server runs as another account when we are root: it has to reach the data folder.
	for d := dir; d != filepath.Dir(os.TempDir()) && d != "/"; d = filepath.Dir(d) {
		if info, err := os.Stat(d); err == nil && info.Mode().Perm()&0o011 != 0o011 {
			_ = os.Chmod(d, info.Mode().Perm()|0o011) // localdb says what is wrong where this did not help
		}
	}
	t.Cleanup(p.Stop)
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Start serves, with the clock running ahead, and waits until pages come.
func (p *program) Start(ahead string) {
	p.t.Helper()
	log, err := os.CreateTemp(p.t.TempDir(), "log")
	if err != nil {
		p.t.Fatal(err)
	}
	p.output = log
	p.cmd = exec.Command(p.binary, "serve")
	p.cmd.Env = append(os.Environ(), "BANGFU_DEV=1", "BANGFU_DATA="+p.data, "BANGFU_ADDR="+p.addr, "BANGFU_CLOCK="+ahead, "DATABASE_URL=")
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		p.t.Fatalf("starting the program: %v", err)
	}
	ended := make(chan struct{})
	go func() { _ = p.cmd.Wait(); close(ended) }() // what it said is in its output
	p.ended = ended
	for deadline := time.Now().Add(120 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		select {
		case <-ended:
			p.t.Fatalf("the program ended:\n%s", p.Output())
		default:
		}
		if r, err := http.Get(p.Base() + "/signin"); err == nil {
			_ = r.Body.Close() // only asked for its status
			if r.StatusCode == http.StatusOK {
				return
			}
		}
	}
	p.t.Fatalf("the program does not answer:\n%s", p.Output())
}

// Base is the address of the program.
func (p *program) Base() string { return "http://" + p.addr }

// Output is everything the program has printed since its start.
func (p *program) Output() string {
	b, err := os.ReadFile(p.output.Name())
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}

// Stop ends the program as a system does, and waits for it.
func (p *program) Stop() {
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // gone already is as good
	<-p.ended
	p.cmd = nil
}

// SignIns reads the sign-ins of the sample centre from what the program printed: user name to password.
func (p *program) SignIns() map[string]string {
	p.t.Helper()
	found := map[string]string{}
	lines := bufio.NewScanner(strings.NewReader(p.Output()))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 3 && strings.HasPrefix(fields[0], "·") {
			found[fields[1]] = fields[2]
		}
	}
	if len(found) == 0 {
		p.t.Fatalf("no sign-ins were printed:\n%s", p.Output())
	}
	return found
}

// Run runs another command of the program on the same data.
func (p *program) Run(args ...string) (string, error) {
	cmd := exec.Command(p.binary, args...)
	cmd.Env = append(os.Environ(), "BANGFU_DEV=1", "BANGFU_DATA="+p.data, "DATABASE_URL=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("bangfu %s: %w", strings.Join(args, " "), err)
	}
	return string(out), err
}
