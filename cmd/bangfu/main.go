// Command bangfu is the case system of a union assistance centre.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"bangfu/internal/app"
)

// cli lists what the program can be told to do.
var cli struct {
	app.Config
	Serve   serve      `cmd:"" default:"withargs" help:"Serve the pages (the default)."`
	Migrate migrate    `cmd:"" help:"Bring the database up to date and stop."`
	Seed    seed       `cmd:"" help:"Put the sample centre into an empty database (needs BANGFU_DEV)."`
	Staff   staffGroup `cmd:"" help:"People."`
	Keys    keysGroup  `cmd:"" help:"Sealing keys."`
	Verify  verify     `cmd:"" help:"Check the audit chain, the ledger and the states."`
}

type (
	serve   struct{}
	migrate struct{}
	seed    struct {
		Files int `default:"0" help:"Make up a register of so many households beside the sample centre, for trying out speed and size."`
	}
	verify    struct{}
	rotate    struct{}
	keysGroup struct {
		Rotate rotate `cmd:"" help:"Add a key and seal with it from the next start on; the old ones stay, to open what they sealed."`
	}
	staffGroup struct {
		Add staffAdd `cmd:"" help:"Make the first administrator, with a one-time password."`
	}
	staffAdd struct {
		Username string `required:"" help:"Name to sign in with: small letters, digits, dots."`
		Name     string `required:"" help:"The person's name."`
		Office   string `required:"" help:"Name of the first organisation, such as the city's federation of trade unions."`
		Code     string `required:"" help:"Its short code, part of every file number: capital letters and digits."`
		District string `required:"" help:"Six digits of its administrative division."`
		Phone    string `required:"" help:"Its telephone, shown on public notices."`
		Level    string `default:"city" enum:"province,city,county,unit" help:"province, city, county or unit."`
	}
)

// Exit codes: 1 a fault, 2 told something it does not understand, 3 verify found something.
const (
	exitFault   = 1
	exitUsage   = 2
	exitUnsound = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	forgetEmptySettings()
	command := kong.Parse(&cli, kong.Name("bangfu"), kong.Description("Case system of a union assistance centre 困难职工帮扶中心."),
		kong.Exit(func(code int) { os.Exit(min(code, exitUsage)) }))
	if err := run(ctx, command, log); err != nil {
		fmt.Fprintln(os.Stderr, "bangfu:", app.Said(err))
		os.Exit(code(err))
	}
}

// code is the exit code for an error.
func code(err error) int {
	var unsound app.Unsound
	if errors.As(err, &unsound) {
		return exitUnsound
	}
	return exitFault
}

// forgetEmptySettings makes a setting without a value the same as none, as in `BANGFU_CLOCK= make run`.
func forgetEmptySettings() {
	for _, setting := range os.Environ() {
		name, value, _ := strings.Cut(setting, "=")
		if value == "" && (strings.HasPrefix(name, "BANGFU_") || name == "DATABASE_URL") {
			_ = os.Unsetenv(name) // a name taken from the environment can be unset
		}
	}
}

// run opens the program, does the command and closes it again.
func run(ctx context.Context, command *kong.Context, log *slog.Logger) error {
	a, err := app.Open(ctx, cli.Config, log)
	if err != nil {
		return err
	}
	defer a.Close()
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(a)
}

func (serve) Run(ctx context.Context, a *app.App) error { return a.Start(ctx, os.Stdout) }

func (migrate) Run() error { return nil } // opening has migrated

func (rotate) Run(ctx context.Context, a *app.App) error { return a.RotateKeys(ctx, os.Stdout) }

func (s seed) Run(ctx context.Context, a *app.App) error {
	if err := a.Seed(ctx, os.Stdout); err != nil || s.Files == 0 {
		return err
	}
	return a.SeedRegister(ctx, os.Stdout, s.Files)
}

func (verify) Run(ctx context.Context, a *app.App) error { return a.Verify(ctx, os.Stdout) }

func (s staffAdd) Run(ctx context.Context, a *app.App) error {
	return a.AddFirst(ctx, os.Stdout, app.First{
		Username: s.Username, Name: s.Name, Office: s.Office, Code: s.Code, District: s.District, Phone: s.Phone, Level: s.Level,
	})
}
