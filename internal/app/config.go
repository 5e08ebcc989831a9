package app

import (
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
)

// Config is what the environment says. Every setting has a working default.
type Config struct {
	Addr           string     `env:"BANGFU_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	DatabaseURL    string     `env:"DATABASE_URL" help:"Owner's PostgreSQL login; empty starts an embedded one in the data folder."`
	AppDatabaseURL string     `env:"BANGFU_APP_DATABASE_URL" help:"The application role's own login (recommended with DATABASE_URL)."`
	Data           string     `env:"BANGFU_DATA" default:"./data" help:"Folder for the embedded database, evidence and keys."`
	KeyFile        string     `env:"BANGFU_KEY_FILE" help:"Sealing keys; made with mode 0600 when missing. Default: keys.json in the data folder."`
	Suite          seal.Suite `env:"BANGFU_SUITE" default:"intl" enum:"intl,gm" help:"Ciphers for what is sealed from now on: intl (AES-256-GCM, SHA-256) or gm (SM4-GCM, SM3)."`
	Dev            bool       `env:"BANGFU_DEV" help:"Allow the gallery, the sample centre and BANGFU_CLOCK."`
	Clock          string     `env:"BANGFU_CLOCK" help:"Run the program's clock this far ahead, for example +192h. Needs BANGFU_DEV."`
	Secure         bool       `env:"BANGFU_HTTPS" help:"Behind HTTPS: secure cookies and HSTS."`
	Proxies        []string   `env:"BANGFU_PROXIES" help:"Addresses or networks (10.0.0.0/24) of the proxies in front; only their word is taken for whom they speak for."`

	FilesPerHour    int `env:"BANGFU_FILES_PER_HOUR" default:"400" help:"Different files that one person may open in an hour of the clock; above half of it the hour is reported. 0: no limit."`
	SearchesPerHour int `env:"BANGFU_SEARCHES_PER_HOUR" default:"240" help:"Searches that one person may make in an hour of the clock, likewise. 0: no limit."`

	Tracer pgx.QueryTracer `kong:"-"` // hears every statement; for `make bench`

	ahead   time.Duration  // what Clock says
	proxies []netip.Prefix // what Proxies says
}

// check refuses settings that do not go together.
func (c *Config) check() error {
	if c.Clock != "" && !c.Dev {
		return errors.New("BANGFU_CLOCK is only for development: set BANGFU_DEV=1 too, or leave it out")
	}
	if c.Clock != "" {
		ahead, err := time.ParseDuration(c.Clock)
		if err != nil {
			return fmt.Errorf("BANGFU_CLOCK must be a span of time such as +192h, not %q", c.Clock)
		}
		c.ahead = ahead
	}
	for _, text := range c.Proxies {
		proxy, err := netip.ParsePrefix(text)
		if one, failed := netip.ParseAddr(text); failed == nil {
			proxy, err = one.Prefix(one.BitLen())
		}
		if err != nil {
			return fmt.Errorf("BANGFU_PROXIES must be addresses or networks such as 10.0.0.0/24, not %q", text)
		}
		c.proxies = append(c.proxies, proxy)
	}
	if c.AppDatabaseURL != "" && c.DatabaseURL == "" {
		return errors.New("BANGFU_APP_DATABASE_URL needs DATABASE_URL, the owner's login")
	}
	if c.FilesPerHour < 0 || c.SearchesPerHour < 0 {
		return errors.New("BANGFU_FILES_PER_HOUR and BANGFU_SEARCHES_PER_HOUR must be numbers of 0 (no limit) or more")
	}
	if c.Suite == "" {
		c.Suite = seal.Intl
	}
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.Data, "keys.json")
	}
	return nil
}

// now is the program's clock.
func (c *Config) now() time.Time { return time.Now().Add(c.ahead) }
