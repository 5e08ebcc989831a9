package localdb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// helperDir makes the test binary act as a program that owns a server and waits to be killed.
const helperDir = "LOCALDB_TEST_HELPER_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(helperDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	s, err := Start(context.Background(), Options{Dir: dir})
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println("owned:", s.Owned(), s.URL(Superuser, "postgres"))
	select {}
}

func TestStartStopAndStartAgain(t *testing.T) {
	dir := home(t)
	first := started(t, dir)
	if !first.Owned() {
		t.Error("the first server is not owned")
	}
	execute(t, first, "CREATE TABLE kept (n int)")
	execute(t, first, "INSERT INTO kept VALUES (42)")
	if got := text(t, first, "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "+
		"('data_checksums', 'listen_addresses', 'max_connections', 'fsync', 'autovacuum')"); got !=
		"autovacuum=off data_checksums=on fsync=off listen_addresses= max_connections=200" {
		t.Errorf("settings: %s", got)
	}
	if got := text(t, first, "SELECT ('王中间' ~ '^\\w+$')::text || ' ' || current_user"); got != "true bangfu_root" {
		t.Errorf("locale and user: %s", got)
	}
	stop(t, first)
	second := started(t, dir)
	defer stop(t, second)
	if got := text(t, second, "SELECT n::text FROM kept"); got != "42" {
		t.Errorf("after a restart the row is %q", got)
	}
	if !second.Owned() {
		t.Error("the second server is not owned although the first was stopped")
	}
}

func TestCarefulUnlessFast(t *testing.T) {
	s, err := Start(t.Context(), Options{Dir: home(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer stop(t, s)
	got := text(t, s, "SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')")
	if got != "on on on" {
		t.Errorf("fsync, full_page_writes, synchronous_commit: %s", got)
	}
}

func TestASecondInstanceShares(t *testing.T) {
	dir := home(t)
	helper, _ := startHelper(t, dir)
	shared := started(t, dir)
	if shared.Owned() {
		t.Error("the second instance thinks it owns the server")
	}
	execute(t, shared, "SELECT 1")
	if err := shared.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := started(t, dir)
	execute(t, again, "SELECT 1") // the first instance's server went on
	interrupt(t, helper)
	stop(t, started(t, dir)) // and leaves nothing running
}

func TestManyStartsAtOnceMakeOneCluster(t *testing.T) {
	dir := home(t)
	servers := make(chan *Server, 5)
	for range cap(servers) {
		go func() {
			s, err := Start(t.Context(), Options{Dir: dir, Fast: true})
			if err != nil {
				t.Error(err)
			}
			servers <- s
		}()
	}
	var owned []*Server
	for range cap(servers) {
		s := <-servers
		if s == nil {
			continue
		}
		execute(t, s, "SELECT 1")
		if s.Owned() {
			owned = append(owned, s)
		}
	}
	if len(owned) != 1 {
		t.Errorf("%d owners", len(owned))
	}
	for _, s := range owned {
		stop(t, s)
	}
}

func TestAStopAfterTheContextEndedIsStillClean(t *testing.T) {
	dir := home(t)
	s := started(t, dir)
	ended, end := context.WithCancel(t.Context())
	end()
	if err := s.Stop(ended); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(placeOf(t, dir).logFile())
	if err != nil || !strings.Contains(string(log), "database system is shut down") || strings.Contains(string(log), "immediate shutdown request") {
		t.Errorf("the server was not shut down in order: %v\n%s", err, log)
	}
}

func TestAKilledOwnerDoesNotStopTheNextStart(t *testing.T) {
	dir := home(t)
	helper, url := startHelper(t, dir)
	conn := connect(t, url)
	if _, err := conn.Exec(t.Context(), "CREATE TABLE kept AS SELECT 42 AS n"); err != nil {
		t.Fatal(err)
	}
	interrupt(t, helper)
	next := started(t, dir)
	defer stop(t, next)
	if !next.Owned() {
		t.Error("nobody owns the server after its owner was killed")
	}
	if got := text(t, next, "SELECT n::text FROM kept"); got != "42" {
		t.Errorf("after the kill the row is %q", got)
	}
}

func TestKilledOwnerAndServerRecover(t *testing.T) {
	dir := home(t)
	helper, url := startHelper(t, dir)
	conn := connect(t, url)
	if _, err := conn.Exec(t.Context(), "CREATE TABLE kept AS SELECT 42 AS n"); err != nil {
		t.Fatal(err)
	}
	f, ok := placeOf(t, dir).pidFile()
	if !ok {
		t.Fatal("no postmaster.pid")
	}
	if err := syscall.Kill(f.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	interrupt(t, helper)
	next := started(t, dir)
	defer stop(t, next)
	if got := text(t, next, "SELECT n::text FROM kept"); got != "42" {
		t.Errorf("after recovery the row is %q", got)
	}
}

func TestAnotherMajorIsRefusedAndUntouched(t *testing.T) {
	tests := map[string]struct{ version, want string }{
		"too old":           {"14", "upgrade it with pg_upgrade"},
		"without programs":  {"99", "the data was not touched"},
		"not a version":     {"x", "upgrade it with pg_upgrade"},
		"not a cluster yet": {"", "not a database directory"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := home(t)
			data := placeOf(t, dir).data()
			if err := os.MkdirAll(data, 0o700); err != nil {
				t.Fatal(err)
			}
			if test.version != "" {
				if err := os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte(test.version+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Start(t.Context(), Options{Dir: dir})
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("error %q, want one line with %q", err, test.want)
			}
			left, err := os.ReadDir(data)
			if err != nil || (test.version != "" && len(left) != 1) || (test.version == "" && len(left) != 0) {
				t.Errorf("the directory was touched: %v %v", left, err)
			}
		})
	}
}

func TestAnInterruptedInitdbIsRepeated(t *testing.T) {
	dir := home(t)
	leftover := filepath.Join(placeOf(t, dir).newData(), "base")
	if err := os.MkdirAll(leftover, 0o700); err != nil {
		t.Fatal(err)
	}
	s := started(t, dir)
	defer stop(t, s)
	execute(t, s, "SELECT 1")
	if exists(filepath.Dir(leftover)) {
		t.Error("pgdata.new is still there")
	}
}

func TestALongPathWorks(t *testing.T) {
	dir := filepath.Join(home(t), strings.Repeat("很长", 20), strings.Repeat("long", 30))
	s := started(t, dir)
	defer stop(t, s)
	execute(t, s, "SELECT 1")
}

func TestASocketDirectoryOfOthersIsRefused(t *testing.T) {
	dir := home(t)
	p := placeOf(t, dir)
	sockets, err := p.socketDir()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Remove(sockets) }()
	if err := os.Chmod(sockets, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := p.socketDir(); err == nil || !strings.Contains(err.Error(), "mode 0700") {
		t.Errorf("a directory open for everybody was accepted: %v", err)
	}
}

func TestAClosedDirectoryFallsBack(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("only root's server runs as somebody else; nothing to fall back from")
		return
	}
	closed := home(t)
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(closed, "pg")
	s := started(t, dir)
	defer func() {
		stop(t, s)
		if err := os.RemoveAll(s.place.home); err != nil {
			t.Error(err)
		}
	}()
	execute(t, s, "SELECT 1")
	if !strings.HasPrefix(s.place.home, "/var/lib/bangfu-") {
		t.Errorf("the cluster is in %s", s.place.home)
	}
	if err := os.Chmod(closed, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := placeOf(t, dir).home; got != s.place.home {
		t.Errorf("once the directory is open the cluster is looked for in %s, which is empty", got)
	}
}

func TestThrowawayServersDoNotShare(t *testing.T) {
	for range 2 {
		s, err := Start(t.Context(), Options{Fast: true})
		if err != nil {
			t.Fatal(err)
		}
		defer stop(t, s)
		if !s.Owned() {
			t.Error("a throw-away server is shared")
		}
	}
	if _, err := Start(t.Context(), Options{}); err == nil {
		t.Error("a careful server without a directory was started")
	}
}

func TestVersions(t *testing.T) {
	tests := map[string]struct {
		major int
		ok    bool
	}{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)": {15, true},
		"postgres (PostgreSQL) 18beta1":                        {18, true},
		"something else 12":                                    {0, false},
	}
	for said, test := range tests {
		if bin, ok := parseVersion(said); bin.major != test.major || ok != test.ok {
			t.Errorf("%q: major %d, %v", said, bin.major, ok)
		}
	}
	found := []binaries{{major: 14}, {major: 16}, {major: 18}, {major: 17}}
	for want, got := range map[int]int{0: 18, 16: 16, 14: 0, 15: 0} {
		if bin, _ := choose(found, want); bin.major != got {
			t.Errorf("of 14, 16, 17, 18 for %d: %d, want %d", want, bin.major, got)
		}
	}
}

func TestWithoutAnyProgramsTheErrorSaysHowToGetThem(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	places := usualPlaces
	usualPlaces = nil
	t.Cleanup(func() { usualPlaces = places })
	_, err := Start(t.Context(), Options{Dir: home(t), Tools: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %q does not say in one line how to get PostgreSQL", err)
	}
}
