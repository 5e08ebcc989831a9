package localdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// startThrowaway starts a cluster for tests in the first slot that no other process uses. Slots stay for the next run,
// which then needs no initdb; a slot that does not start is made anew.
func startThrowaway(ctx context.Context, o Options) (*Server, error) {
	root, err := throwawayRoot()
	if err != nil {
		return nil, err
	}
	if o.Tools == "" {
		o.Tools = toolsOfTests()
	}
	for slot := range 64 {
		o.Dir = filepath.Join(root, fmt.Sprintf("slot-%02d", slot))
		s, err := startIn(ctx, task{Options: o, throwaway: true})
		if !errors.Is(err, errBusy) {
			return s, err
		}
	}
	return nil, fmt.Errorf("all 64 test clusters below %s are in use", root)
}

// throwawayRoot is in memory when 4 GiB are free there (inside a container it is often 64 MiB), else on disk.
func throwawayRoot() (string, error) {
	parent := os.TempDir()
	var memory syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &memory); err == nil && uint64(memory.Bavail)*uint64(memory.Bsize) >= 4<<30 {
		parent = "/dev/shm"
	}
	root := filepath.Join(parent, fmt.Sprintf("bangfu-test-%d", os.Geteuid()))
	if err := os.Mkdir(root, 0o711); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	info, err := os.Lstat(root)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || owner(info) != uint32(os.Geteuid()) {
		return "", fmt.Errorf("%s is not ours: remove it", root)
	}
	// The umask may have taken away what the server's own account needs to pass through.
	return root, os.Chmod(root, 0o711)
}

// toolsOfTests keeps binaries fetched for tests over reboots.
func toolsOfTests() string {
	cache, err := os.UserCacheDir()
	if err != nil || os.Geteuid() == 0 {
		return "/var/lib/bangfu-tools"
	}
	return filepath.Join(cache, "bangfu", "tools")
}
