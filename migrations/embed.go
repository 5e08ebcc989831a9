// Package migrations holds the schema's history as goose files: timestamped, one change a file, forward only.
package migrations

import "embed"

// FS holds every migration.
//
//go:embed *.sql
var FS embed.FS
