package localdb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is whom the server runs as when the caller is root. Its methods work on nil: the caller's own account.
type account struct {
	name     string
	uid, gid uint32
}

// serverAccount gives nil for an ordinary user. For root it is the owner of the cluster, else postgres, else nobody.
func serverAccount(data string) (*account, error) {
	info, err := os.Lstat(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if os.Geteuid() != 0 {
		if err == nil && owner(info) != uint32(os.Geteuid()) {
			return nil, fmt.Errorf("%s belongs to user %d: start the program as that user or as root", data, owner(info))
		}
		return nil, nil
	}
	if err == nil && owner(info) != 0 {
		return &account{name: strconv.Itoa(int(owner(info))), uid: owner(info), gid: info.Sys().(*syscall.Stat_t).Gid}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(found.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(found.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, err
		}
		return &account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root and there is neither a user postgres nor nobody: start the program as another user")
}

// credential makes a child process run as the account.
func (a *account) credential() *syscall.Credential {
	if a == nil {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// enters asks the system itself whether the account may pass into dir: access lists count too.
func (a *account) enters(dir string) bool {
	if a == nil {
		return true
	}
	cmd := exec.Command("/bin/sh", "-c", `cd "$1"`, "sh", dir)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: a.credential()}
	return cmd.Run() == nil
}

// give makes the account the owner of path.
func (a *account) give(path string) error {
	if a == nil {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// keepsPrivate refuses a directory that is not the account's own or that others may enter.
func (a *account) keepsPrivate(dir string) error {
	want := uint32(os.Geteuid())
	if a != nil {
		want = a.uid
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || owner(info) != want || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s is not a directory of user %d with mode 0700: remove it, somebody else may have made it", dir, want)
	}
	return nil
}

func owner(info fs.FileInfo) uint32 { return info.Sys().(*syscall.Stat_t).Uid }
