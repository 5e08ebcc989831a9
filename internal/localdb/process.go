package localdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// child is a process of ours, running or ended.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how it ended; read after done
}

// spawn starts cmd and keeps its thread: the kernel ties the signal at our death to the thread that forked, and Go
// would otherwise end idle threads.
func spawn(cmd *exec.Cmd) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.done)
		}
	}()
	return c, <-started
}

// wait returns the child's end; when ctx ends first the child's whole group is killed.
func (c *child) wait(ctx context.Context) error {
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		_ = syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
		<-c.done
		return context.Cause(ctx)
	}
}

// stop asks the server to roll back what is open and to end; when ctx ends first, to end without more ado.
func (c *child) stop(ctx context.Context) error {
	if err := c.ask(ctx, syscall.SIGINT); err == nil {
		return nil
	}
	hurry, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := c.ask(hurry, syscall.SIGQUIT); err == nil {
		return nil
	}
	_ = syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	<-c.done
	return errors.New("the server did not end by itself and was killed; the next start recovers")
}

// ask sends a signal and waits for the end of the child.
func (c *child) ask(ctx context.Context, signal syscall.Signal) error {
	if err := c.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// command prepares one of PostgreSQL's programs to run in dir, which its account may enter, with nothing of our
// environment that would change what it does.
func command(t task, bin binaries, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(bin.dir, program), args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=" + dir}
	cmd.SysProcAttr = processAttributes(t.account, syscall.SIGINT)
	return cmd
}

// initialise makes the cluster under another name and renames it when it is whole, so that an interrupted attempt
// leaves nothing behind that looks like a cluster.
func initialise(ctx context.Context, t task, bin binaries) error {
	fresh := t.newData()
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return err
	}
	if err := t.account.give(fresh); err != nil {
		return err
	}
	args := []string{"-D", fresh, "-U", Superuser, "-E", "UTF8", "-k", "--auth-local=trust", "--auth-host=reject"}
	if runtime.GOOS == "darwin" {
		args = append(args, "--locale=C", "--lc-ctype=en_US.UTF-8")
	} else {
		// Plain C would leave Chinese characters without a class: no trigrams, no \w.
		args = append(args, "--locale=C.UTF-8")
	}
	if t.Fast {
		args = append(args, "--no-sync")
	}
	t.Log.Info("making a new database cluster", "dir", t.data(), "postgresql", bin.version)
	cmd := command(t, bin, fresh, "initdb", args...)
	cmd.SysProcAttr = processAttributes(t.account, syscall.SIGKILL)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	c, err := spawn(cmd)
	if err == nil {
		err = c.wait(ctx)
	}
	if err != nil {
		return initialisingFailed(err, said.String())
	}
	if err := os.Rename(fresh, t.data()); err != nil {
		return err
	}
	return syncDirectory(t.home)
}

// syncDirectory makes a rename last through a power failure.
func syncDirectory(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// initialisingFailed says what initdb said, with a way out where there is one.
func initialisingFailed(err error, said string) error {
	if strings.Contains(said, "could not look up effective user ID") {
		return fmt.Errorf("user %d has no entry in /etc/passwd, which PostgreSQL insists on: add one or set DATABASE_URL", os.Geteuid())
	}
	return fmt.Errorf("initdb: %w: %s", err, complaint(said))
}

// launch runs the server and returns when it takes connections. A predecessor that was killed may stay in the process
// table, or its shared memory may, for some seconds; PostgreSQL then refuses to start and is asked again.
func launch(ctx context.Context, t task, bin binaries, sockets string) (*child, error) {
	log, err := openLog(t.logFile())
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	for patience := time.Now().Add(20 * time.Second); ; {
		begin, err := log.Seek(0, io.SeekEnd)
		if err != nil {
			return nil, err
		}
		cmd := command(t, bin, t.data(), "postgres", serverArguments(t, sockets)...)
		cmd.Stdout, cmd.Stderr = log, log
		c, err := spawn(cmd)
		if err != nil {
			return nil, err
		}
		err = c.becomesReady(ctx, t.place)
		if err == nil {
			return c, nil
		}
		said := readFrom(log, begin)
		passing := strings.Contains(said, `"postmaster.pid" already exists`) || strings.Contains(said, "shared memory")
		if ctx.Err() != nil || !passing || time.Now().After(patience) {
			return nil, fmt.Errorf("%w: %s (more in %s)", err, complaint(said), t.logFile())
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// serverArguments are all settings of the server that differ from PostgreSQL's own defaults.
func serverArguments(t task, sockets string) []string {
	args := []string{"-D", t.data(),
		"-c", "listen_addresses=",
		"-c", "port=" + socketPort,
		"-c", "unix_socket_directories=" + sockets,
		"-c", "unix_socket_permissions=0700",
		"-c", "max_connections=200",
		"-c", "timezone=UTC",
		"-c", "log_timezone=UTC",
	}
	if t.Fast {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	}
	return args
}

// becomesReady waits until the server says in postmaster.pid that it takes connections.
func (c *child) becomesReady(ctx context.Context, p place) error {
	for {
		if f, ok := p.pidFile(); ok && f.pid == c.cmd.Process.Pid && f.status == "ready" {
			return nil
		}
		select {
		case <-c.done:
			return fmt.Errorf("the server ended at once (%w)", c.err)
		default:
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			return errors.Join(fmt.Errorf("waiting for the server: %w", err), c.stop(stopping))
		}
	}
}

// openLog opens the server's log to append to it; a log above 8 MiB is put aside first.
func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > 8<<20 {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
}

func readFrom(f *os.File, offset int64) string {
	text, err := io.ReadAll(io.NewSectionReader(f, offset, 1<<20))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// complaint is the line of PostgreSQL's output that says what is wrong.
func complaint(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	for _, line := range lines {
		if strings.Contains(line, "FATAL:") || strings.Contains(line, "error:") {
			return strings.TrimSpace(line)
		}
	}
	return strings.TrimSpace(lines[len(lines)-1])
}
