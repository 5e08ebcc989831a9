package localdb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// socketPort only names the socket file: the server does not listen on TCP.
const socketPort = "5432"

// place is where one cluster lives.
type place struct {
	home    string   // absolute, without symbolic links
	tools   string   // for binaries that had to be installed
	account *account // whom the server runs as; nil: as the caller
}

func (p place) data() string     { return filepath.Join(p.home, "pgdata") }
func (p place) newData() string  { return filepath.Join(p.home, "pgdata.new") }
func (p place) lockFile() string { return filepath.Join(p.home, "owner.lock") }
func (p place) logFile() string  { return filepath.Join(p.home, "server.log") }

// settle decides where the cluster of o.Dir lives. PostgreSQL refuses to run as root; when root's checkout cannot be
// entered by the account the server gets, the cluster moves to /var/lib. A cluster that exists stays where it is.
func settle(o Options) (place, error) {
	home, err := makeHome(o.Dir)
	if err != nil {
		return place{}, err
	}
	tools := o.Tools
	if tools == "" {
		tools = filepath.Join(home, "tools")
	}
	if tools, err = filepath.Abs(tools); err != nil {
		return place{}, err
	}
	p := place{home: home, tools: tools}
	if p.account, err = serverAccount(p.data()); err != nil || p.account == nil {
		return p, err
	}
	spare := place{home: "/var/lib/bangfu-" + shortHash(home)}
	spare.tools = filepath.Join(spare.home, "tools")
	switch {
	case exists(p.data()) && !p.account.enters(home):
		return place{}, fmt.Errorf("the account %s may not enter %s, where the database is: allow it with chmod o+x on the directories above",
			p.account.name, home)
	case !exists(spare.data()) && p.account.enters(home):
		return p, nil
	}
	if spare.home, err = makeHome(spare.home); err != nil {
		return place{}, err
	}
	if spare.account, err = serverAccount(spare.data()); err != nil {
		return place{}, err
	}
	o.Log.Info("the database lives outside the data directory, which the server's account may not enter",
		"dir", spare.home, "account", spare.account.name)
	return spare, nil
}

// makeHome makes the directory so that another account may pass through it but not list it, and resolves its name.
func makeHome(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if !exists(dir) {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
		if err := os.Chmod(dir, 0o711); err != nil {
			return "", err
		}
	}
	return filepath.EvalSymlinks(dir)
}

// major is the PostgreSQL major of the cluster, 0 when there is no cluster yet.
func (p place) major() (int, error) {
	text, err := os.ReadFile(filepath.Join(p.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) && !exists(p.data()) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("%s is not a database directory (%w): move it away to begin anew", p.data(), err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || major < oldest {
		return 0, fmt.Errorf("%s was made by PostgreSQL %s; this program needs %d or newer: upgrade it with pg_upgrade",
			p.data(), strings.TrimSpace(string(text)), oldest)
	}
	return major, nil
}

// socketDir makes the private directory of the socket. It lies in the temporary directory because a socket's whole
// path may have 103 bytes only. That directory is shared with everybody, so what is found there is checked.
func (p place) socketDir() (string, error) {
	var refusal error
	for _, parent := range []string{os.TempDir(), "/tmp"} {
		dir := filepath.Join(parent, fmt.Sprintf("bangfu-%d-%s", os.Geteuid(), shortHash(p.data())))
		if len(socketFile(dir)) > 103-len(".lock") || !p.account.enters(parent) {
			continue
		}
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			refusal = err
			continue
		} else if err == nil {
			if err := p.account.give(dir); err != nil {
				return "", err
			}
		}
		if refusal = p.account.keepsPrivate(dir); refusal == nil {
			return dir, nil
		}
	}
	if refusal == nil {
		refusal = errors.New("the temporary directory's name is too long for a socket, or the server's account may not enter it: set TMPDIR=/tmp")
	}
	return "", refusal
}

func socketFile(dir string) string { return filepath.Join(dir, ".s.PGSQL."+socketPort) }

// claim takes the ownership lock; nil without an error means that another process holds it. The lock ends with the
// file's closing or the process's death, and is not inherited by the server.
func claim(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("the database directory belongs to another account, which must start the program: %w", err)
	}
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	_ = f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, fmt.Errorf("locking %s: %w", path, err)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
