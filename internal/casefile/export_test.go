package casefile

import (
	"context"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// CoverFields and PersonFields list the fields that Compare knows.
func CoverFields() []string  { return names(coverFields) }
func PersonFields() []string { return names(personFields) }

func names(fields []field) []string {
	var all []string
	for _, f := range fields {
		all = append(all, f.name)
	}
	return all
}

// Canonical is canonical.
var Canonical = canonical

// VerifyVersionsBy is VerifyVersions with so many files at once.
func VerifyVersionsBy(ctx context.Context, q work.Querier, keys *seal.Keys, size int, tell func(VersionFault)) (versions, files int, err error) {
	v := versionVerifier{keys: keys, tell: tell}
	err = v.all(ctx, q, size)
	return v.versions, v.files, err
}
